"""Beginning a study: it starts with the curated codebook, for people to make their own."""

from sqlalchemy.orm import Session

from capture.models import Study
from capture.studies import begin_study
from codebook.book import curated_book
from codebook.curation import codebook_version, install_book


def begin(session: Session, name: str, *, user_id: int | None = None) -> Study:
    """The study of this name; when new, with the curated codebook in it."""
    study = begin_study(session, name)
    if codebook_version(session, study.id) == 0:
        install_book(
            session,
            study.id,
            curated_book(),
            user_id=user_id,
            change="The study began with the curated codebook.",
        )
    return study
