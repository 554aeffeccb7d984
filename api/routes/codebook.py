"""The codebook: reading it, curating it code by code, and its history."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response

from api.codebook_pages import CodeForm, book_page, common, form_page, who_made
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import CODERS, MEMBERS, allow
from codebook import bookshelf, curation
from codebook.book import write_book
from codebook.entries import CodeEntry
from transcripts.errors import GreenshootsError

router = APIRouter(tags=["codebook"])

BOOK = "/studies/{study_id}/codebook"
CODE = BOOK + "/codes/{code_id}"
CodeId = Annotated[int, Path(ge=1, le=2**53)]
Number = Annotated[int, Path(ge=1, le=2**31)]


@router.get(BOOK, summary="The codebook", dependencies=[allow(MEMBERS)])
def read(
    request: Request,
    session: Reading,
    access: StudyAccess,
    find: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Every code with its definition, when to use it and when not, and what rests on it."""
    return render(request, "codebook/book.html", **book_page(session, access, find))


@router.get(BOOK + "/download", summary="Download the codebook", dependencies=[allow(MEMBERS)])
def download(session: Reading, access: StudyAccess) -> Response:
    """The codebook as YAML, which another study can bring in."""
    book = bookshelf.load_book(session, access.study.id)
    number = bookshelf.codebook_version(session, access.study.id)
    return Response(
        write_book(book),
        media_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="codebook-version-{number}.yaml"'},
    )


@router.get(BOOK + "/versions", summary="Its history", dependencies=[allow(MEMBERS)])
def history(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Every version of the codebook, with what changed and who changed it."""
    versions = bookshelf.versions(session, access.study.id)
    return render(
        request,
        "codebook/history.html",
        versions=versions,
        by=who_made(session, [version.created_by for version in versions]),
        **common(access),
    )


@router.get(BOOK + "/versions/{number}", summary="An older version", dependencies=[allow(MEMBERS)])
def older(request: Request, session: Reading, access: StudyAccess, number: Number) -> Response:
    """The codebook as it stood at a version, so that a decision of then can be understood."""
    version, book = bookshelf.book_at(session, access.study.id, number)
    return render(
        request,
        "codebook/older.html",
        version=version,
        newest=bookshelf.codebook_version(session, access.study.id),
        by=who_made(session, [version.created_by]),
        shelf=bookshelf.shelf_of(book, {}),
        **common(access),
    )


@router.get(BOOK + "/add", summary="Begin a code", dependencies=[allow(CODERS)])
def begin_code(
    request: Request,
    session: Reading,
    access: StudyAccess,
    facet: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The form for a new code."""
    context = form_page(session, access, CodeEntry("", "", facet, ""))
    return render(request, "codebook/form.html", **context)


@router.post(BOOK + "/codes", summary="Add a code", dependencies=[allow(CODERS)])
def add(
    request: Request, session: Writing, access: StudyAccess, form: Annotated[CodeForm, Form()]
) -> Response:
    """Adds a code; makes a new version of the codebook."""
    try:
        code = curation.add_code(session, access.study.id, form.entry(), user_id=access.user.id)
    except GreenshootsError as error:
        context = form_page(session, access, form.entry())
        return render(request, "codebook/form.html", status=error.status, error=error, **context)
    to = f"/studies/{access.study.id}/codebook#code-{code.id}"
    return redirect(request, to, said=f"“{code.name}” is in the codebook.")


@router.get(CODE + "/edit", summary="Open a code to change it", dependencies=[allow(CODERS)])
def open_code(request: Request, session: Reading, access: StudyAccess, code_id: CodeId) -> Response:
    """The form for a code of the codebook."""
    _, entry = bookshelf.find_code(session, access.study.id, code_id)
    context = form_page(session, access, entry, code_id=code_id)
    return render(request, "codebook/form.html", **context)


@router.post(CODE, summary="Change a code", dependencies=[allow(CODERS)])
def change(
    request: Request,
    session: Writing,
    access: StudyAccess,
    code_id: CodeId,
    form: Annotated[CodeForm, Form()],
) -> Response:
    """Changes what a code says; refused when someone else changed it in the meantime."""
    study_id, user_id = access.study.id, access.user.id
    curation.find_code(session, study_id, code_id)
    seen = form.seen_version
    try:
        code = curation.edit_code(
            session, study_id, code_id, form.entry(), user_id=user_id, seen_version=seen or None
        )
    except GreenshootsError as error:
        context = form_page(session, access, form.entry(), code_id=code_id, seen_version=seen)
        return render(request, "codebook/form.html", status=error.status, error=error, **context)
    to = f"/studies/{study_id}/codebook#code-{code.id}"
    return redirect(request, to, said=f"“{code.name}” is kept as it reads now.")


@router.post(CODE + "/retire", summary="Retire a code", dependencies=[allow(CODERS)])
def retire(
    request: Request,
    session: Writing,
    access: StudyAccess,
    code_id: CodeId,
    why: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Takes a code out of use; decisions on it stay, and it can be brought back."""
    code = curation.retire_code(
        session, access.study.id, code_id, user_id=access.user.id, why=" ".join(why.split())
    )
    to = f"/studies/{access.study.id}/codebook"
    return redirect(request, to, said=f"“{code.name}” is retired. Decisions on it stay.")


@router.post(CODE + "/restore", summary="Bring a code back", dependencies=[allow(CODERS)])
def restore(request: Request, session: Writing, access: StudyAccess, code_id: CodeId) -> Response:
    """Brings a retired code back into use."""
    code = curation.restore_code(session, access.study.id, code_id, user_id=access.user.id)
    to = f"/studies/{access.study.id}/codebook#code-{code.id}"
    return redirect(request, to, said=f"“{code.name}” is in use again.")
