"""Where a coder is in the review queue: all of it travels in the address and in the form."""

from dataclasses import dataclass, field, replace
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, Field

from codebook.queue import Filters

MOST_SKIPPED = 80
"""Ids kept in an address; the oldest skipped come back a little early."""
MOST_BACK = 20
LARGEST_ID = 2**53


def _nothing(value: object) -> object:
    """A form sends "" for "any"."""
    return value or None


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
MaybeId = Annotated[Id | None, BeforeValidator(_nothing)]
Ids = Annotated[str, Field(pattern=r"^[0-9,]{0,2000}$")]


class Where(BaseModel):
    """The place in the queue, as an address or a form says it."""

    candidate: MaybeId = None
    code: MaybeId = None
    transcript: MaybeId = None
    blind: Annotated[bool | None, BeforeValidator(_nothing)] = None
    skipped: Ids = ""
    """Passages set aside for later, joined by commas."""
    back: Ids = ""
    """Passages shown before, the latest last."""
    passage: MaybeId = None
    """A passage to show out of turn."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a study's queue; every step gives a new one."""

    study_id: int
    filters: Filters = field(default_factory=Filters)
    skipped: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    passage: int | None = None

    @property
    def address(self) -> str:
        """The address that leads here, also after a reload."""
        query = urlencode([(name, value) for name, value in self.fields() if value])
        return f"/studies/{self.study_id}/review" + (f"?{query}" if query else "")

    def fields(self) -> list[tuple[str, str]]:
        """The place as form fields or query parameters, empty ones included."""
        filters = self.filters
        said = [("candidate", filters.candidate), ("code", filters.code)]
        said += [("transcript", filters.transcript), ("blind", 1 if filters.blind else None)]
        return [
            *((name, str(value or "")) for name, value in said),
            ("skipped", ",".join(map(str, self.skipped))),
            ("back", ",".join(map(str, self.back))),
            ("passage", str(self.passage or "")),
        ]

    def on_from(self, passage_id: int) -> "Place":
        """The next in the queue, with this passage to go back to."""
        back = (*(p for p in self.back if p != passage_id), passage_id)
        return replace(self, back=back[-MOST_BACK:], passage=None)

    def skipping(self, passage_id: int) -> "Place":
        """The next in the queue; this passage comes at its end."""
        skipped = (*(p for p in self.skipped if p != passage_id), passage_id)
        return replace(self.on_from(passage_id), skipped=skipped[-MOST_SKIPPED:])

    def before(self) -> "Place | None":
        """The passage shown before; None at the beginning."""
        return replace(self, back=self.back[:-1], passage=self.back[-1]) if self.back else None

    def at(self, passage_id: int | None) -> "Place":
        """The same place, showing one passage out of turn."""
        return replace(self, passage=passage_id)

    def other_sight(self) -> "Place":
        """Blind where it was assisted, and the other way round; the passage in view is left."""
        filters = self.filters
        return Place(self.study_id, Filters(transcript=filters.transcript, blind=not filters.blind))


def place_of(study_id: int, where: Where) -> Place:
    """The place an address or a form describes."""
    filters = Filters(where.candidate, where.code, where.transcript, bool(where.blind)).to_show()
    return Place(
        study_id,
        filters,
        _numbers(where.skipped, MOST_SKIPPED),
        _numbers(where.back, MOST_BACK),
        where.passage,
    )


def _numbers(joined: str, most: int) -> tuple[int, ...]:
    found = [int(part) for part in joined.split(",") if part and len(part) <= len(str(LARGEST_ID))]
    return tuple(number for number in found if number <= LARGEST_ID)[-most:]
