"""Searching by meaning: what is near without the words, and passages that are like another."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.taking_out import put_off_record
from capture.errors import Conflict, NotFound
from capture.models import Appearance, Passage, Transcript, TranscriptVersion
from capture.people import describe_speakers
from capture.people_said import SpeakerSaid
from capture.searching.like import like, pattern
from capture.searching.memory import Memory
from capture.searching.places import places
from capture.searching.question import read_question
from capture.searching.search import FEW, MOST_NEAR, Hits, Wanted, search
from capture.store import Store
from capture.study_segments import study_segments
from capture.transcript_view import standing_version
from tests.capture.searched import Made, embed, meant, said, study_of

TALK = """Facilitator: How were the puppies when you came to see them this morning?

P1: The kittens slept all day, and nobody minded that they did so at all.

P2: Our puppies barked all night, and then the neighbours came round to us.

P3: The tram was late again, so I walked along the river on my own.

P2: Mm.

P4: I said that the puppies and the kittens ate from one bowl, all of them.
"""
ANIMALS = {"kittens": (1, 0, 0), "puppies": (0.9, 0.4, 0), "pets": (0.95, 0.2, 0)}


@pytest.fixture
def embedder() -> Made:
    return Made(ANIMALS)


@pytest.fixture
def session(store: Store):
    with store.writing() as session:
        yield session


@pytest.fixture
def study(session: Session, embedder: Made) -> int:
    study = study_of(session, TALK)
    embed(session, embedder)
    return study


def near(session: Session, study: int, typed: str, embedder: Made, **wanted: object) -> Hits:
    asked = read_question(typed)
    return search(session, Memory(), study, asked, Wanted(**wanted), meant(embedder, asked.meaning))


def who(session: Session, hits: Hits) -> list[str]:
    return [" ".join(words.split()[:2]) for words in said(session, hits)]


def segment(session: Session, words: str) -> int:
    rows = session.scalars(select(Passage).order_by(Passage.id))
    [found] = [row.id for row in rows if said_by(session, row).startswith(words)]
    return found


def said_by(session: Session, passage: Passage) -> str:
    return session.get_one(TranscriptVersion, passage.version_id).text[passage.start : passage.end]


def test_what_is_near_in_meaning_is_found_without_the_words(session, study, embedder):
    hits = near(session, study, "pets", embedder)
    assert set(who(session, hits)) == {"The kittens", "Our puppies", "I said"}
    assert {(hit.by_words, hit.by_meaning) for hit in hits.found} == {(False, True)}
    assert near(session, study, "pets", embedder, voices="facilitators").found


def test_words_and_meaning_come_together_and_each_says_how_it_was_found(session, study, embedder):
    hits = near(session, study, "kittens", embedder)
    how = {
        words: (hit.by_words, hit.by_meaning)
        for words, hit in zip(who(session, hits), hits.found, strict=True)
    }
    assert how["The kittens"] == how["I said"] == (True, True)
    assert how["Our puppies"] == (False, True)
    assert who(session, hits)[-1] == "Our puppies"
    assert hits.by_words == 2


def test_what_is_only_exact_brings_nothing_by_meaning(session, study, embedder):
    exact = near(session, study, '"kittens"', embedder)
    assert set(who(session, exact)) == {"The kittens", "I said"}
    hits = near(session, study, 'pets "one bowl" -slept', embedder)
    assert who(session, hits) == ["I said"]


def at_cosines(session, made: Made, cosines: list[float]) -> int:
    """A study of segments that are so near to what is asked as "zebras"."""
    talk = "".join(
        f"P{n}: They saw lot {n}. of that day, all of it.\n\n" for n in range(len(cosines))
    )
    for n, cosine in enumerate(cosines):
        made.about[f"lot {n}."] = (cosine, (1 - cosine**2) ** 0.5, 0)
    study = study_of(session, talk)
    embed(session, made)
    made.about["zebras"] = (1, 0, 0)
    return study


@pytest.mark.parametrize(
    ("cosines", "found"),
    [
        ([0.34 - 0.01 * n for n in range(FEW + 3)], FEW),  # somewhat near: the nearest
        ([0.6, 0.5, 0.3, 0.2], 3),  # two near, one somewhat, one not
        ([0.5 - 0.01 * n for n in range(FEW + 2)] + [0.3], FEW + 2),  # enough are near
        ([0.2, 0.1], 0),
    ],
)
def test_where_few_are_near_the_nearest_of_what_is_somewhat_near_counts(session, cosines, found):
    made = Made({})
    study = at_cosines(session, made, cosines)
    sentence = "zebras graze beside waterholes"
    assert len(near(session, study, sentence, made).found) == found
    words = near(session, study, "zebras", made).found
    assert len(words) == sum(cosine >= 0.35 for cosine in cosines)


def test_the_rarer_words_of_a_sentence_say_what_is_found(session):
    common = "".join(f"P{n}: One more without any of it, they said, away.\n\n" for n in range(20))
    study = study_of(session, common + "P8: Her grandmother kept the allotment going.\n")
    sentence = read_question("one grandmother without allotment away")
    hits = search(session, Memory(), study, sentence)
    assert who(session, hits) == ["Her grandmother"]
    listed = search(session, Memory(), study, read_question("grandmother away"))
    assert len(listed.found) == 21
    unsaid = search(session, Memory(), study, read_question("zeppelin one without away xylophone"))
    assert len(unsaid.found) == 20
    assert unsaid.unsaid == ("zeppelin", "xylophone")


def test_nobody_who_withdrew_is_near(session, study, embedder):
    transcript = session.scalars(select(Transcript)).one()
    p1 = session.scalars(select(Appearance).where(Appearance.label == "P1")).one().id
    memory = Memory()
    asked = read_question("pets")
    before = search(session, memory, study, asked, None, meant(embedder, "pets"))
    describe_speakers(session, study, transcript.id, {p1: SpeakerSaid("withdrawn")})
    after = search(session, memory, study, asked, None, meant(embedder, "pets"))
    assert "The kittens" in who(session, before)
    assert "The kittens" not in who(session, after)
    with pytest.raises(NotFound, match="withdrawn"):
        pattern(session, study, segment(session, "The kittens"))


def test_a_segment_without_a_vector_is_found_by_its_words_and_counted(session, embedder):
    study = study_of(session, TALK)
    hits = near(session, study, "kittens", embedder)
    assert (set(who(session, hits)), hits.unread) == ({"The kittens", "I said"}, 6)
    embed(session, embedder)
    assert near(session, study, "kittens", embedder).unread == 0


def test_vectors_of_another_model_are_not_compared(session, study):
    other = Made(ANIMALS)
    other.model = "another"
    hits = near(session, study, "pets", other)
    assert (hits.found, hits.unread) == ((), 6)


def test_only_the_nearest_come_by_meaning_alone(session):
    talk = "".join(f"P{n}: They saw kittens there, number {n}.\n\n" for n in range(MOST_NEAR + 20))
    study, made = study_of(session, talk), Made(ANIMALS)
    embed(session, made)
    assert len(near(session, study, "pets", made).found) >= MOST_NEAR
    made.about["number 7."] = (0.95, 0.2, 0)
    assert len(near(session, study, "elephants", made).found) == 0


def test_memory_follows_the_texts_and_lets_go_of_what_was_asked_for_longest_ago(session):
    first, second = study_of(session, TALK), study_of(session, TALK + "\nP5: More.\n")
    memory = Memory(most=8)
    held = memory.of(session, first, None)
    assert memory.of(session, first, None) is held
    memory.of(session, second, None)
    assert memory.of(session, first, None) is not held
    transcript = session.scalars(select(Transcript).where(Transcript.study_id == first)).one()
    start = standing_version(session, transcript).text.index("The tram")
    put_off_record(session, transcript, (start, start + 20), version=1, made_by=None)
    after = memory.of(session, first, None)
    assert after.passages.tolist() != held.passages.tolist()
    assert after.passages.tolist() == current(session, first)


def test_what_is_held_stays_while_other_studies_are_read(session, study, embedder):
    memory, source = Memory(), (embedder.model, embedder.precision)
    held = memory.of(session, study, source)
    assert held.read.all()
    assert memory.of(session, study, None) is held
    other = study_of(session, "P1: Something else altogether was said here.\n")
    half = memory.of(session, other, source)
    assert not half.read.any()
    embed(session, embedder)
    assert memory.of(session, study, source) is held
    assert memory.of(session, other, source).read.all()


def current(session: Session, study_id: int) -> list[int]:
    return [one.passage_id for one in study_segments(session, study_id)]


def test_passages_like_another_are_found_by_words_and_meaning(session, study):
    one = pattern(session, study, segment(session, "The kittens"))
    hits = like(session, Memory(), study, one).hits
    assert who(session, hits) == ["I said", "Our puppies"]
    assert all(hit.by_meaning for hit in hits.found)


def test_like_a_passage_that_people_marked(session, study):
    own = session.get_one(Passage, segment(session, "The kittens"))
    marked = Passage(version_id=own.version_id, start=own.start, end=own.end + 40, origin="person")
    session.add(marked)
    session.flush()
    one = pattern(session, study, marked.id)
    assert len(one.segments) == 2
    assert who(session, like(session, Memory(), study, one).hits) == ["I said"]


def test_like_works_by_words_alone_before_an_analysis(session):
    again = TALK + "\nP5: The kittens slept all day, and nobody minded.\n"
    study = study_of(session, again)
    one = pattern(
        session, study, segment(session, "The kittens slept all day, and nobody minded that")
    )
    hits = like(session, Memory(), study, one).hits
    assert [(hit.by_words, hit.by_meaning) for hit in hits.found] == [(True, False)]


def test_like_refuses_what_is_elsewhere_or_was_corrected_since(session, study):
    other = study_of(session, "P1: Something else altogether was said here.\n")
    one = segment(session, "The tram")
    with pytest.raises(NotFound):
        pattern(session, other, one)
    transcript = session.scalars(select(Transcript)).first()
    start = standing_version(session, transcript).text.index("The tram was late")
    put_off_record(session, transcript, (start, start + 20), version=1, made_by=None)
    with pytest.raises(Conflict):
        pattern(session, study, one)


def test_neighbours_in_a_turn_stand_together_as_one_place(session):
    long = " ".join(
        f"We saw kittens by the gate on day {n}, and we stayed for a while." for n in range(40)
    )
    study = study_of(session, f"P1: {long}\n\nP2: The kittens were there.\n", f"P3: {TALK[120:]}")
    hits = search(session, Memory(), study, read_question("kittens"))
    found = places(hits.found)
    assert len(found) < len(hits.found)
    assert all(len({hit.turn_id for hit in one.hits}) == 1 for one in found)
    assert max(len(one.hits) for one in found) == 3
    assert sorted(hit.passage_id for one in found for hit in one.hits) == sorted(
        hit.passage_id for hit in hits.found
    )
    by_transcript = places(hits.found, by_transcript=True)
    order = [one.nearest.transcript_id for one in by_transcript]
    assert order == sorted(order, key=order.index)
    assert order[0] == hits.found[0].transcript_id
    positions = [
        one.hits[0].position for one in by_transcript if one.nearest.transcript_id == order[0]
    ]
    assert positions == sorted(positions)
