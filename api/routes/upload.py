"""Uploading transcripts: each file is read and waits for a look, or is refused in a sentence."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import OpenStore, Reading, StudyAccess, TheSettings
from api.draft.fields import ATTRIBUTE, session_fields
from api.draft.form import as_chosen, typed_session
from api.draft.words import CHOICES
from api.pages import is_fragment, redirect, render
from api.policies import MIB, RESEARCHERS, Access, allow
from api.routes.speakers import Typed as Sent
from capture.collecting import Incoming
from capture.draft.drafting import DraftedFiles, TakenIn, draft_files, ready, take_in_ready
from capture.draft.look import drafts_of
from capture.draft.said import DraftSaid
from capture.errors import Unfit
from capture.people import known_words
from capture.studies import attribute_names
from transcripts.folders import MANIFEST_NAME, TAKEN, why_not_by_name
from transcripts.intake import MOST_BYTES
from transcripts.manifest import Manifest, read_manifest
from transcripts.zip_names import shortened
from transcripts.zips import MOST_ZIP_BYTES

router = APIRouter(tags=["upload"])
ALL = "/studies/{study_id}/upload"
MOST_AT_ONCE = MOST_ZIP_BYTES + MIB
"""Bytes of one upload, its form included; the page sends its files one by one."""

MORE = ("kind", "held_on", "wave", "place", "new-attribute", "new-value")
"""Fields that stand folded away while nothing is in them."""


@router.get(ALL, summary="Upload page", dependencies=[allow(RESEARCHERS)])
def page(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Asks for files and for what was agreed; lists the files that wait to be looked at."""
    if is_fragment(request):
        return render(request, "upload/waiting.html", **_waiting(session, access))
    return _page(request, session, access)


@router.post(
    ALL, summary="Upload transcripts", dependencies=[allow(RESEARCHERS, body=MOST_AT_ONCE)]
)
def upload(
    request: Request,
    store: OpenStore,
    settings: TheSettings,
    access: StudyAccess,
    sent: Sent,
    files: Annotated[list[UploadFile], File()],
    manifest: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Reads files; says for each what was read and waits, or why it was refused."""
    chosen = [file for file in files if file.filename]
    if not chosen:
        raise Unfit("No file was chosen.", way_out="Choose one or more transcripts.")
    kept = typed_session(sent)
    if kept.amiss:
        with store.reading() as session:
            return _page(request, session, access, sent, kept.amiss)
    people, chosen = _manifest(manifest, chosen)
    passed = {_bare(file): why for file in chosen if (why := _why_not(file, sent))}
    outcome = draft_files(
        store,
        access.study.id,
        _incoming(file for file in chosen if _bare(file) not in passed),
        manifest=people,
        unsaid=as_chosen(kept.said).entry(),
        uploaded_by=access.user.id,
        ner_model=settings.ner_model,
    )
    outcome.skipped += passed.items()
    if is_fragment(request):
        return render(request, "upload/outcome.html", outcome=outcome)
    with store.reading() as session:
        return _page(request, session, access, sent, outcome=outcome)


@router.post(
    ALL + "/accept-all", summary="Take in all that is ready", dependencies=[allow(RESEARCHERS)]
)
def accept_all(request: Request, store: OpenStore, access: StudyAccess, sent: Sent) -> Response:
    """Takes in every file that waits with nothing undecided, as it was read and said."""
    kept = typed_session(sent)
    if kept.amiss:
        with store.reading() as session:
            return _page(request, session, access, all_fields=sent, all_amiss=kept.amiss)
    took = take_in_ready(
        store,
        access.study.id,
        lambda said: typed_session(sent, said).said,
        made_by=access.user.id,
    )
    if took.refused:
        with store.reading() as session:
            return _page(request, session, access, took=took)
    return _all_taken_in(request, access, took)


def _all_taken_in(request: Request, access: Access, took: TakenIn) -> Response:
    base, count = f"/studies/{access.study.id}", len(took.added)
    done = f"{count} file{' is' if count == 1 else 's are'} in the study now."
    if took.waiting:
        rest = f"{took.waiting} still wait{'s' if took.waiting == 1 else ''} to be looked at."
        return redirect(request, f"{base}/upload", said=f"{done} {rest}")
    return redirect(request, f"{base}/transcripts", said=done)


def _page(
    request: Request,
    session: Session,
    access: Access,
    fields: Mapping[str, str] | None = None,
    amiss: Mapping[str, str] | None = None,
    *,
    all_fields: Mapping[str, str] | None = None,
    all_amiss: Mapping[str, str] | None = None,
    outcome: DraftedFiles | None = None,
    took: TakenIn | None = None,
) -> Response:
    names = attribute_names(session, access.study.id)
    shown = {**session_fields(DraftSaid(), names), **(fields or {})}
    context = {
        **_waiting(session, access, all_fields, all_amiss),
        "fields": shown,
        "amiss": amiss or {},
        "more_said": any(shown.get(name) for name in MORE) or bool(amiss),
        "known": known_words(session, access.study.id),
        "outcome": outcome,
        "took": took,
        "readable": sorted(TAKEN),
        "most_mib": MOST_BYTES // MIB,
        "most_zip_mib": MOST_ZIP_BYTES // MIB,
    }
    status = 422 if amiss or all_amiss else 200
    return render(request, "upload/upload.html", status=status, **context)


def _waiting(
    session: Session,
    access: Access,
    fields: Mapping[str, str] | None = None,
    amiss: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The files that wait, and the form that takes them all in."""
    rows = drafts_of(session, access.study.id)
    names = attribute_names(session, access.study.id)
    unsaid = dict.fromkeys(session_fields(DraftSaid(), names), "")
    return {
        "rows": rows,
        "ready": sum(ready(row) for row in rows),
        "all_fields": {**unsaid, **(fields or {})},
        "all_amiss": amiss or {},
        "attributes": [(name, f"{ATTRIBUTE}{name}") for name in names],
        "choices": CHOICES,
    }


def _incoming(files: Iterable[UploadFile]) -> list[Incoming]:
    return [Incoming(_bare(file), file.file.read) for file in files]


def _why_not(file: UploadFile, sent: Mapping[str, str]) -> str | None:
    """Of a whole folder, what isn't read is passed over; a file that was chosen is refused."""
    return why_not_by_name(_bare(file)) if sent.get("of_folder") else None


def _bare(file: UploadFile) -> str:
    return shortened(PurePath((file.filename or "unnamed").replace("\\", "/")).name)


def _manifest(
    file: UploadFile | None, chosen: list[UploadFile]
) -> tuple[Manifest | None, list[UploadFile]]:
    """The manifest that was chosen, or that lies among the files; and the files without it."""
    others = [one for one in chosen if _bare(one) != MANIFEST_NAME]
    if file is None or not file.filename:
        file = next((one for one in chosen if _bare(one) == MANIFEST_NAME), None)
    if file is None or not others:
        return None, chosen
    return read_manifest(_bare(file), file.file.read()), others
