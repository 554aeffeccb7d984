"""Words taken out of a text that stands: gone from it, and from all that is said of it."""

from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.taking_out import (
    places_of,
    proposed_instead,
    put_off_record,
    replace_words,
)
from capture.errors import Conflict, Unfit
from capture.models import (
    Appearance,
    AttributeValue,
    CandidateAction,
    CandidateMember,
    CandidateTheme,
    RegisterEntry,
    Replacement,
    Turn,
)
from capture.store import Store
from capture.studies import attribute_id
from tests.coded_talk import Talk

TALK = """Mary Okafor: I rang Hill School, and Hill School rang back on the Monday.

Tom: Mary Okafor told me so. Don't write this down: they were all afraid of him.

Mary Okafor: That is how it was, and we said so to everyone who asked us.
"""


@pytest.fixture
def session(store: Store):
    with store.writing() as session:
        yield session


@pytest.fixture
def talk(session: Session) -> Talk:
    return Talk(session, TALK)


def put_off(talk: Talk, words: str, **more: int):
    start = talk.version.text.index(words)
    given = {"version": talk.version.number, "made_by": talk.researcher, **more}
    return put_off_record(talk.session, talk.transcript, (start, start + len(words)), **given)


def replace(talk: Talk, words: str, instead: str, kind: str = "organisation", **more: int):
    spans = [one.span for one in places_of(talk.session, talk.transcript, words)]
    given = {"spans": spans, "version": talk.version.number, "made_by": talk.researcher, **more}
    return replace_words(talk.session, talk.transcript, words, instead, kind, **given)


def log(talk: Talk) -> list[tuple[str, str, int | None]]:
    rows = talk.session.scalars(
        select(Replacement)
        .where(Replacement.version_id == talk.version.id)
        .order_by(Replacement.start)
    )
    return [(one.original, one.instead, one.made_by) for one in rows]


def test_a_stretch_goes_off_the_record_in_whole_words_and_is_logged(talk):
    done = put_off(talk, "write this down: they were all afrai")
    assert "Don't [off the record] of him." in done.version.text
    assert (done.version.why, done.version.hides_earlier) == ("put off the record", True)
    assert log(talk) == [
        ("write this down: they were all afraid", "[off the record]", talk.researcher)
    ]


def test_across_two_turns_the_label_between_stays(talk):
    put_off(talk, "of him.\n\nMary Okafor: That is how")
    assert "afraid [off the record]\n\nMary Okafor: [off the record] it was" in talk.version.text
    rows = talk.session.scalars(select(Turn).where(Turn.version_id == talk.version.id))
    ends = [(turn.start, turn.end) for turn in rows]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))


def test_a_name_goes_wherever_it_is_said_and_into_the_register(talk):
    places = places_of(talk.session, talk.transcript, "Hill School")
    assert [place.before[-7:] for place in places] == ["I rang ", "l, and "]
    coded = talk.mark("I rang Hill School")
    replace(talk, "Hill School", "School A")
    assert "Hill" not in talk.version.text
    assert talk.words(coded) == "I rang [School A]"
    assert log(talk) == [("Hill School", "[School A]", talk.researcher)] * 2
    entry = talk.session.scalars(select(RegisterEntry)).one()
    assert (entry.name, entry.stands_as, entry.kind) == (
        "Hill School",
        "[School A]",
        "organisation",
    )
    assert proposed_instead(talk.session, talk.built.study_id, "Hill School") == "[School A]"


def test_a_speakers_name_goes_from_labels_title_and_what_is_said_of_people(talk):
    talk.transcript.name, talk.transcript.file_name = "Mary Okafor, May", "mary_okafor.txt"
    speaker = talk.session.scalars(
        select(Appearance).where(Appearance.label == "Mary Okafor")
    ).one()
    speaker.role = "manager (Mary Okafor)"
    talk.session.add(
        AttributeValue(
            attribute_id=attribute_id(talk.session, talk.built.study_id, "met by"),
            transcript_id=talk.transcript.id,
            value="Mary Okafor",
        )
    )
    talk.session.flush()
    replace(talk, "Mary Okafor", "[P1]", "person")
    talk.session.refresh(speaker)
    assert (speaker.label, speaker.also_called, speaker.role) == ("[P1]", [], "manager ([P1])")
    assert "Okafor" not in talk.version.text
    assert talk.transcript.name == "[P1], May"
    assert talk.transcript.file_name == "P1.txt"
    values = select(AttributeValue.value).where(AttributeValue.transcript_id == talk.transcript.id)
    assert talk.session.scalars(values).all() == ["[P1]"]
    spoken = talk.session.scalars(select(Turn).where(Turn.version_id == talk.version.id))
    assert {turn.appearance_id for turn in spoken} >= {speaker.id}


