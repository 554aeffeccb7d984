"""Finds as rows of a table that a person fills in, and the decisions read from it.

Each row's `id` tells file, place and words, so that a decision is never applied to other words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from capture.draft.said import FindSaid
from capture.errors import Unfit
from transcripts.manifest_cells import YES_NO
from transcripts.manifest_entries import file_key
from transcripts.readers.decoding import decode
from transcripts.redaction.finds import NAME
from transcripts.tables import Row, UnreadableTable, read_table
from transcripts.turns import Reading

COLUMNS = (
    *("file", "kind", "words", "context", "instead", "accept"),
    *("proposed", "start", "end", "id"),
)
CONTEXT = 60
"""Characters of the text on each side of a find."""
_NEEDED = ("file", "instead", "accept", "proposed", "start", "end", "id")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row that somebody filled in."""

    line: int
    start: int
    end: int
    id: str
    kind: str
    instead: str
    accepted: bool
    proposed: str


@dataclass
class Decisions:
    """A table of decisions: the rows of each file, and those that met their words."""

    name: str
    by_file: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)
    """Lines whose words were found."""

    def of(self, file_name: str, key: str, reading: Reading) -> tuple[FindSaid, ...]:
        """What was decided of a file; Unfit where the file is another than was checked."""
        rows = self.by_file.get(file_key(file_name), ())
        fitting = [row for row in rows if row.id == find_id(key, reading, row.start, row.end)]
        if rows and not fitting:
            raise Unfit(
                f"{self.name}, line {rows[0].line}: {file_name} is not the file that was checked.",
                way_out="Check it again, and decide what is found in it now.",
            )
        self.met |= {row.line for row in fitting}
        return tuple(
            FindSaid(
                row.start,
                row.end,
                row.kind,
                row.instead,
                accepted=row.accepted,
                proposed=row.proposed,
            )
            for row in fitting
        )

    def taken(self) -> tuple[int, int]:
        """Places whose words were found: those that were to be replaced, and those that stay."""
        met = [row for rows in self.by_file.values() for row in rows if row.line in self.met]
        replaced = sum(row.accepted for row in met)
        return replaced, len(met) - replaced

    def unmet(self) -> list[tuple[int, str]]:
        """Lines of decisions that met no words, each with its file's name."""
        rows = ((row.line, name) for name, rows in self.by_file.items() for row in rows)
        return sorted(row for row in rows if row[0] not in self.met)


def find_id(key: str, reading: Reading, start: int, end: int) -> str:
    """What tells a find from every other; a letter first, so that no spreadsheet counts with it."""
    told = f"{key}\n{start}\n{end}\n{reading.text[start:end]}"
    return f"f{sha256(told.encode()).hexdigest()[:15]}"


def rows_of(
    name: str, key: str, reading: Reading, finds: Iterable[FindSaid]
) -> Iterator[tuple[str, ...]]:
    """A row for each find, as COLUMNS name the cells; nothing is accepted yet."""
    text = reading.text
    for one in finds:
        before = " ".join(text[max(0, one.start - CONTEXT) : one.start].split())
        after = " ".join(text[one.end : one.end + CONTEXT].split())
        words = " ".join(text[one.start : one.end].split())
        context = f"… {before} »{words}« {after} …"
        place = (str(one.start), str(one.end), find_id(key, reading, one.start, one.end))
        yield (name, one.kind, words, context, one.instead, "", one.instead, *place)


def read_decisions(name: str, data: bytes) -> Decisions:
    """The rows that say yes or no, or what else is to stand there; Unfit by line and column."""
    try:
        columns, rows = read_table(decode(name, data))
    except UnreadableTable as wrong:
        raise Unfit(f"{name}, {wrong.place}: {wrong.reason}", way_out=_WAY_OUT) from wrong
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise Unfit(f'{name}, line 1: the column "{missing[0]}" is missing.', way_out=_WAY_OUT)
    by_file: defaultdict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        decision = _decision(name, row)
        if decision is not None:
            by_file[file_key(_named(row.cells["file"]))].append(decision)
    return Decisions(name, dict(by_file))


def _named(cell: str) -> str:
    """A file's name as it was, without the apostrophe that keeps spreadsheets from counting."""
    return cell[1:] if cell.startswith("'") and not cell[1:2].isalnum() else cell


_WAY_OUT = "Take the table that --finds wrote, and fill in its column accept."


def _decision(name: str, row: Row) -> Decision | None:
    """A row's decision; None where nothing is said. A bracket under accept is said instead."""
    cells = row.cells
    said = " ".join(cells["accept"].split())
    if not said:
        return None
    instead = said if said.startswith("[") else " ".join(cells["instead"].split())
    accepted = True if said.startswith("[") else YES_NO.get(said.lower())
    if accepted is None:
        raise _unfit(name, row, "accept", f"“{said}” is neither yes nor no.")
    if accepted and not instead.strip("[] "):
        raise _unfit(name, row, "instead", "nothing is said to stand there.")
    if not (cells["start"].isdecimal() and cells["end"].isdecimal()):
        raise _unfit(name, row, "start", "the place of the find is no longer a whole number.")
    bracketed = f"[{instead.strip('[] ')}]" if accepted else ""
    return Decision(
        line=row.line,
        start=int(cells["start"]),
        end=int(cells["end"]),
        id=cells["id"],
        kind=cells.get("kind") or NAME,
        instead=bracketed,
        accepted=accepted,
        proposed=cells["proposed"],
    )


def _unfit(name: str, row: Row, column: str, reason: str) -> Unfit:
    way_out = "Write yes, no, or in square brackets what is to stand there instead."
    return Unfit(f"{name}, line {row.line}, column {column}: {reason}", way_out=way_out)
