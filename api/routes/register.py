"""The register of real names: which there are, what stands for them, where they were replaced."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.corrections.pages import effect
from api.dependencies import Reading, StudyAccess, Writing
from api.pages import redirect, render
from api.policies import MIB, RESEARCHERS, Access, allow
from capture.corrections.correcting import foresee
from capture.errors import Conflict, Unfit
from capture.models import REGISTER_KINDS
from capture.names.entries import (
    EntrySaid,
    add_entry,
    change_entry,
    find_entry,
    listed_entries,
    read_entry_form,
    remove_entry,
)
from capture.names.lists import MOST_BYTES, MOST_NAMES, bring, read_list, read_pasted
from capture.names.putting_back import put_back, words_back
from capture.names.register import known_names
from capture.names.replaced import A_PAGE, log_page, logged_transcripts
from capture.names.still_standing import still_standing
from capture.people_said import LONGEST_FIELD
from transcripts.differences import changes
from transcripts.errors import GreenshootsError
from transcripts.replacing import OFF_THE_RECORD
from transcripts.turns import count_words

router = APIRouter(tags=["register"])
HERE = "/studies/{study_id}/register"
ONE = HERE + "/{entry_id}"
LOG = HERE + "/log"
STANDING = HERE + "/standing"
BRING = HERE + "/bring"
MOST_ID = 2**53


async def _typed(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=20, max_files=0)
    return {key: value for key, value in form.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(_typed)]


@router.get(HERE, summary="The register of names", dependencies=[allow(RESEARCHERS)])
def page(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Lists real names with what stands for them, and how often they were replaced where."""
    return _page(request, session, access)


@router.post(HERE, summary="Add a name", dependencies=[allow(RESEARCHERS)])
def add(request: Request, session: Writing, access: StudyAccess, typed: Typed) -> Response:
    """Enters a real name; what is to stand for it is made up where nothing was said."""
    try:
        said = read_entry_form(typed)
        entry = add_entry(session, access.study.id, said, made_by=access.user.id)
    except GreenshootsError as error:
        return _page(request, session, access, typed=typed, refused=error)
    return redirect(request, _here(access), said=f"{entry.stands_as} stands for it from now on.")


@router.get(BRING, summary="Bring a list of names", dependencies=[allow(RESEARCHERS)])
def ask_for_list(request: Request, access: StudyAccess) -> Response:
    """Asks for names, pasted or as a CSV file."""
    del access
    return _bring_page(request)


