"""A draft's preview: what was read of a file, and what a researcher says before it is stored."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import OpenStore, Reading, StudyAccess, Writing
from api.draft.columns import columns_said
from api.draft.fields import numbers_in, numbers_sent
from api.draft.form import Kept, Typed, keep, merged, read_typed
from api.draft.pages import (
    At,
    attributes_of,
    codings_of,
    page_context,
    parts_context,
    seen_fields,
)
from api.draft.text import numbers_on
from api.pages import is_fragment, redirect, render
from api.policies import RESEARCHERS, Access, allow
from api.routes.speakers import Typed as Sent
from capture.draft.accepting import accept
from capture.draft.drafts import (
    catch_up,
    find_draft,
    next_waiting,
    put_aside,
    read_again,
    reading_of,
    say,
    standing_of,
)
from capture.draft.look import look
from capture.errors import Conflict, Unfit
from capture.ingest import Ingested
from capture.models import Draft
from capture.store import Store
from transcripts.apart import read_apart
from transcripts.errors import RefusedFile

router = APIRouter(tags=["upload"])

ONE = "/studies/{study_id}/upload/{draft_id}"
AND_FINDS = ("corrects", "participant-")
"""Fields on which it depends what is proposed for names: what stood before, and pseudonyms."""
DraftId = Annotated[int, Path(ge=1, le=2**53)]
Here = Annotated[At, Query()]


@router.get(ONE, summary="Look at a file", dependencies=[allow(RESEARCHERS)])
def preview(
    request: Request, session: Reading, access: StudyAccess, draft_id: DraftId, at: Here
) -> Response:
    """What was read of a file that waits, what was left out and why, and what to say of it."""
    return answer_page(request, session, access, find_draft(session, access.study.id, draft_id), at)


@router.post(ONE + "/said", summary="Say what a file is", dependencies=[allow(RESEARCHERS)])
def said(
    request: Request,
    session: Writing,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    sent: Sent,
) -> Response:
    """Keeps what was typed, all of it or nothing; what a colleague said meanwhile stands."""
    draft = find_draft(session, access.study.id, draft_id)
    typed = read_typed(sent)
    try:
        kept = _keep(session, access, draft, typed)
    except Unfit as refused:
        return answer_page(request, session, access, draft, at, typed=typed, refused=refused)
    if kept.amiss:
        return answer_page(request, session, access, draft, at, typed=typed, kept=kept)
    if not any(name.startswith(AND_FINDS) for name in typed.changed):
        return changed(request, session, access, draft, at, seen=typed.seen)
    turns = tuple(numbers_on(reading_of(draft), at.turns))
    return changed(request, session, access, draft, at, seen=typed.seen, turns=turns, marks=True)


@router.post(ONE + "/merge", summary="Say who is one person", dependencies=[allow(RESEARCHERS)])
def merge(
    request: Request,
    session: Writing,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    sent: Sent,
) -> Response:
    """Labels of the file that are one speaker, and all else that was typed on the page."""
    draft = find_draft(session, access.study.id, draft_id)
    typed = read_typed(sent)
    try:
        kept = _keep(session, access, draft, typed)
        if kept.amiss:
            return answer_page(request, session, access, draft, at, typed=typed, kept=kept)
        now = look(session, draft)
        labels = numbers_sent(sent)
        say(session, draft, merged(now, labels))
    except Unfit as refused:
        return answer_page(request, session, access, draft, at, typed=typed, refused=refused)
    who = " and ".join(f"“{now.speakers[one].shown}”" for one in labels)
    address = _address(access, draft_id, at.query(open="speakers"))
    return redirect(request, f"{address}#speakers", said=f"{who} are one speaker now.")


@router.post(ONE + "/columns", summary="Read a survey anew", dependencies=[allow(RESEARCHERS)])
def columns(
    request: Request,
    store: OpenStore,
    access: StudyAccess,
    draft_id: DraftId,
    sent: Sent,
) -> Response:
    """Reads the file again, its columns taken for what they were now said to be."""
    with store.reading() as session:
        draft = find_draft(session, access.study.id, draft_id)
        chosen = columns_said(look(session, draft).columns, sent)
        name, data = draft.file_name, draft.data
    try:
        reading = read_apart(name, data, survey=chosen)
    except RefusedFile as refused:
        with store.reading() as session:
            draft = find_draft(session, access.study.id, draft_id)
            at, why = At(open="columns"), Unfit(refused.sentence, way_out=refused.way_out)
            return answer_page(request, session, access, draft, at, refused=why)
    with store.writing() as session:
        draft = find_draft(session, access.study.id, draft_id)
        read_again(session, draft, reading)
        say(session, draft, replace(look(session, draft).said, survey=chosen))
    address = _address(access, draft_id, "?open=columns")
    return redirect(request, address, said="The file was read anew.")


@router.post(ONE + "/accept", summary="Take a file in", dependencies=[allow(RESEARCHERS)])
def take_in(
    request: Request,
    store: OpenStore,
    access: StudyAccess,
    draft_id: DraftId,
    at: Here,
    sent: Sent,
) -> Response:
    """Keeps what was typed, then stores the transcript; goes on to the next file that waits."""
    study_id, typed = access.study.id, read_typed(sent)
    try:
        with store.writing() as session:
            draft = find_draft(session, study_id, draft_id)
            kept = _keep(session, access, draft, typed)
            if sent.get("stands") == str(standing_of(session, draft)):
                catch_up(session, draft)
        if not kept.amiss:
            took, following = _accept(store, access, draft)
            done = _done(took, corrected=draft.corrects_id is not None)
            return _taken_in(request, access, done, following)
        refused = None
    except (Unfit, Conflict, RefusedFile) as error:
        kept, refused = None, error
    with store.writing() as session:
        draft = find_draft(session, study_id, draft_id)
        if isinstance(refused, Conflict):
            catch_up(session, draft)
        return answer_page(
            request, session, access, draft, at, typed=typed, kept=kept, refused=refused
        )


@router.post(ONE + "/put-aside", summary="Put a file aside", dependencies=[allow(RESEARCHERS)])
def aside(request: Request, session: Writing, access: StudyAccess, draft_id: DraftId) -> Response:
    """Forgets a file that waits, with all that was said of it; nothing of it was in the study."""
    draft = find_draft(session, access.study.id, draft_id)
    name = draft.file_name
    put_aside(session, draft)
    done = f"{name} is put aside, and forgotten here. Upload it again to look at it again."
    return redirect(request, f"/studies/{access.study.id}/upload", said=done)


def changed(
    request: Request,
    session: Session,
    access: Access,
    draft: Draft,
    at: At,
    *,
    turns: tuple[int, ...] = (),
    marks: bool = False,
    seen: Mapping[str, str] | None = None,
    done: str = "",
    place: str = "",
) -> Response:
    """What changed, for the page's script: the bar and the voices, the turns of these numbers, with
    `marks` the panels of finds and stretches. Without a script, the page."""
    if not is_fragment(request):
        address = _address(access, draft.id, at.query())
        return redirect(request, address + place, said=done or "That is kept.")
    now = look(session, draft)
    names = attributes_of(session, access, now)
    context = parts_context(access.study.id, now, at, turns)
    fields = seen_fields(now, names, seen)
    return render(
        request,
        "upload/parts.html",
        said=done,
        marks=marks,
        codings=codings_of(session, now) if marks else None,
        seen=None if seen is None else fields,
        fields=fields,
        asked=numbers_in(fields),
        **context,
    )


def _accept(store: Store, access: Access, draft: Draft) -> tuple[Ingested, int | None]:
    with store.writing() as session:
        took = accept(session, access.study.id, draft.id, made_by=access.user.id)
        return took, next_waiting(session, access.study.id, after=draft)


def _done(took: Ingested, *, corrected: bool) -> str:
    """What was done, in a sentence, with what should be looked at."""
    done = f"“{took.name}” is in the study now: {took.turns:,} turns, {took.words:,} words."
    if corrected:
        stays = f"The text of “{took.name}” stays as it was."
        done = f"“{took.name}” is corrected." if took.added else stays
    elif not took.added:
        done = f"“{took.name}” was there already; nothing was added."
    return " ".join([done, *took.notes])


def _taken_in(request: Request, access: Access, done: str, following: int | None) -> Response:
    base = f"/studies/{access.study.id}"
    if following is None:
        return redirect(request, f"{base}/transcripts", said=done)
    return redirect(request, f"{base}/upload/{following}", said=f"{done} This is the next one.")


def _keep(session: Session, access: Access, draft: Draft, typed: Typed) -> Kept:
    """What was typed, kept where all of it will do. Raises Unfit where speakers contradict."""
    now = look(session, draft)
    kept = keep(typed, now, attributes_of(session, access, now))
    if not kept.amiss and kept.said != now.said:
        say(session, draft, kept.said)
    return kept


def answer_page(
    request: Request,
    session: Session,
    access: Access,
    draft: Draft,
    at: At,
    *,
    typed: Typed | None = None,
    kept: Kept | None = None,
    refused: Unfit | Conflict | RefusedFile | None = None,
) -> Response:
    """The page; or, for its script, what was refused and beside which field."""
    now = look(session, draft)
    amiss = kept.amiss if kept else {}
    status = 409 if kept and kept.conflict else refused.status if refused else 422 if amiss else 200
    context: dict[str, Any] = {"refused": refused, "conflict": bool(kept and kept.conflict)}
    names = attributes_of(session, access, now)
    if is_fragment(request) and status != HTTPStatus.OK:
        if status == HTTPStatus.CONFLICT:
            turns = numbers_on(now.reading, at.turns)
            context |= parts_context(access.study.id, now, at, turns)
        seen = seen_fields(now, names, typed.seen) if typed else None
        return render(request, "upload/amiss.html", status=status, amiss=amiss, now=seen, **context)
    if refused and now.undecided and not at.open:
        at = at.model_copy(update={"open": "names"})
    page = page_context(session, access, now, at, _retyped(typed, kept), amiss)
    return render(request, "upload/preview.html", status=status, **page, **context)


def _retyped(typed: Typed | None, kept: Kept | None) -> dict[str, str]:
    """What was typed and couldn't be kept, to be shown again; a colleague's word goes before it."""
    if typed is None:
        return {}
    clash = kept.amiss if kept and kept.conflict else {}
    return {name: value for name, value in typed.changed.items() if name not in clash}


def _address(access: Access, draft_id: int, query: str = "") -> str:
    return f"/studies/{access.study.id}/upload/{draft_id}{query}"
