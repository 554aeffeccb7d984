"""Candidate themes: groups of segments a machine proposes for people to judge.

What happens to the segments, in order: made numbers (theme_rows.py), laid out (heard.py), in a
large study gathered into grains (grains.py), grouped in ten re-runs and by what these agree on
(together.py, joining.py), weighed (strengths.py), named (labels.py) and described (describe.py).
Why so: docs/decisions/0005-candidate-themes.md.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from capture.one_thread import one_thread
from capture.theming.bonds import Bound
from capture.theming.consensus import RERUNS, Rerun, evened_weights, resamples
from capture.theming.describe import described
from capture.theming.duplicates import near_duplicates
from capture.theming.features import Floats
from capture.theming.found import Bonds, Discovery, FoundTheme, Granularity, Level, Member
from capture.theming.grains import MOST_PAIRED, Grains, grains
from capture.theming.heard import Heard, lay_out
from capture.theming.placing import everywhere
from capture.theming.rows import theme_rows
from capture.theming.strengths import loosest
from capture.theming.together import GROUPINGS, GROUPINGS_OF_ALL, Landed, agreed, landed
from capture.theming.warrant import warranted

__all__ = [
    "Bonds",
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
FEWEST_COARSE, SEGMENTS_EACH = 8, 18
"""Even coarsely so many themes are told apart, where each has so many segments."""


def discover(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    transcripts: Sequence[str],
    participants: Sequence[str],
    *,
    fitted: NDArray[np.bool_] | None = None,
    copies: NDArray[np.bool_] | None = None,
    places: Sequence[int] | None = None,
    bonds: Mapping[Level, Bonds] | None = None,
    before: Mapping[Level, NDArray[np.int64]] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Discovery:
    """Find candidate themes at three nested granularities; the same for any order of the segments.

    `vectors` are of unit length, shape (n, dimensions); keys say where and by whom each segment was
    said. What is not `fitted` forms no theme and joins one only as a near-copy of a segment that
    did, where it is one of the `copies` (n; without it, any may be). With `places` (n), each
    segment's place in its transcript, what was said around it counts, questions too. `bonds` is
    what people said is one theme or is not. `before` says in which theme each segment stood (n), -1
    for none: what is found leans on it. `progress` hears (done, total) after each step.
    """
    chosen = np.ones(len(texts), dtype=bool) if fitted is None else np.asarray(fitted, dtype=bool)
    heard = lay_out(texts, vectors, transcripts, participants, chosen, places, copies)
    different = _different(heard)
    if different < FEWEST_SEGMENTS:
        return Discovery((), _too_little(len(heard.texts), different), len(heard.texts))
    with one_thread():
        every = theme_rows(texts, vectors, transcripts, fitted=chosen, places=places)
        rows = every[[own[0] for own in heard.positions]]
        del every
        stood = list((before or {}).values())
        report = progress or (lambda *_: None)
        return _found(heard, rows, different, bonds or {}, stood, seed, report)


def _found(
    heard: Heard,
    rows: Floats,
    different: int,
    bonds: Mapping[Level, Bonds],
    stood: Sequence[NDArray[np.int64]],
    seed: int,
    report: Progress,
) -> Discovery:
    """Rows (n, d) are those of what was heard."""
    place = {own[0]: at for at, own in enumerate(heard.positions)}
    bound = Bound(bonds, place, len(rows))
    shaping = heard.shaping.copy()
    shaping[bound.items()] = True
    weights = evened_weights(heard.participants)
    counts = theme_counts(different)
    grained = grains(rows, weights, np.flatnonzero(shaping), bound.kinds(), seed)
    parts: list[Landed] = []
    runs: list[Rerun] = []
    for taken in resamples(heard.units(), shaping, seed):
        part, run = _again(grained, taken, counts, seed + len(runs))
        parts.append(part)
        runs.append(run)
        report(len(runs), RERUNS + 2)
    first = [own[0] for own in heard.positions]
    leant_on = [grained.mostly(np.asarray(one)[first]) for one in stood]
    of_grains = _of_grains(bonds, place, grained)
    levels = _agreed(grained, shaping, parts, counts, of_grains, leant_on, seed)
    unthemed = loosest(rows, levels[0], shaping)
    unthemed[bound.items()] = False
    levels = warranted(levels, rows, runs, heard.usable & ~unthemed, bound, _fewest(different))
    report(RERUNS + 1, RERUNS + 2)
    found = described(heard, rows, weights, levels, runs, unthemed, bound)
    report(RERUNS + 2, RERUNS + 2)
    return Discovery(found, _possible(found, heard, int(unthemed.sum())), int(unthemed.sum()))


def _again(
    grained: Grains, taken: NDArray[np.bool_], counts: Sequence[int], seed: int
) -> tuple[Landed, Rerun]:
    """One re-run, from the segments taken (n,)."""
    part = landed(grained.held(np.flatnonzero(taken)), counts, GROUPINGS, seed)
    levels = everywhere(grained, taken, part.held, part.levels(counts, Bound({}, {}, 0)))
    return part, Rerun(levels[0], taken, levels)


def _agreed(
    grained: Grains,
    shaping: NDArray[np.bool_],
    parts: Sequence[Landed],
    counts: Sequence[int],
    bound: Bound,
    leant_on: Sequence[NDArray[np.int64]],
    seed: int,
) -> tuple[NDArray[np.int64], ...]:
    """Themes of the whole text by what the parts and the whole agree on; fine first."""
    held = grained.held(np.flatnonzero(shaping))
    whole = landed(held, counts, GROUPINGS_OF_ALL, seed + RERUNS)
    together = agreed(parts, whole).leaning([one[held.grains] for one in leant_on])
    return everywhere(grained, shaping, held, together.levels(counts, bound))


def _of_grains(bonds: Mapping[Level, Bonds], place: Mapping[int, int], grained: Grains) -> Bound:
    of = {given: int(grained.of[at]) for given, at in place.items() if grained.of[at] >= 0}
    return Bound(bonds, of, grained.count)


def _fewest(segments: int) -> int:
    return max(1, min(FEWEST_COARSE, segments // SEGMENTS_EACH))


def theme_counts(segments: int) -> tuple[int, int, int]:
    """How many themes to look for, fine, middle, coarse: more text, more themes, ever slower."""
    middle = max(segments**0.43, min(12, segments / 12), min(16, segments / 24), 2)
    coarse = max(middle**0.8, min(FEWEST_COARSE, segments / SEGMENTS_EACH), 2)
    fine = max(min(1.75 * middle, segments / 7), middle)
    return round(fine), round(middle), round(min(coarse, middle))


def _different(heard: Heard) -> int:
    """How many segments say enough, and something no other says."""
    usable = np.flatnonzero(heard.usable)
    texts = [heard.texts[i] for i in usable]
    if len(texts) > MOST_PAIRED:
        return len(set(texts))
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
