"""Bringing a codebook of one's own: it is read, what would change is shown, then it is accepted."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.codebook_pages import common
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import CODERS, MIB, Access, allow
from capture.errors import Conflict, Unfit
from codebook import bookshelf, curation
from codebook.book import LARGEST_FILE, Book, RefusedCodebook, curated_book, read_book, write_book
from codebook.book_changes import compare, facet_notes
from transcripts.errors import GreenshootsError

router = APIRouter(tags=["codebook"])

BRING = "/studies/{study_id}/codebook/bring"


@router.get(BRING, summary="Bring a codebook", dependencies=[allow(CODERS)])
def ask(request: Request, access: StudyAccess) -> Response:
    """Asks for a codebook in YAML or CSV, or for the curated one."""
    return render(request, "codebook/bring.html", **common(access))


@router.post(BRING, summary="See what would change", dependencies=[allow(CODERS, body=4 * MIB)])
def preview(
    request: Request,
    session: Reading,
    access: StudyAccess,
    source: Annotated[Literal["own", "curated"], Form()] = "own",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Reads a codebook and shows what it would change; nothing is kept yet."""
    try:
        book = curated_book() if source == "curated" else _brought(file)
    except GreenshootsError as error:
        faults = error.faults if isinstance(error, RefusedCodebook) else ()
        context = {**common(access), "error": error, "faults": faults}
        return render(request, "codebook/bring.html", status=error.status, **context)
    return render(request, "codebook/preview.html", **_preview(session, access, book))


@router.post(
    BRING + "/accept", summary="Put it in place", dependencies=[allow(CODERS, body=16 * MIB)]
)
def accept(
    request: Request,
    session: Writing,
    access: StudyAccess,
    book: Annotated[str, Form()],
    seen_version: Annotated[int, Form(ge=0, le=2**53)],
) -> Response:
    """Puts the codebook in place: codes of the same key or name go on, the others are retired."""
    study_id = access.study.id
    if bookshelf.codebook_version(session, study_id) != seen_version:
        raise Conflict(
            "Someone changed the codebook since you saw what would change.",
            way_out="Nothing was changed. Bring it again and look once more.",
        )
    brought = read_book("codebook.yaml", book.replace("\r\n", "\n").encode())
    changes = compare(bookshelf.load_book(session, study_id), brought)
    change = f"Put “{brought.name}” in place. {changes.sentence()}"
    curation.install_book(session, study_id, brought, user_id=access.user.id, change=change)
    return redirect(request, f"/studies/{study_id}/codebook", said=change)


def _brought(file: UploadFile | None) -> Book:
    if file is None or not file.filename:
        raise Unfit("No file was chosen.", way_out="Choose a codebook in .yaml or .csv.")
    return read_book(file.filename, file.file.read(LARGEST_FILE + 1))


def _preview(session: Session, access: Access, book: Book) -> dict[str, Any]:
    present = bookshelf.load_book(session, access.study.id)
    return {
        **common(access),
        "book": book,
        "changes": compare(present, book),
        "notes": facet_notes(present, book),
        "text": write_book(book),
        "seen_version": bookshelf.codebook_version(session, access.study.id),
        "facets": {facet.key: facet for facet in book.facets},
    }
