"""What the pages of passages that need a look are given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.clock import clock
from api.corrections.pages import place_of
from api.policies import RESEARCHERS, Access
from capture.corrections.waiting import find_waiting
from capture.corrections.waiting_list import Shown, Waiting, Wanted, count_wanted, waiting
from capture.errors import NotFound
from capture.models import Transcript, Turn
from capture.transcript_view import find_transcript, load_text, standing_version
from codebook.hanging_on import Hanging, hanging_on
from transcripts.differences import Change, differences

A_PAGE = 20
TURNS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One passage that waits: its words then and now compared, and what hangs on it."""

    waits: Waiting
    hanging: Hanging
    change: Change | None
    """None where one side isn't there, or isn't for the reader."""

    @property
    def here(self) -> str:
        """Its own address, below the study's."""
        return f"transcripts/{self.waits.transcript.id}/needs-a-look/{self.waits.passage_id}"


def waiting_page(
    session: Session,
    access: Access,
    *,
    transcript_id: int | None = None,
    page: int = 1,
    aside: bool = False,
) -> dict[str, Any]:
    """What waits in the study or in one transcript, a page at a time; or what was set aside."""
    wanted = Wanted(transcript_id, set_aside=aside)
    total = _count(session, access, wanted)
    pages = max(1, -(-total // A_PAGE))
    number = min(page, pages)
    some = _waiting(session, access, wanted, most=A_PAGE, after=(number - 1) * A_PAGE)
    items = _items(session, access, some)
    one = find_transcript(session, access.study.id, transcript_id) if transcript_id else None
    return {
        "groups": [
            (key, list(some))
            for key, some in groupby(items, key=lambda item: item.waits.transcript)
        ],
        "total": total,
        "other_side": _count(session, access, replace(wanted, set_aside=not aside)),
        "aside": aside,
        "number": number,
        "pages": pages,
        "transcript": one,
        "base": f"/studies/{access.study.id}",
        "list": _list(access, one),
        "researcher": access.may(RESEARCHERS),
    }


def place_page(
    session: Session,
    access: Access,
    transcript_id: int,
    passage_id: int,
    *,
    first: int | None = None,
    refused: object = None,
) -> dict[str, Any]:
    """One passage that waits, above turns of the text in which its place can be chosen."""
    _, transcript = find_waiting(session, access.study.id, passage_id)
    found = _waiting(session, access, Wanted(passage_id=passage_id))
    if transcript.id != transcript_id or not found:
        raise NotFound("That passage isn't here.", way_out="Go back to what needs a look.")
    version = standing_version(session, transcript)
    turns = session.execute(
        select(Turn.position, Turn.start, Turn.end)
        .where(Turn.version_id == version.id)
        .order_by(Turn.position)
    ).all()
    at = found[0].proposed[0] if found[0].proposed else 0
    near = next((row.position for row in turns if row.end > at), 0)
    begin = max(0, near - 5) if first is None else max(0, min(first, len(turns) - 1))
    some = turns[begin : begin + TURNS_A_PAGE]
    between = (some[0].start, some[-1].end) if some else (0, 0)
    read = load_text(session, access.study.id, transcript_id, between=between)
    return {
        **place_of(access, transcript),
        "item": _items(session, access, found)[0],
        "read": read,
        "version": version,
        "earlier": begin - TURNS_A_PAGE if begin > 0 else None,
        "later": begin + TURNS_A_PAGE if begin + TURNS_A_PAGE < len(turns) else None,
        "clock": clock,
        "refused": refused,
    }


def _waiting(
    session: Session, access: Access, wanted: Wanted, *, most: int | None = None, after: int = 0
) -> list[Waiting]:
    all_words = access.may(RESEARCHERS)
    return waiting(session, access.study.id, wanted, all_words=all_words, most=most, after=after)


def _count(session: Session, access: Access, wanted: Wanted) -> int:
    return count_wanted(session, access.study.id, wanted, all_words=access.may(RESEARCHERS))


def _items(session: Session, access: Access, found: Sequence[Waiting]) -> list[Item]:
    hanging = hanging_on(session, access.study.id, [one.passage_id for one in found])
    return [Item(one, hanging[one.passage_id], _compared(one.was, one.now)) for one in found]


def _compared(was: Shown | None, now: Shown | None) -> Change | None:
    return differences(was.words, now.words) if was is not None and now is not None else None


def _list(access: Access, transcript: Transcript | None) -> str:
    base = f"/studies/{access.study.id}"
    return (
        f"{base}/transcripts/{transcript.id}/needs-a-look" if transcript else f"{base}/needs-a-look"
    )
