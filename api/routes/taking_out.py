"""Taking words out of a text that stands: shown first, then done as a version of its own."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.corrections.taking_out import off_record_page, replace_page
from api.corrections.words import what_was_done
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import RESEARCHERS, Access, allow
from api.routes.transcripts import ONE, TranscriptId
from api.selection import Id, Marked, Units, marked_span
from capture.corrections.taking_out import put_off_record, replace_words
from capture.errors import Conflict, Unfit
from capture.transcript_view import find_transcript

router = APIRouter(tags=["taking words out"])

HERE = ONE + "/take-out"
LONGEST = 4_000


class Asked(Marked):
    """What was marked on the transcript's page, and what is to become of it."""

    does: Literal["off-record", "replace"] = "off-record"

    @property
    def names_words(self) -> bool:
        """Whether it is words, wherever they stand, and no place on the page."""
        return self.passage is None and self.start_turn is None and bool(self.words.strip())


class OffRecord(BaseModel):
    """A stretch of the text that was on the page."""

    version: Id
    start: Units
    end: Units


class Replaced(BaseModel):
    """Words, what stands instead, and where: the places that were ticked, as "start-end"."""

    version: Id
    words: Annotated[str, Field(max_length=LONGEST)]
    instead: Annotated[str, Field(max_length=LONGEST)] = ""
    kind: str = ""
    at: list[Annotated[str, Field(pattern=r"^\d{1,15}-\d{1,15}$")]] = []

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The places, [start, end)."""
        return [(int(start), int(end)) for start, _, end in (one.partition("-") for one in self.at)]


@router.post(HERE, summary="Ask to take words out", dependencies=[allow(RESEARCHERS)])
def ask(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: TranscriptId,
    asked: Annotated[Asked, Form()],
) -> Response:
    """Shows what would go, where it stands, and what becomes of the codings; nothing is changed."""
    if asked.does == "replace" and asked.names_words:
        context = replace_page(session, access, transcript_id, words=asked.words)
        return render(request, "corrections/replace.html", **context)
    span = marked_span(session, access.study.id, transcript_id, asked)
    if asked.does == "replace":
        context = replace_page(session, access, transcript_id, span=span)
        return render(request, "corrections/replace.html", **context)
    context = off_record_page(session, access, transcript_id, span)
    return render(request, "corrections/off_record.html", **context)


@router.post(HERE + "/off-record", summary="Put off the record", dependencies=[allow(RESEARCHERS)])
def off_record(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    said: Annotated[OffRecord, Form()],
) -> Response:
    """Cuts a stretch out of the text; who and when goes to the log, the words for researchers."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    done = put_off_record(
        session,
        transcript,
        (said.start, said.end),
        version=said.version,
        made_by=access.user.id,
    )
    return redirect(request, _address(access, transcript_id), said=what_was_done(done))


@router.post(HERE + "/replace", summary="Replace words", dependencies=[allow(RESEARCHERS)])
def replace(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    said: Annotated[Replaced, Form()],
) -> Response:
    """Lets something in brackets stand for words wherever they were ticked."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    try:
        done = replace_words(
            session,
            transcript,
            said.words,
            said.instead,
            said.kind,
            spans=said.spans,
            version=said.version,
            made_by=access.user.id,
        )
    except (Conflict, Unfit) as refused:
        return _again(request, session, access, transcript_id, said, refused)
    return redirect(request, _address(access, transcript_id), said=what_was_done(done))


def _again(
    request: Request,
    session: Session,
    access: Access,
    transcript_id: int,
    said: Replaced,
    refused: Conflict | Unfit,
) -> Response:
    context = replace_page(session, access, transcript_id, words=said.words)
    context |= {"instead": said.instead, "kind": said.kind, "refused": refused}
    return render(request, "corrections/replace.html", status=refused.status, **context)


def _address(access: Access, transcript_id: int) -> str:
    return f"/studies/{access.study.id}/transcripts/{transcript_id}"