@router.post(
    BRING, summary="Take in a list of names", dependencies=[allow(RESEARCHERS, body=4 * MIB)]
)
def take_list(
    request: Request,
    session: Writing,
    access: StudyAccess,
    pasted: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Enters every name of a list, or none; those that are there already are passed over."""
    try:
        if file is not None and file.filename:
            names = read_list(file.filename, file.file.read(MOST_BYTES + 1))
        else:
            names = read_pasted(pasted)
        brought = bring(session, access.study.id, names, made_by=access.user.id)
    except GreenshootsError as error:
        return _bring_page(request, pasted=pasted, refused=error)
    there = f"; {brought.there:,} were there already" if brought.there else ""
    added = "1 name was added" if brought.added == 1 else f"{brought.added:,} names were added"
    return redirect(request, _here(access), said=f"{added}{there}.")


@router.get(STANDING, summary="Names that still stand", dependencies=[allow(RESEARCHERS)])
def standing(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Lists where names of the register still stand in stored texts, each to be looked at."""
    rows = still_standing(session, access.study.id)
    by_transcript = groupby(rows, key=lambda row: row.transcript)
    return render(
        request,
        "register/standing.html",
        base=_here(access),
        found=[(name, list(here)) for name, here in by_transcript],
        names=bool(known_names(session, access.study.id)),
    )


@router.get(LOG, summary="What was replaced", dependencies=[allow(RESEARCHERS)])
def log(request: Request, session: Reading, access: StudyAccess) -> Response:
    """Lists the transcripts out of whose text words were taken, with how many."""
    rows = logged_transcripts(session, access.study.id)
    return render(request, "register/log.html", base=_here(access), rows=rows)


@router.get(
    LOG + "/{transcript_id}",
    summary="What was replaced in a transcript",
    dependencies=[allow(RESEARCHERS)],
)
def log_of_transcript(
    request: Request,
    session: Reading,
    access: StudyAccess,
    transcript_id: int,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    entry: Annotated[int | None, Query(ge=1, le=MOST_ID)] = None,
) -> Response:
    """Shows each replacement in context with the words that stood there, a page at a time."""
    study_id = access.study.id
    whose = find_entry(session, study_id, entry) if entry else None
    shown = log_page(session, study_id, transcript_id, number=page, entry_id=entry)
    return render(
        request,
        "register/transcript.html",
        base=_here(access),
        log=shown,
        off_the_record=OFF_THE_RECORD,
        words_in=count_words,
        a_page=A_PAGE,
        whose=whose,
        narrowed=f"&entry={entry}" if entry else "",
    )


@router.get(
    LOG + "/{replacement_id}/put-back",
    summary="Look before words are put back",
    dependencies=[allow(RESEARCHERS)],
)
def ask_to_restore(
    request: Request, session: Reading, access: StudyAccess, replacement_id: int
) -> Response:
    """Shows the text with and without the words, and what becomes of the codings."""
    back = words_back(session, access.study.id, replacement_id)
    plan = foresee(session, back.transcript, back.reading, back.log)
    return render(
        request,
        "register/put_back.html",
        base=_here(access),
        back=back,
        off_the_record=OFF_THE_RECORD,
        changes=changes(back.standing.text, back.reading.text),
        **effect(plan, back.standing),
    )


@router.post(
    LOG + "/{replacement_id}/put-back",
    summary="Put words back",
    dependencies=[allow(RESEARCHERS)],
)
def restore(
    request: Request,
    session: Writing,
    access: StudyAccess,
    replacement_id: int,
) -> Response:
    """Lets the words that were taken out at one place stand again, in a new version of the text."""
    done = put_back(session, access.study.id, replacement_id, made_by=access.user.id)
    to = f"{_here(access)}/log/{done.version.transcript_id}"
    said = (
        f"The words are back, in version {done.version.number} of the text: coders see them. "
        "To take them out again, select them in the transcript."
    )
    return redirect(request, to, said=said)


@router.get(ONE, summary="One name", dependencies=[allow(RESEARCHERS)])
def edit(request: Request, session: Reading, access: StudyAccess, entry_id: int) -> Response:
    """The form for a name of the register."""
    entry = find_entry(session, access.study.id, entry_id)
    said = EntrySaid(entry.name, entry.kind, entry.stands_as, tuple(entry.also))
    return _edit_page(request, session, access, entry_id, _fields(said))


@router.post(ONE, summary="Change a name", dependencies=[allow(RESEARCHERS)])
def change(
    request: Request, session: Writing, access: StudyAccess, entry_id: int, typed: Typed
) -> Response:
    """Says a name anew; texts that are stored keep what stands in them."""
    find_entry(session, access.study.id, entry_id)
    try:
        said = read_entry_form(typed)
        change_entry(session, access.study.id, entry_id, said)
    except (Unfit, Conflict) as error:
        return _edit_page(request, session, access, entry_id, typed, error)
    return redirect(request, _here(access), said="Kept. New files are searched for it so.")


@router.post(ONE + "/remove", summary="Remove a name", dependencies=[allow(RESEARCHERS)])
def remove(request: Request, session: Writing, access: StudyAccess, entry_id: int) -> Response:
    """Takes a name out of the register, and offers to put it back; replaced words stay replaced."""
    gone = remove_entry(session, access.study.id, entry_id)
    return _page(request, session, access, removed=_fields(gone))


def _here(access: Access) -> str:
    return HERE.format(study_id=access.study.id)


def _fields(said: EntrySaid) -> dict[str, str]:
    """An entry as its form holds it."""
    return {
        "name": said.name,
        "kind": said.kind,
        "stands_as": said.stands_as,
        "also": "; ".join(said.also),
    }


def _page(
    request: Request,
    session: Session,
    access: Access,
    *,
    typed: dict[str, str] | None = None,
    refused: GreenshootsError | None = None,
    removed: dict[str, str] | None = None,
) -> Response:
    study_id = access.study.id
    return render(
        request,
        "register/register.html",
        status=refused.status if refused else 200,
        base=_here(access),
        entries=listed_entries(session, study_id),
        replaced=sum(one.times for one in logged_transcripts(session, study_id)),
        fields=typed or {},
        kinds=[(kind, kind) for kind in REGISTER_KINDS],
        longest=LONGEST_FIELD,
        refused=refused,
        removed=removed,
    )


def _edit_page(
    request: Request,
    session: Session,
    access: Access,
    entry_id: int,
    fields: dict[str, str],
    refused: GreenshootsError | None = None,
) -> Response:
    listed = {one.entry.id: one for one in listed_entries(session, access.study.id)}
    return render(
        request,
        "register/edit.html",
        status=refused.status if refused else 200,
        base=_here(access),
        listed=listed[entry_id],
        fields=fields,
        kinds=[(kind, kind) for kind in REGISTER_KINDS],
        longest=LONGEST_FIELD,
        refused=refused,
    )


def _bring_page(
    request: Request, *, pasted: str = "", refused: GreenshootsError | None = None
) -> Response:
    access: Access = request.state.access
    return render(
        request,
        "register/bring.html",
        status=refused.status if refused else 200,
        base=_here(access),
        pasted=pasted,
        most_names=MOST_NAMES,
        refused=refused,
    )
