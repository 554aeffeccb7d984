"""What the pages for taking words out are given."""

from typing import Any

from sqlalchemy.orm import Session

from api.corrections.pages import effect, place_of
from api.policies import Access
from capture.corrections.taking_out import (
    KINDS,
    LONGEST_INSTEAD,
    foresee_taking,
    places_of,
    proposed_instead,
    with_instead,
    without_stretch,
)
from capture.transcript_view import find_transcript, standing_version
from transcripts.differences import changes
from transcripts.off_record import whole_words

CHANGES_SHOWN = 40
CALLED = {
    "person": "a person's name",
    "place": "a place",
    "organisation": "an organisation",
    "name": "some other name",
    "identifier": "a number, an address, something else",
}


def off_record_page(
    session: Session, access: Access, transcript_id: int, span: tuple[int, int]
) -> dict[str, Any]:
    """A stretch that is to go off the record: the text with it and without it."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    standing = standing_version(session, transcript)
    replaced = without_stretch(session, transcript, span, version=standing.number)
    return {
        **place_of(access, transcript),
        "version": standing,
        "span": span,
        "changes": changes(standing.text, replaced.reading.text)[:CHANGES_SHOWN],
        **effect(foresee_taking(session, transcript, replaced), standing),
    }


def replace_page(
    session: Session,
    access: Access,
    transcript_id: int,
    *,
    span: tuple[int, int] | None = None,
    words: str = "",
) -> dict[str, Any]:
    """Words that are to be replaced: every place they stand, and what is proposed instead."""
    transcript = find_transcript(session, access.study.id, transcript_id)
    standing = standing_version(session, transcript)
    if span:
        words = standing.text[slice(*whole_words(standing.text, *span))]
    words = " ".join(words.split())
    places = places_of(session, transcript, words)
    instead = proposed_instead(session, access.study.id, words)
    context: dict[str, Any] = {
        **place_of(access, transcript),
        "version": standing,
        "words": words,
        "places": places,
        "instead": instead,
        "kinds": [(kind, CALLED[kind]) for kind in KINDS],
        "kind": "name",
        "longest": LONGEST_INSTEAD,
        "refused": None,
    }
    if places:
        spans = [place.span for place in places]
        replaced = with_instead(
            session, transcript, words, instead, "name", spans, version=standing.number
        )
        context |= effect(foresee_taking(session, transcript, replaced), standing)
    return context
