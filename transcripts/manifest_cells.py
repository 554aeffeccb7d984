"""The cells of one manifest row, understood one by one; what can't be is refused by its place."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from transcripts.errors import RefusedManifest
from transcripts.off_record import OffRecord
from transcripts.turns import Audience, Kind, Record, Scope

REQUIRED = ("file", "kind", "speaker")
"""Columns without which a manifest is refused; each other known one may be left away."""
FILE_COLUMNS = ("title", "kind", "record", "date", "wave")
"""Columns that belong to the file: the same in all its rows that say them."""
SURVEY_COLUMNS = ("survey_id", "survey_attributes", "survey_questions")
SPEAKER_COLUMNS = (
    "speaker", "same_as", "participant", "role", "place", "scope", "audience", "facilitator"
)  # fmt: skip
OFF_RECORD = "off_record"
"""Belongs to the file too, but each of its rows may name stretches of its own."""
KNOWN = ("file", *FILE_COLUMNS, *SPEAKER_COLUMNS, OFF_RECORD, *SURVEY_COLUMNS)

KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
RECORDS: dict[str, Record] = {record: record for record in get_args(Record)}
SCOPES: dict[str, Scope] = {scope: scope for scope in get_args(Scope)}
AUDIENCES: dict[str, Audience] = {audience: audience for audience in get_args(Audience)}
YES_NO = {"yes": True, "y": True, "true": True, "1": True, "x": True} | {
    "no": False, "n": False, "false": False, "0": False
}  # fmt: skip

T = TypeVar("T")

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its cells by column, and where it stands, for what has to be refused."""

    manifest: str
    line: int
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell as written; empty where the column or the cell is."""
        return self.values.get(column, "")

    def needed(self, column: str) -> str:
        """A cell that may not be empty."""
        if not self.get(column):
            raise self.refused(column, "this cell is empty.", f"Every row names its {column}.")
        return self.get(column)

    def names(self, column: str) -> tuple[str, ...]:
        """Several names in one cell, separated by " | "."""
        parts = (" ".join(part.split()) for part in self.get(column).split("|"))
        return tuple(part for part in parts if part)

    def kind(self) -> Kind | None:
        """What kind of event the file is."""
        return self._one_of("kind", KINDS)

    def record(self) -> Record | None:
        """Whether the file is verbatim or notes."""
        return self._one_of("record", RECORDS)

    def scope(self) -> Scope | None:
        """What the speaker agreed may be shared."""
        return self._one_of("scope", SCOPES)

    def audience(self) -> Audience | None:
        """How far the speaker agreed that quoted words may travel."""
        return self._one_of("audience", AUDIENCES)

    def same_as(self) -> str | None:
        """The other label of the file that is this speaker."""
        other = " ".join(self.get("same_as").split())
        if other and not self.get("speaker"):
            reason = "this row names no speaker who could be the same as another."
            raise self.refused("same_as", reason, "Fill in its speaker, or clear this cell.")
        return other or None

    def off_record(self) -> tuple[OffRecord, ...]:
        """Stretches of the file that are off the record."""
        place = f"line {self.line}, column {OFF_RECORD}"
        found = tuple(OffRecord(one, self.manifest, place) for one in self.names(OFF_RECORD))
        for one in found:
            one.check()
        return found

    def facilitator(self) -> bool | None:
        """Whether the speaker is there to ask."""
        return self._one_of("facilitator", YES_NO, shown=("yes", "no"))

    def date(self) -> datetime.date | None:
        """The day of the event, written as 2021-05-04."""
        cell = self.get("date")
        if not cell:
            return None
        way_out = "Write year, month and day, as in 2021-05-04."
        if not _ISO_DATE.fullmatch(cell):
            raise self.refused("date", f'"{cell}" is not a date.', way_out)
        try:
            return datetime.date.fromisoformat(cell)
        except ValueError:
            raise self.refused("date", f'"{cell}" is not in the calendar.', way_out) from None

    def wave(self) -> int | None:
        """When in the programme's journey, counted in whole numbers."""
        cell = self.get("wave")
        if cell and not _WHOLE_NUMBER.fullmatch(cell):
            raise self.refused("wave", f'"{cell}" is not a whole number.', "Write 1, 2, 3 …")
        return int(cell) if cell else None

    def filled_from(self, others: Sequence["Cells"]) -> "Cells":
        """This row with its empty cells filled from the first of the others that says anything."""
        values = dict(self.values)
        for other in others:
            values |= {key: cell for key, cell in other.values.items() if not values.get(key)}
        return Cells(self.manifest, self.line, values)

    def refused(self, column: str, reason: str, way_out: str) -> RefusedManifest:
        """The refusal of one cell, to be raised."""
        place = f"line {self.line}, column {column}"
        return RefusedManifest(self.manifest, place, reason, way_out)

    def _one_of(
        self, column: str, known: Mapping[str, T], *, shown: Sequence[str] = ()
    ) -> T | None:
        cell = " ".join(self.get(column).split())
        if not cell:
            return None
        if cell.lower() not in known:
            choice = ", ".join(shown or known)
            reason = f'"{cell}" is not a {column} we know.'
            raise self.refused(column, reason, f"Use one of: {choice}.")
        return known[cell.lower()]
