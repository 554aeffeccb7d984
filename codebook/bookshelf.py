"""A study's codebook as it stands, and as it stood: reading only."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from capture.errors import NotFound
from capture.models import Code, CodebookVersion, Facet
from codebook.entries import Book, CodeEntry
from codebook.entries import Facet as FacetEntry
from codebook.installing import PUT_AWAY
from codebook.snapshots import book_of


@dataclass(frozen=True, slots=True)
class ShelfCode:
    """A code with its row's id and how deep it stands under others (0: at the top)."""

    id: int
    depth: int
    name: str
    entry: CodeEntry

    @property
    def definition(self) -> str:
        """What the code covers."""
        return self.entry.definition


@dataclass(frozen=True, slots=True)
class ShelfFacet:
    """A facet with the codes in use that stand in it, each followed by those under it."""

    key: str
    name: str
    description: str
    takes_stance: bool
    codes: tuple[ShelfCode, ...]


def codebook_version(session: Session, study_id: int) -> int:
    """The number of the codebook's newest version; 0 when the study has none."""
    newest = select(func.max(CodebookVersion.number)).where(CodebookVersion.study_id == study_id)
    return session.scalar(newest) or 0


def load_book(session: Session, study_id: int) -> Book:
    """The codebook as it stands: facets in use and codes not retired, in reading order."""
    facets = session.scalars(
        select(Facet)
        .where(Facet.study_id == study_id, Facet.position != PUT_AWAY)
        .order_by(Facet.position, Facet.id)
    ).all()
    codes = live_codes(session, study_id)
    facet_keys = {facet.id: facet.key for facet in facets}
    code_keys = {code.id: code.key for code in codes}
    return Book(
        name=_book_name(session, study_id),
        facets=tuple(FacetEntry(f.key, f.name, f.description, f.takes_stance) for f in facets),
        codes=tuple(
            entry_of(code, facet_keys[code.facet_id], code_keys.get(code.parent_id or 0))
            for code in codes
        ),
    )


def shelf(session: Session, study_id: int) -> tuple[ShelfFacet, ...]:
    """Facets with their codes in reading order, nested, for lists and for choosing from."""
    book = load_book(session, study_id)
    return shelf_of(book, {code.key: code.id for code in live_codes(session, study_id)})


def shelf_of(book: Book, ids: dict[str, int]) -> tuple[ShelfFacet, ...]:
    """A book laid out as a shelf; `ids` has the row of each code's key, 0 where there is none."""
    under: defaultdict[tuple[str, str | None], list[CodeEntry]] = defaultdict(list)
    for code in book.codes:
        under[code.facet, code.parent].append(code)

    def walk(facet: str, parent: str | None, depth: int) -> list[ShelfCode]:
        found = []
        for code in under[facet, parent]:
            found.append(ShelfCode(ids.get(code.key, 0), depth, code.name, code))
            found += walk(facet, code.key, depth + 1)
        return found

    return tuple(
        ShelfFacet(f.key, f.name, f.description, f.takes_stance, tuple(walk(f.key, None, 0)))
        for f in book.facets
    )


def entry_of(code: Code, facet: str, parent: str | None) -> CodeEntry:
    """A row as the plain value the pure parts work with."""
    return CodeEntry(
        key=code.key,
        name=code.name,
        facet=facet,
        definition=code.definition,
        use_when=code.use_when,
        not_when=code.not_when,
        examples=tuple(code.examples),
        counter_examples=tuple(code.counter_examples),
        parent=parent,
    )


def find_code(session: Session, study_id: int, code_id: int) -> tuple[Code, CodeEntry]:
    """A code in use, as row and as plain value; NotFound when it is another study's or retired."""
    code = session.get(Code, code_id)
    if code is None or code.study_id != study_id or code.retired:
        raise NotFound(
            "There is no such code in this study's codebook.", way_out="Go back to the codebook."
        )
    facet = session.get_one(Facet, code.facet_id)
    parent = session.get(Code, code.parent_id) if code.parent_id else None
    return code, entry_of(code, facet.key, parent.key if parent and not parent.retired else None)


def live_codes(session: Session, study_id: int) -> list[Code]:
    """The rows of the codes in use, in reading order."""
    return list(
        session.scalars(
            select(Code)
            .join(Facet, Facet.id == Code.facet_id)
            .where(Code.study_id == study_id, Code.retired.is_(False))
            .order_by(Facet.position, Code.position, Code.id)
        )
    )


def retired_codes(session: Session, study_id: int) -> list[Code]:
    """Codes taken out of use, by name."""
    return list(
        session.scalars(
            select(Code)
            .where(Code.study_id == study_id, Code.retired.is_(True))
            .order_by(Code.name, Code.id)
        )
    )


def versions(session: Session, study_id: int) -> list[CodebookVersion]:
    """The codebook's versions, newest first; their snapshots are fetched only when asked for."""
    return list(
        session.scalars(
            select(CodebookVersion)
            .options(defer(CodebookVersion.snapshot))
            .where(CodebookVersion.study_id == study_id)
            .order_by(CodebookVersion.number.desc())
        )
    )


def book_at(session: Session, study_id: int, number: int) -> tuple[CodebookVersion, Book]:
    """The codebook as it stood at a version; NotFound when there is no such version."""
    row = session.scalar(
        select(CodebookVersion).where(
            CodebookVersion.study_id == study_id, CodebookVersion.number == number
        )
    )
    if row is None:
        raise NotFound(
            "The codebook has no version of that number.", way_out="Go back to the codebook."
        )
    return row, book_of(row.snapshot)


def _book_name(session: Session, study_id: int) -> str:
    newest = session.scalar(
        select(CodebookVersion.snapshot)
        .where(CodebookVersion.study_id == study_id)
        .order_by(CodebookVersion.number.desc())
        .limit(1)
    )
    return str((newest or {}).get("name", ""))
