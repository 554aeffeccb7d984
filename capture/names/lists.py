"""A list of real names, pasted or as a CSV: name, kind, what stands for it, other spellings."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from capture.errors import Conflict, Unfit
from capture.names.entries import EntrySaid, add_entry, read_entry_form
from capture.names.register import entries_of
from transcripts.errors import RefusedFile
from transcripts.readers.decoding import decode
from transcripts.redaction.known_names import parts_of
from transcripts.tables import UnreadableTable, read_table

COLUMNS = ("name", "kind", "stands_as", "also")
MOST_BYTES = 1024 * 1024
MOST_NAMES = 5_000
DEFAULT_KIND = "person"
_WAY_OUT = "Nothing was added. Put it right, and bring the list again."


@dataclass(frozen=True, slots=True)
class Brought:
    """How many names of a list were added, and how many were in the register already."""

    added: int
    there: int


def read_list(name: str, data: bytes) -> list[tuple[int, EntrySaid]]:
    """The names in a CSV file, each with its line. Raises Unfit naming the line."""
    if len(data) > MOST_BYTES:
        raise Unfit(f"{name} is larger than 1 MB.", way_out="Make two lists of it.")
    try:
        return _names(decode(name, data))
    except RefusedFile as wrong:
        raise Unfit(wrong.sentence, way_out=wrong.way_out) from wrong


def read_pasted(text: str) -> list[tuple[int, EntrySaid]]:
    """The names in pasted lines: a name alone, or the columns of the CSV. Raises Unfit."""
    lines = text.replace("\r\n", "\n").strip("\n")
    if not lines.strip():
        raise Unfit("No name was pasted.", way_out="Paste one name a line, or choose a file.")
    sign = "\t" if "\t" in lines else ","
    first = [cell.strip().casefold() for cell in lines.split("\n", 1)[0].split(sign)]
    if "name" in first:
        return _names(lines)
    return [(line - 1, said) for line, said in _names(sign.join(COLUMNS) + "\n" + lines)]


def bring(
    session: Session,
    study_id: int,
    names: list[tuple[int, EntrySaid]],
    *,
    made_by: int | None,
) -> Brought:
    """Add the names of a list; those that are in the register already are passed over.

    All are added or none: raises Conflict naming the line of the first that clashes.
    """
    there = {
        parts_of(name)
        for entry in entries_of(session, study_id)
        for name in (entry.name, *entry.also)
    }
    added = 0
    with session.begin_nested():  # whoever catches the error keeps none of the list
        for line, said in names:
            if parts_of(said.name) not in there:
                _add(session, study_id, line, said, made_by)
                there |= {parts_of(name) for name in (said.name, *said.also)}
                added += 1
    return Brought(added, len(names) - added)


def _add(session: Session, study_id: int, line: int, said: EntrySaid, made_by: int | None) -> None:
    try:
        add_entry(session, study_id, said, made_by=made_by)
    except Conflict as clash:
        raise Conflict(f"Line {line}: {clash.sentence}", way_out=_WAY_OUT) from clash


def _names(text: str) -> list[tuple[int, EntrySaid]]:
    try:
        columns, rows = read_table(text)
    except UnreadableTable as wrong:
        raise Unfit(f"{wrong.place}: {wrong.reason}", way_out=_WAY_OUT) from wrong
    headings = {column: "_".join(column.casefold().split()) for column in columns}
    unknown = [column for column, known in headings.items() if known not in COLUMNS]
    if unknown or "name" not in headings.values():
        wrong_one = (
            f"There is no column “{unknown[0]}”." if unknown else "The names have no column."
        )
        raise Unfit(wrong_one, way_out=f"The columns are {', '.join(COLUMNS)}. {_WAY_OUT}")
    if len(rows) > MOST_NAMES:
        raise Unfit(f"These are {len(rows):,} names; {MOST_NAMES:,} is the most.", way_out=_WAY_OUT)
    return [(row.line, _said(row.line, headings, row.cells)) for row in rows]


def _said(line: int, headings: dict[str, str], cells: dict[str, str]) -> EntrySaid:
    form = {headings[column]: cell for column, cell in cells.items()}
    try:
        return read_entry_form(form | {"kind": form.get("kind") or DEFAULT_KIND})
    except Unfit as unfit:
        raise Unfit(f"Line {line}: {unfit.sentence}", way_out=_WAY_OUT) from unfit
