"""The index of words keeps in step with the texts, whatever happens to them."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from capture.corrections.taking_out import places_of, put_off_record, replace_words
from capture.models import (
    Appearance,
    Passage,
    Segment,
    Transcript,
    TranscriptVersion,
    Turn,
    User,
    Vector,
)
from capture.people import describe_speakers
from capture.people_said import SpeakerSaid
from capture.searching.word_index import forget
from capture.store import Store
from capture.transcript_view import standing_version
from tests.agreeing import scope_for_all
from tests.capture.searched import first_words, study_of, words_found

TALK = """Facilitator: What has changed in the schools since the team came to you?

P1: We used to tick the box and go. Now the caseloads are smaller.

P2: They ticked the boxes, and the school rang nobody.

P1: Zoë said it was the time that counts, don't you think so? And it was.
"""


@pytest.fixture
def session(store: Store):
    with store.writing() as session:
        session.add(User(email="jo@example.org", name="Jo"))
        yield session


@pytest.fixture
def study(session: Session) -> int:
    return study_of(session, TALK)


def speaker(session: Session, label: str) -> Appearance:
    return session.scalars(select(Appearance).where(Appearance.label == label)).one()


def test_who_withdraws_is_found_by_nobody_and_again_when_they_think_better_of_it(session, study):
    transcript = session.scalars(select(Transcript)).one()
    who = speaker(session, "P1").id
    describe_speakers(session, study, transcript.id, {who: SpeakerSaid("withdrawn")})
    assert first_words(session, study, "caseload") == set()
    assert first_words(session, study, '"tick the box"') == set()
    assert "We" not in first_words(session, study, "-elephants")
    assert indexed(session, "caseloads") == 0
    describe_speakers(session, study, transcript.id, {who: SpeakerSaid("analysis only")})
    assert first_words(session, study, "caseload") == {"We"}
    scope_for_all(session, study, transcript.id, "withdrawn")
    assert first_words(session, study, "box") == set()


def indexed(session: Session, words: str) -> int:
    """In how many rows of the index words stand, whatever search would say of them."""
    session.flush()
    asked = text("SELECT count(*) FROM segment_words WHERE words LIKE :words")
    return session.execute(asked, {"words": f"%{words}%"}).scalar_one()


def test_a_withdrawal_that_forgets_the_index_is_found_by_nobody_all_the_same(session, study):
    session.execute(update(Appearance).values(scope="withdrawn"))
    assert first_words(session, study, "caseload") == set()


def test_words_put_off_the_record_are_not_in_the_text_and_so_are_not_found(session, study):
    transcript = session.scalars(select(Transcript)).one()
    version = standing_version(session, transcript)
    start = version.text.index("Now the caseloads")
    put_off_record(session, transcript, (start, start + 30), version=1, made_by=1)
    assert first_words(session, study, "caseload") == set()
    assert first_words(session, study, "box") == {"We", "They"}
    assert indexed(session, "caseloads") == 0


def test_a_replaced_name_is_not_found_and_what_stands_for_it_is(session, study):
    transcript = session.scalars(select(Transcript)).one()
    spans = [place.span for place in places_of(session, transcript, "Zoë")]
    replace_words(
        session, transcript, "Zoë", "[colleague 1]", "name", spans=spans, version=1, made_by=1
    )
    assert first_words(session, study, "zoe") == set()
    assert words_found(session, study, '"colleague 1"')[0].startswith("[colleague 1] said")
    assert indexed(session, "zoe") == 0


@pytest.mark.usefixtures("study")
def test_old_versions_are_not_found(session):
    transcript = session.scalars(select(Transcript)).one()
    version = standing_version(session, transcript)
    start = version.text.index("Now the caseloads")
    put_off_record(session, transcript, (start, start + 30), version=1, made_by=1)
    there = select(Passage.id).where(Passage.version_id == version.id)
    stale = session.execute(
        text("SELECT count(*) FROM segment_words WHERE rowid IN (SELECT value FROM json_each(:k))"),
        {"k": str(list(session.scalars(there)))},
    )
    assert stale.scalar_one() == 0


@pytest.mark.usefixtures("study")
def test_each_segment_that_may_be_found_is_indexed_once(session):
    rows = session.execute(text("SELECT rowid FROM segment_words ORDER BY rowid")).scalars().all()
    assert rows == session.scalars(select(Segment.passage_id).order_by(Segment.passage_id)).all()


def test_a_segment_that_gets_another_number_is_found_under_it(session, study):
    one = session.scalars(select(Segment)).first()
    before = words_found(session, study, "school", voices="everyone")
    other = Passage(version_id=1, start=0, end=3, origin="person")
    session.add(other)
    session.flush()
    session.execute(
        update(Segment).where(Segment.passage_id == one.passage_id).values(passage_id=other.id)
    )
    session.execute(update(Passage).where(Passage.id == other.id).values(start=13, end=70))
    assert len(words_found(session, study, "school", voices="everyone")) == len(before)


def test_taken_away_words_are_nowhere_in_the_file_once_the_index_forgets_them(store, settings):
    with store.writing() as session:
        study_of(session, TALK.replace("caseloads", "quagga"), TALK)
    with store.writing() as session:
        leave_nothing_of(session, transcript_id=1)
    assert b"quagga" in everything(store, settings)  # in the index, which only marked it as gone
    with store.writing() as session:
        forget(session)
    assert b"quagga" not in everything(store, settings)
    with store.reading() as session:
        assert first_words(session, 1, "caseload") == {"We"}


def leave_nothing_of(session: Session, transcript_id: int) -> None:
    """What an erasure does to the other tables."""
    version = select(TranscriptVersion.id).where(TranscriptVersion.transcript_id == transcript_id)
    here = select(Passage.id).where(Passage.version_id.in_(version))
    session.execute(delete(Segment).where(Segment.passage_id.in_(here)))
    for row in (Passage, Turn):
        session.execute(delete(row).where(row.version_id.in_(version)))
    for row in (TranscriptVersion, Appearance):
        session.execute(delete(row).where(row.transcript_id == transcript_id))
    session.execute(delete(Transcript).where(Transcript.id == transcript_id))
    session.execute(delete(Vector))


def everything(store: Store, settings) -> bytes:
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return b"".join(file.read_bytes() for file in settings.data.glob("greenshoots.sqlite*"))
