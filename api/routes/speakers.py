"""Who spoke, and what a transcript is: said by a researcher as soon as it is known."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import MIB, RESEARCHERS, Access, allow
from api.routes.transcripts import ONE, TranscriptId
from capture.errors import Conflict, Unfit
from capture.models import AUDIENCES, SCOPES, Transcript
from capture.people import describe_speakers, describe_transcript, known_words
from capture.people_said import (
    KINDS,
    LONGEST_FIELD,
    RECORDS,
    SpeakerSaid,
    TranscriptSaid,
    read_speaker_form,
    read_transcript_form,
)
from capture.transcript_view import Speaker, find_transcript, load_speakers

router = APIRouter(tags=["transcripts"])

MOST_TYPED = 8 * MIB
MOST_FIELDS = 100_000
"""A survey of ten thousand respondents has nine fields each."""
OF_SPEAKER = ("participant", "role", "place", "scope", "audience", "facilitator")
FOR_ALL = ("scope", "audience")
"""What can be said of a whole session: it holds for all who don't ask."""


async def _typed(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=MOST_FIELDS)
    return {key: value for key, value in form.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(_typed)]


@router.get(ONE + "/speakers", summary="Who spoke", dependencies=[allow(RESEARCHERS)])
def ask(
    request: Request, session: Reading, access: StudyAccess, transcript_id: TranscriptId
) -> Response:
    """The form in which a researcher says who spoke, and what may be shared."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    stored = _stored(transcript, load_speakers(session, transcript_id))
    return _form(request, session, access, transcript, stored)


@router.post(
    ONE + "/speakers",
    summary="Say who spoke",
    dependencies=[allow(RESEARCHERS, body=MOST_TYPED)],
)
def say(
    request: Request,
    session: Writing,
    access: StudyAccess,
    transcript_id: TranscriptId,
    typed: Typed,
) -> Response:
    """Stores all of it, or nothing: what won't do is said beside what was typed."""
    study_id = access.study.id
    transcript = find_transcript(session, study_id, transcript_id)
    spoke = load_speakers(session, transcript_id)
    try:
        _check_still_so(typed, spoke)
        said, speakers = _read(typed, spoke)
    except (Conflict, Unfit) as refused:
        now = _agreed(_changed_since(typed, spoke))
        return _form(request, session, access, transcript, {**typed, **now}, refused)
    describe_transcript(session, study_id, transcript_id, said)
    describe_speakers(session, study_id, transcript_id, speakers)
    address = f"/studies/{study_id}/transcripts/{transcript_id}"
    return redirect(request, address, said="It is noted who spoke.")


def _agreed(speakers: Iterable[Speaker]) -> dict[str, str]:
    """What decides whether words may be quoted, as the form's fields would say it."""
    agreed: dict[str, str] = {}
    for one in speakers:
        agreed[f"scope-{one.id}"] = one.scope
        agreed[f"audience-{one.id}"] = one.audience
        agreed[f"facilitator-{one.id}"] = _asks(one)
    return agreed


def _asks(speaker: Speaker) -> str:
    return "yes" if speaker.facilitator else ""


def _changed_since(typed: Mapping[str, str], spoke: Iterable[Speaker]) -> list[Speaker]:
    """Speakers of whom something else is agreed than when the page was made."""
    return [
        one
        for one in spoke
        if any(typed.get(f"seen-{name}", now) != now for name, now in _agreed([one]).items())
    ]


def _check_still_so(typed: Mapping[str, str], spoke: Iterable[Speaker]) -> None:
    """A page that stood open must not undo what someone withdrew or agreed to meanwhile."""
    changed = _changed_since(typed, spoke)
    if changed:
        who = ", ".join(
            f"{one.label} (now: {one.scope}, {one.audience}{', asks' if one.facilitator else ''})"
            for one in changed
        )
        raise Conflict(
            f"A colleague changed what was agreed, or who asks, while you were writing: {who}.",
            way_out="It is shown below as it is now. Check it, and save again.",
        )


def _read(
    typed: Mapping[str, str], speakers: tuple[Speaker, ...]
) -> tuple[TranscriptSaid, dict[int, SpeakerSaid]]:
    """Everything that was typed; a speaker the form doesn't mention stays as they are."""
    about = {}
    for one in speakers:
        fields = {name: typed.get(f"{name}-{one.id}", "") for name in OF_SPEAKER}
        if f"scope-{one.id}" not in typed:
            continue
        if not fields["facilitator"]:
            fields |= {name: typed[f"{name}-all"] for name in FOR_ALL if typed.get(f"{name}-all")}
        about[one.id] = read_speaker_form(one.label, fields)
    return read_transcript_form(typed), about


def _stored(transcript: Transcript, speakers: tuple[Speaker, ...]) -> dict[str, str]:
    """What is in the record, as the form's fields would say it."""
    fields = {
        "name": transcript.name,
        "kind": transcript.kind,
        "record": transcript.record,
        "held_on": transcript.held_on.isoformat() if transcript.held_on else "",
        "wave": "" if transcript.wave is None else str(transcript.wave),
        "place": transcript.place or "",
    }
    for one in speakers:
        fields[f"participant-{one.id}"] = one.pseudonym or ""
        fields[f"role-{one.id}"] = one.role or ""
        fields[f"place-{one.id}"] = one.place or ""
    return fields | _agreed(speakers)


def _form(
    request: Request,
    session: Session,
    access: Access,
    transcript: Transcript,
    fields: Mapping[str, str],
    refused: Conflict | Unfit | None = None,
) -> Response:
    context: dict[str, Any] = {
        "transcript": transcript,
        "speakers": load_speakers(session, transcript.id),
        "known": known_words(session, access.study.id),
        "fields": fields,
        "refused": refused,
        "kinds": KINDS,
        "records": RECORDS,
        "scopes": SCOPES,
        "audiences": AUDIENCES,
        "longest": LONGEST_FIELD,
    }
    status = refused.status if refused else 200
    return render(request, "transcripts/speakers.html", status=status, **context)
