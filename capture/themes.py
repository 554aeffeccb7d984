"""Candidate themes: groups of segments a machine proposes for people to judge.

What happens to the segments, in order: laid out (heard.py), made numbers (features.py), grouped in
ten re-runs and by what these agree on (consensus.py), weighed (strengths.py), named (labels.py) and
described (describe.py). Why so: docs/decisions/0005-candidate-themes.md.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from capture.consensus import RERUNS, Rerun, agreed, evened_weights, rerun, resamples
from capture.describe import described
from capture.duplicates import near_duplicates
from capture.features import features
from capture.found import Discovery, FoundTheme, Granularity, Level, Member
from capture.heard import Heard, lay_out
from capture.strengths import loosest
from capture.together import MOST_PAIRED, rerun_together, together
from capture.warrant import warranted

__all__ = [
    "Discovery",
    "FoundTheme",
    "Granularity",
    "Level",
    "Member",
    "discover",
    "near_duplicates",
    "theme_counts",
]

Progress = Callable[[int, int], None]

FEWEST_SEGMENTS = 12
"""With fewer different segments there is nothing to group."""
TENTATIVE_BELOW = 150


def discover(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    transcripts: Sequence[str],
    participants: Sequence[str],
    *,
    fitted: NDArray[np.bool_] | None = None,
    places: Sequence[int] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Discovery:
    """Find candidate themes at three nested granularities; the same for any order of the segments.

    `vectors` are of unit length, shape (n, dimensions); keys say where and by whom each segment was
    said. What is not `fitted` forms no theme and joins one only as a near-copy of a segment that
    did. With `places` (n), each segment's place in its transcript, what was said around it counts,
    questions too. `progress` hears (done, total) after each step.
    """
    chosen = np.ones(len(texts), dtype=bool) if fitted is None else np.asarray(fitted, dtype=bool)
    heard = lay_out(texts, vectors, transcripts, participants, chosen, places)
    different = _different(heard)
    if different < FEWEST_SEGMENTS:
        return Discovery((), _too_little(len(heard.texts), different), len(heard.texts))
    report = progress or (lambda _done, _total: None)
    rows = features(heard.texts, heard.meanings, heard.shaping)
    weights = evened_weights(heard.participants)
    counts = theme_counts(different)
    paired = int(heard.shaping.sum()) <= MOST_PAIRED
    runs: list[Rerun] = []
    for taken in resamples(heard.units(), heard.shaping, seed):
        make = rerun_together if paired else rerun
        runs.append(make(rows, weights, taken, counts, seed + len(runs)))
        report(len(runs), RERUNS + 2)
    if paired:
        levels = together(rows, weights, heard.shaping, counts, seed + RERUNS)
    else:
        levels = agreed(rows, weights, heard.shaping, runs, counts, seed)
    unthemed = loosest(rows, levels[0], heard.shaping)
    levels = warranted(levels, rows, runs, heard.usable & ~unthemed)
    report(RERUNS + 1, RERUNS + 2)
    found = described(heard, rows, weights, levels, runs, unthemed)
    report(RERUNS + 2, RERUNS + 2)
    return Discovery(found, _possible(found, heard, int(unthemed.sum())), int(unthemed.sum()))


def theme_counts(segments: int) -> tuple[int, int, int]:
    """How many themes to look for, fine, middle, coarse: more text, more themes, ever slower."""
    middle = max(segments**0.43, min(12, segments / 12), min(16, segments / 24), 2)
    coarse = max(middle**0.8, min(8, segments / 18), 2)
    fine = max(min(2 * middle, segments / 7), middle)
    return round(fine), round(middle), round(min(coarse, middle))


def _different(heard: Heard) -> int:
    """How many segments say enough, and something no other says."""
    usable = np.flatnonzero(heard.usable)
    texts = [heard.texts[i] for i in usable]
    return int((~near_duplicates(texts, heard.vectors[usable])).sum())


def _too_little(segments: int, different: int) -> str:
    if segments == 0:
        return "There is no text to look for themes in yet."
    heard = "1 segment" if segments == 1 else f"{segments} segments"
    return (
        f"Too little text to look for themes: of {heard}, {different} say enough and do not repeat "
        f"another; at least {FEWEST_SEGMENTS} are needed."
    )


def _possible(found: Sequence[Granularity], heard: Heard, unthemed: int) -> str:
    transcripts = len(np.unique(heard.transcripts))
    counts = {one.name: len(one.themes) for one in found}
    sentence = (
        f"{counts['middle']} candidate themes ({counts['coarse']} when cut coarsely, "
        f"{counts['fine']} finely) from {len(heard.texts)} segments; {unthemed} lie near none."
    )
    if int(heard.usable.sum()) < TENTATIVE_BELOW:
        sentence += " That is little text: take them as hints."
    if transcripts == 1:
        sentence += " All of it is one transcript, so no theme is corroborated by another."
    elif len(np.unique(heard.participants)) == 1:
        sentence += " All of it is one person, so no theme is corroborated by another."
    return sentence
