"""Curating a study's codebook: every change is one new version, and no code is ever deleted.

Decisions point at codes. So a code is retired, not removed; a new book continues the codes whose
key or name it shares, and what a decision was made with can be read back from its version.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.errors import Conflict, NotFound
from capture.models import Code, CodebookVersion, Decision, Facet
from codebook.asking import ask_for_learning
from codebook.book_changes import differing
from codebook.bookshelf import (
    book_at,
    codebook_version,
    entry_of,
    find_code,
    live_codes,
    load_book,
    versions,
)
from codebook.code_check import check, tidied
from codebook.drafts import key_from, same_name
from codebook.entries import Book, CodeEntry
from codebook.installing import PUT_AWAY, put_in_place
from codebook.snapshots import code_in, snapshot_of

__all__ = [
    "add_code",
    "book_at",
    "codebook_version",
    "edit_code",
    "find_code",
    "install_book",
    "load_book",
    "restore_code",
    "retire_code",
    "versions",
]


def install_book(
    session: Session,
    study_id: int,
    book: Book,
    *,
    user_id: int | None = None,
    change: str = "",
) -> int:
    """Put a whole book in place of the one there; gives the new version's number.

    Codes of the same key, else the same name, go on as what they were; the others are retired.
    """
    put_in_place(session, study_id, book)
    change = change or f"The codebook “{book.name}” was put in place."
    return _new_version(session, study_id, change, user_id, name=book.name)


def add_code(session: Session, study_id: int, entry: CodeEntry, *, user_id: int) -> Code:
    """Add a code at the end of its facet; its key is made from the name.

    A retired code of that name which nobody ever decided with is taken up again. Raises Unfit
    when something is missing, Conflict when the name is taken, also by a retired code.
    """
    entry = replace(tidied(entry), key="")
    check(entry, load_book(session, study_id))
    rows = session.scalars(select(Code).where(Code.study_id == study_id)).all()
    code = _retired_namesake(session, entry.name, rows)
    if code is None:
        code = Code(
            study_id=study_id,
            facet_id=_facet_id(session, study_id, entry.facet),
            key=key_from(entry.name, {row.key for row in rows}),
            name=entry.name,
            definition=entry.definition,
            position=0,
        )
        session.add(code)
    code.position = max((row.position for row in rows), default=-1) + 1
    code.retired = False
    _fill(session, code, entry)
    session.flush()
    _new_version(session, study_id, f"Added the code “{code.name}”.", user_id)
    return code


def _retired_namesake(session: Session, name: str, rows: Sequence[Code]) -> Code | None:
    row = next((row for row in rows if same_name(row.name) == same_name(name)), None)
    decided = row and session.scalar(select(Decision.id).where(Decision.code_id == row.id).limit(1))
    if row is not None and decided:
        raise Conflict(
            f"A retired code is called “{row.name}”, and decisions rest on it.",
            way_out="Bring it back from the end of the codebook, or choose another name.",
        )
    return row


def edit_code(
    session: Session,
    study_id: int,
    code_id: int,
    entry: CodeEntry,
    *,
    user_id: int,
    seen_version: int | None = None,
) -> Code:
    """Change what a code says; `seen_version` is the codebook the editor had in view.

    Raises Conflict when this code was changed since then. Saying the same makes no new version.
    """
    code, before = find_code(session, study_id, code_id)
    entry = replace(tidied(entry), key=code.key)
    if seen_version is not None:
        _check_unchanged(session, study_id, code_id, before, seen_version)
    check(entry, load_book(session, study_id))
    fields = differing(before, entry)
    if fields:
        _fill(session, code, entry)
        session.flush()
        _new_version(session, study_id, f"Changed “{before.name}”: {', '.join(fields)}.", user_id)
    return code


def retire_code(
    session: Session, study_id: int, code_id: int, *, user_id: int, why: str = ""
) -> Code:
    """Take a code out of use; decisions on it stay readable, codes under it move up one level."""
    code, entry = find_code(session, study_id, code_id)
    for child in session.scalars(select(Code).where(Code.parent_id == code_id)):
        child.parent_id = code.parent_id
    code.retired = True
    session.flush()
    _new_version(session, study_id, f"Retired “{entry.name}”{f': {why}' if why else ''}.", user_id)
    return code


def restore_code(session: Session, study_id: int, code_id: int, *, user_id: int) -> Code:
    """Bring a retired code back into use, at the top level of its facet."""
    code = session.get(Code, code_id)
    if code is None or code.study_id != study_id or not code.retired:
        raise NotFound("There is no such retired code in this study.")
    book = load_book(session, study_id)
    facet = session.get_one(Facet, code.facet_id)
    if facet.position == PUT_AWAY:
        facet.position = len(book.facets)
        session.flush()
        book = load_book(session, study_id)
    check(entry_of(code, facet.key, None), book)
    code.retired, code.parent_id = False, None
    session.flush()
    _new_version(session, study_id, f"Brought back “{code.name}”.", user_id)
    return code


def _new_version(
    session: Session, study_id: int, change: str, user_id: int | None, *, name: str | None = None
) -> int:
    book = load_book(session, study_id)
    book = book if name is None else replace(book, name=name)
    ids = {code.key: code.id for code in live_codes(session, study_id)}
    number = codebook_version(session, study_id) + 1
    session.add(
        CodebookVersion(
            study_id=study_id,
            number=number,
            change=change,
            snapshot=snapshot_of(book, ids),
            created_by=user_id,
        )
    )
    session.flush()
    ask_for_learning(session, study_id)
    return number


def _fill(session: Session, code: Code, entry: CodeEntry) -> None:
    code.facet_id = _facet_id(session, code.study_id, entry.facet)
    code.parent_id = _code_id(session, code.study_id, entry.parent) if entry.parent else None
    code.name, code.definition = entry.name, entry.definition
    code.use_when, code.not_when = entry.use_when, entry.not_when
    code.examples, code.counter_examples = list(entry.examples), list(entry.counter_examples)


def _facet_id(session: Session, study_id: int, key: str) -> int:
    return session.scalars(
        select(Facet.id).where(Facet.study_id == study_id, Facet.key == key)
    ).one()


def _code_id(session: Session, study_id: int, key: str) -> int:
    return session.scalars(select(Code.id).where(Code.study_id == study_id, Code.key == key)).one()


def _check_unchanged(
    session: Session, study_id: int, code_id: int, current: CodeEntry, seen_version: int
) -> None:
    seen = code_in(book_at(session, study_id, seen_version)[0].snapshot, code_id)
    if seen is not None and seen != current:
        raise Conflict(
            f"Someone changed “{current.name}” while you were writing.",
            way_out="Open it again beside this page, and bring both together.",
        )
