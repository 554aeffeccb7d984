"""The lines of `identifiers/`: what is to be found in them, and how much of it is found.

A find counts when it has exactly the place and kind that a person marked; of a name the kind is
not counted, because it is a guess.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from transcripts.redaction import IDENTIFIERS, NAMES, find

FOLDER = Path(__file__).parent / "identifiers"
HALVES = {
    "first half": "first-half.txt",
    "held out": "second-half.txt",
    "third part": "third-part.txt",
    "fourth part": "fourth-part.txt",
    "fifth part": "fifth-part.txt",
}
KINDS = {
    "nhs": "NHS number",
    "ni": "National Insurance number",
    "post": "postcode",
    "phone": "phone number",
    "mail": "e-mail address",
    "web": "web address",
    "addr": "street address",
    "born": "date of birth",
    "handle": "social media name",
    "ref": "reference number",
    "car": "car registration",
    "person": "person",
    "place": "place",
    "org": "organisation",
}
_MARK = re.compile(r"\{(\w+):([^}]+)\}")
Marked = tuple[int, int, str]


@dataclass(frozen=True)
class Line:
    """A line without its marks, and what was marked in it: (start, end, kind)."""

    text: str
    marked: frozenset[Marked]
    section: str
    """"written", "spoken", "names" or "stay"."""


def lines(half: str) -> list[Line]:
    """The lines of one half."""
    return list(_lines((FOLDER / HALVES[half]).read_text("utf-8").splitlines()))


def _lines(rows: Iterable[str]) -> Iterator[Line]:
    section = ""
    for row in rows:
        if row.startswith("## "):
            section = row[3:]
        elif row and not row.startswith("#"):
            yield parse(row.replace("\\n", "\n"), section)


def parse(row: str, section: str = "") -> Line:
    """A marked line, taken apart."""
    text, marked, at = "", set(), 0
    for match in _MARK.finditer(row):
        text += row[at : match.start()]
        marked.add((len(text), len(text) + len(match[2]), KINDS[match[1]]))
        text += match[2]
        at = match.end()
    return Line(text + row[at:], frozenset(marked), section)


@dataclass
class Count:
    """How many were to be found, how many of them were, and how many finds were wrong."""

    there: int = 0
    found: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        """Found of those that are there; 1 where there is nothing."""
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        """Right ones of all finds; 1 where nothing was found."""
        finds = self.found + self.wrong
        return self.found / finds if finds else 1.0


@dataclass
class Score:
    """Counts by kind, kept apart for written and spoken, and every line that went wrong."""

    by_kind: dict[tuple[str, str], Count] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def count(self, how: str, kind: str) -> Count:
        """The count of a kind; `how` is "written", "spoken" or "names"."""
        return self.by_kind.setdefault((how, kind), Count())

    def total(self, how: str) -> Count:
        """The counts of all kinds together."""
        total = Counter[str]()
        for (which, _), one in self.by_kind.items():
            if which == how:
                total.update(there=one.there, found=one.found, wrong=one.wrong)
        return Count(total["there"], total["found"], total["wrong"])


def score(of: Iterable[Line]) -> Score:
    """What is found in the lines, against what was marked in them."""
    result = Score()
    for line in of:
        finds = find(line.text)
        how = "spoken" if line.section == "spoken" else "written"
        there = {one for one in line.marked if one[2] in IDENTIFIERS}
        got = {(f.start, f.end, f.kind) for f in finds if f.kind in IDENTIFIERS}
        _compare(result, line, how, there, got)
        named = {(start, end, "name") for start, end, kind in line.marked if kind in NAMES}
        looks = {(f.start, f.end, "name") for f in finds if f.kind in NAMES}
        _compare(result, line, "names", named, looks)
    return result


def _compare(result: Score, line: Line, how: str, there: set[Marked], got: set[Marked]) -> None:
    for _, _, kind in there:
        result.count(how, kind).there += 1
    for one in got:
        count = result.count(how, one[2])
        if one in there:
            count.found += 1
        else:
            count.wrong += 1
    for start, end, kind in sorted(there - got):
        result.faults.append(f"{how}: missed {kind} “{line.text[start:end]}” in: {line.text}")
    for start, end, kind in sorted(got - there):
        result.faults.append(f"{how}: wrong {kind} “{line.text[start:end]}” in: {line.text}")
