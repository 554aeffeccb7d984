"""What was marked on a transcript's page, from the form's fields to a passage of the record."""

from typing import Annotated

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.utf16 import code_points
from capture.corrections.waiting import check_stands
from capture.errors import Conflict, NotFound, Unfit
from capture.models import Passage, Turn
from capture.transcript_view import find_transcript, load_text, standing_version
from codebook.passages import Selection, mark_passage, passage_here

Id = Annotated[int, Field(ge=1, le=2**53)]
Units = Annotated[int, Field(ge=0, le=2**53)]


class Marked(BaseModel):
    """A passage that is there already, by its id; or a selection, from a turn to a turn.

    `start_at` and `end_at` are UTF-16 units into the words of their turns. `words` is what the
    browser showed as selected, a line a turn, so that a difference is noticed and not stored.
    """

    version: Id
    passage: Id | None = None
    start_turn: Id | None = None
    start_at: Units = 0
    end_turn: Id | None = None
    end_at: Units = 0
    words: str = ""


class Coded(Marked):
    """What was marked, with the code that was chosen for it; an empty stance is none."""

    code_id: Id
    stance: str = ""


def marked_passage(
    session: Session, study_id: int, transcript_id: int, marked: Marked, *, user_id: int
) -> Passage:
    """The passage that was marked, made when it is new. Raises Unfit, Conflict or NotFound."""
    _check_version(session, study_id, transcript_id, marked)
    if marked.passage is not None:
        return passage_here(session, study_id, transcript_id, marked.passage)
    if marked.start_turn is None or marked.end_turn is None:
        raise Unfit("No words were selected.", way_out="Select some words of a turn.")
    selection = _selection(session, study_id, transcript_id, marked)
    passage = mark_passage(session, study_id, selection, user_id=user_id)
    _check_words(session, study_id, selection, marked.words)
    return passage


def marked_span(
    session: Session, study_id: int, transcript_id: int, marked: Marked
) -> tuple[int, int]:
    """Where what was marked stands, [start, end) in code points; nothing is made of it."""
    _check_version(session, study_id, transcript_id, marked)
    if marked.passage is not None:
        passage = passage_here(session, study_id, transcript_id, marked.passage)
        check_stands(session, passage.id)
        return passage.start, passage.end
    if marked.start_turn is None or marked.end_turn is None:
        raise Unfit("No words were selected.", way_out="Select some words of a turn.")
    selection = _selection(session, study_id, transcript_id, marked)
    _check_words(session, study_id, selection, marked.words)
    return selection.start, selection.end


def _check_version(session: Session, study_id: int, transcript_id: int, marked: Marked) -> None:
    """A page of an older text must not act: its turns and its words are other ones."""
    transcript = find_transcript(session, study_id, transcript_id)
    if marked.version != transcript.version:
        raise Conflict(
            f"The text was corrected since: it is version {transcript.version} now, and the page "
            f"showed version {marked.version}.",
            way_out="Load the page again and select the words there.",
        )


def _selection(session: Session, study_id: int, transcript_id: int, marked: Marked) -> Selection:
    transcript = find_transcript(session, study_id, transcript_id)
    version = standing_version(session, transcript)
    rows = session.scalars(
        select(Turn).where(
            Turn.version_id == version.id, Turn.id.in_((marked.start_turn, marked.end_turn))
        )
    )
    turns = {turn.id: turn for turn in rows}
    first, last = turns.get(marked.start_turn or 0), turns.get(marked.end_turn or 0)
    if first is None or last is None:
        raise NotFound("That turn isn't in this transcript.", way_out="Load the page again.")
    start = first.start + code_points(version.text[first.start : first.end], marked.start_at)
    end = last.start + code_points(version.text[last.start : last.end], marked.end_at)
    return Selection(transcript_id, marked.version, start, end)


def _check_words(session: Session, study_id: int, selection: Selection, words: str) -> None:
    start, end = selection.start, selection.end
    read = load_text(session, study_id, selection.transcript_id, between=(start, end))
    stored = "\n".join(
        read.version.text[max(start, turn.start) : min(end, turn.end)] for turn in read.turns
    )
    if words.replace("\r\n", "\n") != stored:  # forms send every line break as CRLF
        raise Conflict(
            "What was selected is not what is stored in that place, so nothing was kept.",
            way_out="Show everyone who speaks, load the page again and reselect.",
        )
