"""The themes of whole studies, printed to be judged by reading.

What was said goes to the terminal alone; into the document go names and figures.
"""

from collections.abc import Sequence

from benchmarks.kept_vectors import KeptVectors
from benchmarks.studies import Study
from benchmarks.tables import Table
from capture.theming.found import FoundTheme
from capture.theming.themes import discover

HEAD = ("theme", "also", "segments", "transcripts", "people", "found in")
CUT = "middle"
LONGEST = 200
"""Characters of an exemplar that are printed."""


def measure(studies: Sequence[Study], vectors: KeptVectors) -> list[Table]:
    """One table for each study, at the middle granularity; exemplars are printed."""
    return [_look(study, vectors) for study in studies]


def _look(study: Study, vectors: KeptVectors) -> Table:
    found = discover(
        study.texts,
        vectors.of(study.texts),
        study.transcripts,
        study.participants,
        fitted=study.fitted,
        places=range(len(study.texts)),
    )
    themes = [theme for one in found.granularities if one.name == CUT for theme in one.themes]
    print(f"\n{study.name}: {found.sentence}")
    for theme in themes:
        _print(theme, study)
    return Table(
        f"Themes by reading: {study.name}", HEAD, [_row(one) for one in themes], found.sentence
    )


def _row(theme: FoundTheme) -> list[str]:
    return [
        theme.label,
        ", ".join(phrase for phrase in theme.keyphrases if phrase != theme.label),
        f"{len(theme.members):,}",
        str(theme.transcripts),
        str(theme.participants),
        f"{theme.found_in} of {theme.reruns}",
    ]


def _print(theme: FoundTheme, study: Study) -> None:
    print(f"\n== {' | '.join(_row(theme))}")
    strongest = sorted(theme.members, key=lambda one: (-one.strength, one.index))
    others = [one.index for one in strongest[:: max(1, len(strongest) // 6)]]
    for at in dict.fromkeys([*theme.exemplars, *others]):
        mark = "*" if at in theme.exemplars else " "
        print(f"  {mark} {' '.join(study.texts[at].split())[:LONGEST]}")
