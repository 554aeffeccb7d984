"""Uploading transcripts: several files at once, each stored whole or refused with a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response

from api.dependencies import OpenStore, StudyAccess
from api.pages import is_fragment, render
from api.policies import MIB, RESEARCHERS, allow
from capture.collecting import Collected, Incoming, collect
from capture.errors import Unfit
from capture.models import DEFAULT_SCOPE
from capture.people_said import day, line, one_of, wave_number
from transcripts.intake import MOST_BYTES
from transcripts.manifest import FileEntry, Manifest, SpeakerEntry, read_manifest
from transcripts.readers import READABLE
from transcripts.turns import Kind, Record, Scope

router = APIRouter(tags=["upload"])
MOST_AT_ONCE = 200 * MIB
"""Bytes of one upload; the page sends its files one by one, so this binds only without JS."""


@dataclass(frozen=True, slots=True)
class About:
    """What the form says of all its files; the manifest says it better where it speaks."""

    kind: Annotated[str, Form()] = ""
    record: Annotated[str, Form()] = "verbatim"
    held_on: Annotated[str, Form()] = ""
    wave: Annotated[str, Form()] = ""
    place: Annotated[str, Form()] = ""
    scope: Annotated[str, Form()] = DEFAULT_SCOPE


@router.get("/studies/{study_id}/upload", summary="Upload page", dependencies=[allow(RESEARCHERS)])
def page(request: Request, access: StudyAccess) -> Response:
    """Asks for files, and for what was agreed with the people in them."""
    del access
    return _page(request, About())


@router.post(
    "/studies/{study_id}/upload",
    summary="Upload transcripts",
    dependencies=[allow(RESEARCHERS, body=MOST_AT_ONCE)],
)
def upload(
    request: Request,
    store: OpenStore,
    access: StudyAccess,
    about: Annotated[About, Depends()],
    files: Annotated[list[UploadFile], File()],
    manifest: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Reads and stores files; says for each what was read, or why it was refused."""
    chosen = [file for file in files if file.filename]
    if not chosen:
        raise Unfit("No file was chosen.", way_out="Choose one or more transcripts.")
    outcome = collect(
        store,
        access.study.id,
        _incoming(chosen),
        manifest=_manifest(manifest),
        unsaid=_entry(about),
    )
    if is_fragment(request):
        return render(request, "upload/outcome.html", outcome=outcome)
    return _page(request, about, outcome)


def _page(request: Request, about: About, outcome: Collected | None = None) -> Response:
    return render(
        request,
        "upload/upload.html",
        about=about,
        outcome=outcome,
        kinds=[("", "As the file suggests"), *((kind, kind) for kind in get_args(Kind))],
        scopes=get_args(Scope)[:3],
        readable=sorted(READABLE),
        most_mib=MOST_BYTES // MIB,
    )


def _entry(about: About) -> FileEntry:
    """What the form says, as a manifest would have said it."""
    kind = one_of(about.kind, get_args(Kind), "kind of transcript") if about.kind else None
    return FileEntry(
        kind=cast("Kind | None", kind),
        record=cast("Record", one_of(about.record, get_args(Record), "kind of record")),
        date=day(about.held_on),
        wave=wave_number(about.wave),
        place=line(about.place, "The place"),
        everyone=SpeakerEntry(
            scope=cast("Scope", one_of(about.scope, get_args(Scope), "sharing scope"))
        ),
    )


def _incoming(files: Iterable[UploadFile]) -> list[Incoming]:
    return [Incoming(PurePath(file.filename or "unnamed").name, file.file.read) for file in files]


def _manifest(file: UploadFile | None) -> Manifest | None:
    if file is None or not file.filename:
        return None
    return read_manifest(file.filename, file.file.read())