def test_only_the_places_that_are_ticked_are_replaced(talk):
    first = places_of(talk.session, talk.transcript, "Hill School")[0]
    replace_words(
        talk.session, talk.transcript, "Hill School", "[School A]", "organisation",
        spans=[first.span], version=1, made_by=talk.researcher,
    )  # fmt: skip
    assert talk.version.text.count("Hill School") == 1


def test_what_a_candidate_theme_is_called_forgets_words_that_went(talk):
    segment = talk.segment("I rang Hill School")
    theme = talk.session.get_one(CandidateTheme, talk.built.candidate_ids[0])
    theme.label, theme.keyphrases = "hill school · rang back", ["hill school", "rang back"]
    for one in talk.session.scalars(select(CandidateMember)):
        talk.session.delete(one)
    talk.session.flush()
    other = talk.segment("Mary Okafor told me")
    for passage in (segment, other):
        talk.session.add(CandidateMember(candidate_id=theme.id, passage_id=passage.id, strength=1))
    talk.session.flush()
    replace(talk, "Hill School", "School A")
    assert (theme.keyphrases, theme.label) == (["rang back"], "rang back")
    put_off(talk, "[School A] rang back on the Monday")
    assert (theme.keyphrases, theme.label) == ([], "its words were taken out")


@pytest.mark.parametrize("name", ["hill school · rang back", "Schools that ring back"])
def test_a_name_that_is_a_copy_of_the_label_forgets_words_that_went(talk, name):
    theme, other = (talk.session.get_one(CandidateTheme, i) for i in talk.built.candidate_ids)
    theme.label, theme.keyphrases = "hill school · rang back", ["hill school", "rang back"]
    theme.name = name
    for one in talk.session.scalars(select(CandidateMember)):
        talk.session.delete(one)
    passage = talk.segment("I rang Hill School")
    talk.session.add(CandidateMember(candidate_id=theme.id, passage_id=passage.id, strength=1))
    who = talk.researcher
    split, merge = (
        CandidateAction(candidate_id=one.id, user_id=who, action=action, before=before)
        for one, action, before in (
            (theme, "split", {"name": theme.label, "made": 9}),
            (other, "merge", {"name": "A", "into": theme.id, "target": {"name": theme.label}}),
        )
    )
    talk.session.add_all([split, merge])
    talk.session.flush()
    replace(talk, "Hill School", "School A")
    assert theme.name == (name if name.startswith("Schools") else None)
    assert split.before == {"name": None, "made": 9}
    assert merge.before == {"name": "A", "into": theme.id, "target": {"name": None}}


@pytest.mark.parametrize(
    ("instead", "kind"), [("", "person"), ("[]", "person"), ("x" * 90, "person"), ("A", "cat")]
)
def test_what_can_not_stand_instead_is_refused(talk, instead, kind):
    with pytest.raises(Unfit):
        replace(talk, "Hill School", instead, kind)
    assert talk.transcript.version == 1


def test_a_stale_page_takes_nothing_out(talk):
    talk.correct("rang back", "phoned back")
    with pytest.raises(Conflict, match="version 2"):
        put_off(talk, "they were all afraid", version=1)
    with pytest.raises(Conflict, match="don't stand there"):
        replace_words(
            talk.session, talk.transcript, "Hill School", "[School A]", "organisation",
            spans=[(0, 11)], version=2, made_by=talk.researcher,
        )  # fmt: skip
    with pytest.raises(Unfit):
        places_of(talk.session, talk.transcript, "x" * 300)
    talk.correct("phoned back", "phoned " + "and " * 500 + "back")
    with pytest.raises(Unfit, match="too many to be a name"):
        places_of(talk.session, talk.transcript, "and")
