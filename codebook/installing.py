"""Putting a whole book in place row by row, so that codes which go on keep their identity."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Code, Facet
from codebook.book_changes import matches
from codebook.entries import Book, CodeEntry
from codebook.entries import Facet as FacetEntry

PUT_AWAY = -1
"""Position of a facet that only retired codes stand in: kept for them, not shown."""


def put_in_place(session: Session, study_id: int, book: Book) -> None:
    """Make the rows say what the book says; codes it doesn't have are retired, none deleted."""
    facet_ids = _facets(session, study_id, book.facets)
    rows = list(
        session.scalars(
            select(Code).where(Code.study_id == study_id).order_by(Code.retired, Code.id)
        )
    )
    pairs = matches([(r.key, r.name) for r in rows], [(c.key, c.name) for c in book.codes])
    for at, row in enumerate(rows):
        row.retired = at not in pairs
    by_key: dict[str, Code] = {}
    for position, (index, entry) in enumerate(zip(pairs, book.codes, strict=True)):
        row = rows[index] if index is not None else _begun(session, study_id, entry, facet_ids)
        _fill(row, entry, facet_ids[entry.facet], position)
        by_key[entry.key] = row
    session.flush()
    for entry in book.codes:
        by_key[entry.key].parent_id = by_key[entry.parent].id if entry.parent else None
    session.flush()


def _facets(session: Session, study_id: int, facets: tuple[FacetEntry, ...]) -> dict[str, int]:
    rows = list(session.scalars(select(Facet).where(Facet.study_id == study_id).order_by(Facet.id)))
    pairs = matches([(r.key, r.name) for r in rows], [(f.key, f.name) for f in facets])
    for at, row in enumerate(rows):
        if at not in pairs:
            row.position = PUT_AWAY
    ids = {}
    for position, (index, facet) in enumerate(zip(pairs, facets, strict=True)):
        row = (
            rows[index]
            if index is not None
            else Facet(study_id=study_id, key=facet.key, name=facet.name, position=position)
        )
        row.key, row.name, row.description = facet.key, facet.name, facet.description
        row.takes_stance, row.position = facet.takes_stance, position
        session.add(row)
        session.flush()
        ids[facet.key] = row.id
    return ids


def _begun(session: Session, study_id: int, entry: CodeEntry, facet_ids: dict[str, int]) -> Code:
    row = Code(
        study_id=study_id,
        facet_id=facet_ids[entry.facet],
        key=entry.key,
        name=entry.name,
        definition=entry.definition,
        position=0,
    )
    session.add(row)
    return row


def _fill(row: Code, entry: CodeEntry, facet_id: int, position: int) -> None:
    row.key, row.name, row.definition = entry.key, entry.name, entry.definition
    row.use_when, row.not_when = entry.use_when, entry.not_when
    row.examples, row.counter_examples = list(entry.examples), list(entry.counter_examples)
    row.facet_id, row.position = facet_id, position
