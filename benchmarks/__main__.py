"""The machine's parts beside ordinary tools, in one run: `make benchmark DATA=folder`.

    python -m benchmarks [--data FOLDER] [--only PART ...] [--keep FOLDER] [--write]

Without `--data` everything runs on the sample study alone. Outside corpora are found below the
folder by their shape (corpora.py). `--keep` keeps vectors from one run to the next; `--write` puts
the figures between the markers of docs/benchmarks.md. Needs the `benchmark` extra.
"""

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora import Asked, Coded, found_below, read_asked, read_coded, read_sample
from benchmarks.kept_vectors import KeptVectors
from benchmarks.studies import Study, read_study, sample
from benchmarks.tables import Table, put_between

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"


@dataclass
class Given:
    """What there is to measure on; studies are read, and texts embedded, when they are needed."""

    data: Path | None
    vectors: KeptVectors
    _studies: list[Study] = field(default_factory=list)

    def coded(self) -> list[Coded]:
        """Passages that a person coded: the sample study's, and those of outside corpora."""
        return [*map(read_coded, found_below(self.data)[0]), read_sample()]

    def asked(self) -> list[Asked]:
        """Questions with their answers; outside corpora only."""
        return [*map(read_asked, found_below(self.data)[1])]

    def studies(self) -> list[Study]:
        """Whole studies: the sample, then the transcripts of outside corpora."""
        if not self._studies:
            coded, asked = found_below(self.data)
            folders = [*(one / "transcripts" for one in coded), *asked]
            outside = [read_study(_name(one), one) for one in folders]
            self._studies = [sample(), *outside]
        return self._studies


def _name(folder: Path) -> str:
    return folder.parent.name if folder.name == "transcripts" else folder.name


def embedding(given: Given) -> list[Table]:
    """Embedding beside sentence-transformers."""
    from benchmarks.embedding import measure

    coded = [text for one in given.coded() for text in one.texts]
    asked = [text for one in given.asked() for text in one.turns]
    segments = [text for one in given.studies() for text in one.texts]
    return measure([*coded, *asked, *sample().texts], segments)


def themes(given: Given) -> list[Table]:
    """Themes beside BERTopic and k-means."""
    from benchmarks.themes import measure

    return measure(given.coded(), given.vectors)


def suggestions(given: Given) -> list[Table]:
    """Suggestions beside ordinary classifiers."""
    from benchmarks.suggestions import measure

    return measure(given.coded(), given.vectors)


def stance(given: Given) -> list[Table]:
    """The likely stance beside an ordinary classifier, on the sample study."""
    from benchmarks.stance import measure

    return measure(given.vectors)


def finding(given: Given) -> list[Table]:
    """Search beside words alone and meaning alone."""
    from benchmarks.finding import measure

    return measure(given.asked(), given.vectors)


def growth(given: Given) -> list[Table]:
    """Time and memory of discovery."""
    from benchmarks.growth import measure

    return measure(given.studies(), given.vectors)


def printed(given: Given) -> list[Table]:
    """Themes to be judged by reading, of the sample study and of studies without codings."""
    from benchmarks.printed import measure

    coded = {folder.name for folder in found_below(given.data)[0]}
    return measure([one for one in given.studies() if one.name not in coded], given.vectors)


PARTS: dict[str, Callable[[Given], list[Table]]] = {
    "embedding": embedding,
    "themes": themes,
    "suggestions": suggestions,
    "stance": stance,
    "finding": finding,
    "growth": growth,
    "printed": printed,
}


def main() -> None:
    """Measure what was asked for, print it, and write it down if told to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with outside corpora")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--keep", type=Path, help="a folder in which vectors are kept")
    parser.add_argument("--write", action="store_true", help=f"write into {DOCUMENT.name}")
    asked = parser.parse_args()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.disable(logging.WARNING)
    given = Given(asked.data, KeptVectors(asked.keep))
    for part in asked.only:
        begun = time.monotonic()
        tables = PARTS[part](given)
        print("\n".join(table.markdown() for table in tables), flush=True)
        print(f"{part}: {(time.monotonic() - begun) / 60:.1f} minutes", file=sys.stderr)
        if asked.write:
            put_between(DOCUMENT, tables)


if __name__ == "__main__":
    main()
