"""What the codebook's pages show, and what its forms say."""

from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.policies import AUTHORS, CODERS, Access
from capture.models import User
from codebook import bookshelf
from codebook.bookshelf import ShelfFacet
from codebook.code_counts import CodeCount, code_counts
from codebook.drafts import same_name
from codebook.entries import CodeEntry

NO_COUNT = CodeCount()
LONGEST_TEXT = 20_000
"""Characters of one field: far beyond what a coder would read, and no strain."""

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class CodeForm(BaseModel):
    """A code as the form sends it; empty examples are left out."""

    name: Text = ""
    facet: Text = ""
    parent: Text = ""
    definition: Text = ""
    use_when: Text = ""
    not_when: Text = ""
    examples: list[Text] = []
    counter_examples: list[Text] = []
    seen_version: Annotated[int, Field(ge=0, le=2**53)] = 0

    def entry(self) -> CodeEntry:
        """The code as a plain value, without a key."""
        return CodeEntry(
            key="",
            name=self.name,
            facet=self.facet,
            definition=self.definition,
            use_when=self.use_when,
            not_when=self.not_when,
            examples=tuple(self.examples),
            counter_examples=tuple(self.counter_examples),
            parent=self.parent or None,
        )


def book_page(session: Session, access: Access, find: str) -> dict[str, Any]:
    """The codebook as it stands, or the codes of it that have certain words."""
    versions = bookshelf.versions(session, access.study.id)
    whole = bookshelf.shelf(session, access.study.id)
    return {
        **common(access),
        "book": bookshelf.load_book(session, access.study.id),
        "shelf": _with_words(whole, find),
        "codes_in_all": sum(len(facet.codes) for facet in whole),
        "counts": code_counts(session, access.study.id),
        "no_count": NO_COUNT,
        "newest": versions[0] if versions else None,
        "by": who_made(session, [version.created_by for version in versions[:1]]),
        "retired": bookshelf.retired_codes(session, access.study.id),
        "find": find,
    }


def form_page(
    session: Session,
    access: Access,
    entry: CodeEntry,
    *,
    code_id: int | None = None,
    seen_version: int | None = None,
) -> dict[str, Any]:
    """The form for a code, new or known, with what was typed so far."""
    version = bookshelf.codebook_version(session, access.study.id)
    return {
        **common(access),
        "entry": entry,
        "code_id": code_id,
        "seen_version": version if seen_version is None else seen_version,
        "shelf": bookshelf.shelf(session, access.study.id),
        "count": code_counts(session, access.study.id).get(code_id or 0, NO_COUNT),
    }


def common(access: Access) -> dict[str, Any]:
    """What every page of the codebook needs to know."""
    return {
        "base": f"/studies/{access.study.id}/codebook",
        "may_curate": access.may(CODERS),
        "may_quote": access.may(AUTHORS),
    }


def who_made(session: Session, user_ids: list[int | None]) -> dict[int, str]:
    """The names of people, by id."""
    rows = session.execute(select(User.id, User.name).where(User.id.in_(filter(None, user_ids))))
    return dict(rows.all())


def _with_words(shelf: tuple[ShelfFacet, ...], find: str) -> tuple[ShelfFacet, ...]:
    words = same_name(find).split()
    if not words:
        return shelf
    found = []
    for facet in shelf:
        codes = tuple(code for code in facet.codes if _has(code.entry, words))
        if codes:
            found.append(
                ShelfFacet(facet.key, facet.name, facet.description, facet.takes_stance, codes)
            )
    return tuple(found)


def _has(entry: CodeEntry, words: list[str]) -> bool:
    texts = (entry.name, entry.definition, entry.use_when, entry.not_when, *entry.examples)
    whole = same_name(" ".join(texts))
    return all(word in whole for word in words)
