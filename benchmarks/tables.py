"""Tables of figures, and the document they are written into between two markers.

What is measured again takes the place of what stood under the same title; the rest stays, so a run
over one part, or without outside corpora, loses no other figures. Each table says when and where.
"""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

BEGIN = "<!-- figures begin: written by `make benchmark`, not by hand -->"
END = "<!-- figures end -->"
LIBRARIES = ("torch", "sentence-transformers", "numpy", "scikit-learn", "bertopic", "umap-learn")


@dataclass(frozen=True)
class Table:
    """What one part of the benchmark found, and what a reader must know to read it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    load: float = field(default_factory=lambda: os.getloadavg()[0])

    def markdown(self) -> str:
        """As a section of a document."""
        lines = [f"### {self.title}", "", *([self.note, ""] if self.note else [])]
        lines += [f"| {' | '.join(self.head)} |", "|" + "---|" * len(self.head)]
        lines += [f"| {' | '.join(row)} |" for row in self.rows]
        lines += ["", f"{machine()} Load when it ended: {self.load:.1f}."]
        return "\n".join(lines) + "\n"


def three(figures: Sequence[float]) -> str:
    """Figures between 0 and 1 as they stand in papers: .651/.851/.919."""
    return "/".join(f"{figure:.3f}".lstrip("0") for figure in figures)


def machine() -> str:
    """The day, the processor, and the versions of what was compared."""
    found = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if _is_there(name))
    return (
        f"{date.today():%-d %B %Y}; {_processor()}; "  # noqa: DTZ011 - the day where it ran
        f"{platform.system()}, Python {platform.python_version()}; {found}."
    )


def put_between(document: Path, tables: Sequence[Table]) -> None:
    """Write tables between the markers of a document, each in the place of its elder."""
    before, begin, rest = document.read_text("utf-8").partition(BEGIN)
    there, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{document} lacks the two lines between which figures are written.")
    sections = {one.partition("\n")[0]: one.strip() for one in there.split("### ")[1:]}
    for table in tables:
        sections[table.title] = table.markdown().removeprefix("### ").strip()
    figures = "\n\n".join(f"### {section}" for section in sections.values())
    document.write_text(f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}", "utf-8")


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} cores of {names[0]}" if names else platform.processor()


def _is_there(name: str) -> bool:
    try:
        return bool(version(name))
    except ImportError:
        return False
