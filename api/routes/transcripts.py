"""Transcripts: what a study has collected, each read in full with its margin, coded and quoted."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator
from sqlalchemy.orm import Session

from api.clock import seconds_of
from api.dependencies import LastingReading, Reading, StudyAccess, Writing
from api.pages import is_fragment, redirect, render, stream
from api.policies import CODERS, Access, allow
from api.selection import Coded, Id, Marked, marked_passage
from api.transcript_pages import list_page, reading_page, turn_at, turns_around
from capture.models import Code, Passage
from capture.transcript_list import Wanted
from capture.transcript_view import load_text
from codebook.chosen import ONLY_INSIDE, inside_only
from codebook.passages import (
    choose_quote,
    code_passage,
    passage_here,
    take_back_quote,
    undo_here,
)

router = APIRouter(tags=["transcripts"])

TranscriptId = Annotated[int, Path(ge=1, le=2**53)]
ALL = "/studies/{study_id}/transcripts"
ONE = ALL + "/{transcript_id}"


def _empty_is_all(value: object) -> object:
    """A form sends "" for "all"."""
    return value or None


Chosen = Annotated[str | None, BeforeValidator(_empty_is_all)]
ChosenWave = Annotated[int | None, BeforeValidator(_empty_is_all)]


@router.get(ALL, summary="Transcripts", dependencies=[allow(CODERS)])
def collected(
    request: Request,
    session: Reading,
    access: StudyAccess,
    kind: Annotated[Chosen, Query()] = None,
    wave: Annotated[ChosenWave, Query()] = None,
    place: Annotated[Chosen, Query()] = None,
) -> Response:
    """Lists what has been collected, narrowed by kind, wave and place."""
    wanted = Wanted(kind, wave, place)
    return render(request, "transcripts/list.html", **list_page(session, access, wanted))


@router.get(ONE, summary="Read a transcript", dependencies=[allow(CODERS)])
def read(
    request: Request,
    session: LastingReading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    speaker: Annotated[Id | None, Query()] = None,
    beside: bool = False,
) -> Response:
    """The text in full, with its margin; or one speaker's turns, if asked with those beside."""
    context = reading_page(session, access, transcript_id, speaker, beside=beside)
    return stream(request, "transcripts/read.html", **context)


@router.get(ONE + "/at", summary="Go to a time", dependencies=[allow(CODERS)])
def at(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    time: str,
) -> Response:
    """Leads to the turn that was being spoken at a time of the recording, or says there is none."""
    turns = load_text(session, access.study.id, transcript_id).turns
    turn, said = turn_at(turns, seconds_of(time))
    place = f"#t{turn.id}" if turn else ""
    return redirect(request, _address(access, transcript_id) + place, said=said)


@router.post(ONE + "/codings", summary="Code words", dependencies=[allow(CODERS)])
def code(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    marked: Annotated[Coded, Form()],
) -> Response:
    """Confirms a code on a passage or a selection."""
    user_id = access.user.id
    passage = marked_passage(session, access.study.id, transcript_id, marked, user_id=user_id)
    code_passage(
        session,
        study_id=access.study.id,
        user_id=user_id,
        passage_id=passage.id,
        code_id=marked.code_id,
        stance=marked.stance or None,
    )
    named = session.get_one(Code, marked.code_id).name
    return _changed(request, session, access, transcript_id, passage, f"Coded: {named}.")


@router.post(ONE + "/quotes", summary="Choose words as a quote", dependencies=[allow(CODERS)])
def quote(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    marked: Annotated[Marked, Form()],
) -> Response:
    """Chooses a passage or a selection for the report, when its speakers allow that."""
    user_id = access.user.id
    passage = marked_passage(session, access.study.id, transcript_id, marked, user_id=user_id)
    choose_quote(session, study_id=access.study.id, user_id=user_id, passage_id=passage.id)
    inside = inside_only(session, access.study.id, passage.id)
    said = f"Chosen as a quote. {ONLY_INSIDE}" if inside else "Chosen as a quote."
    return _changed(request, session, access, transcript_id, passage, said)


@router.post(
    ONE + "/quotes/{passage_id}/take-back",
    summary="Take a quote back",
    dependencies=[allow(CODERS)],
)
def take_back(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    passage_id: TranscriptId,
) -> Response:
    """A passage is no quote any more; codes on it stay."""
    passage = passage_here(session, access.study.id, transcript_id, passage_id)
    take_back_quote(session, study_id=access.study.id, passage_id=passage_id)
    return _changed(request, session, access, transcript_id, passage, "The quote is taken back.")


@router.post(ONE + "/undo", summary="Undo my latest decision", dependencies=[allow(CODERS)])
def undo(
    request: Request, session: Writing, access: StudyAccess, transcript_id: TranscriptId
) -> Response:
    """Takes back one's latest decision, when it was made on this transcript."""
    act = undo_here(
        session,
        study_id=access.study.id,
        user_id=access.user.id,
        transcript_id=transcript_id,
    )
    passage = session.get_one(Passage, act.passage_id)
    said = "Your latest decision is taken back."
    return _changed(request, session, access, transcript_id, passage, said)


def _changed(
    request: Request,
    session: Session,
    access: Access,
    transcript_id: int,
    passage: Passage,
    said: str,
) -> Response:
    """The turns that changed, for the page's script; without one, the page at that place."""
    if not is_fragment(request):
        address = f"{_address(access, transcript_id)}#p{passage.id}"
        return redirect(request, address, said=said)
    turns = turns_around(session, access, transcript_id, passage)
    return render(request, "transcripts/turns.html", said=said, **turns)


def _address(access: Access, transcript_id: int) -> str:
    return f"/studies/{access.study.id}/transcripts/{transcript_id}"
