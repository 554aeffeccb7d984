"""Searching by words: what stands in the index, and what can be found in it."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Passage, Segment, TranscriptVersion
from capture.searching.lighting import lit
from capture.searching.question import read_question
from capture.searching.word_index import marked
from capture.settings import Settings
from capture.store import Store, open_store
from tests.capture.searched import first_words, study_of, words_found
from transcripts.manifest import FileEntry, SpeakerEntry

TALK = """Facilitator: What has changed in the schools since the team came to you?

P1: We used to tick the box and go. Now the caseloads are smaller.

P2: They ticked the boxes, and the school rang nobody.

P1: Zoë said it’s well-being that counts, don't you think? 😀 And it was.

P3: مُحَمَّد قال إن المدرسة جيدة جدا في هذه السنة

P4: 我们的学校生活很好，老师也很好。
"""


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, int]]:
    """A store with one study, which tests only look into."""
    store = open_store(Settings(data=tmp_path_factory.mktemp("searched")))
    with store.writing() as session:
        study_id = study_of(session, TALK)
    yield store, study_id
    store.close()


@pytest.fixture
def session(searched) -> Iterator[Session]:
    with searched[0].reading() as session:
        yield session


@pytest.fixture
def study(searched) -> int:
    return searched[1]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("caseload", {"We"}),
        ("CASELOADS", {"We"}),
        ('"caseload"', set()),
        ('"tick the box"', {"We"}),
        ("tick box", {"We", "They"}),
        ("“ticked the boxes”", {"They"}),
        ("school", {"What", "They"}),
        ("school -rang", {"What"}),
        ('school -"the school"', {"What"}),
        ("tick -school", {"We"}),
        ('"the school" -"tick the box"', {"They"}),
        ("zoe", {"Zoë"}),
        ("ZOË", {"Zoë"}),
        ("it's", {"Zoë"}),
        ("don’t", {"Zoë"}),
        ("DON'T", {"Zoë"}),
        ("well-being", {"Zoë"}),
        ("well being", {"Zoë"}),
        ("wellbeing", set()),
        ("😀", {"Zoë"}),
        ("😡", set()),
        ("محمد", {"مُحَمَّد"}),
        ("المدرسة", {"مُحَمَّد"}),
        ('"المدرسة جيدة"', {"مُحَمَّد"}),
        ("学校", {"我们的学校生活很好，老师也很好。"}),
        ("学校生活", {"我们的学校生活很好，老师也很好。"}),
        ('"校生"', {"我们的学校生活很好，老师也很好。"}),
        ('"学生"', set()),
        ("师", {"我们的学校生活很好，老师也很好。"}),
        ("nobody said this", {"They", "Zoë"}),
    ],
)
def test_words_are_found_as_people_type_them(session, study, typed, who):
    assert first_words(session, study, typed) == who


def test_only_words_taken_away_leave_all_else_in_the_order_it_was_said(session, study):
    rest = words_found(session, study, "-school -学校", voices="people")
    assert [words.split()[0] for words in rest] == ["We", "Zoë", "مُحَمَّد"]


def test_half_of_the_words_are_enough_and_any_where_nobody_says_half(session, study):
    assert first_words(session, study, "caseloads smaller elephants") == {"We"}
    assert first_words(session, study, "caseloads giraffes elephants zebras lions") == {"We"}


@pytest.mark.parametrize(
    "typed",
    ["AND", "OR NOT", "*", '"', '""', "NEAR(", "NEAR(box, 3)", "words:", "^box", "box*", "(box",
     "box)", "{box}", "+box", "-", "--", "'", "%_", "\\", "\x00", "a\x00b", "box OR", "box AND NOT",
     "'; DROP TABLE segment_words; --", 'rank:"x"', "u1f600", "\x02box\x03", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"],
)  # fmt: skip
def test_syntax_of_the_index_never_errs(session, study, typed):
    words_found(session, study, typed)
    words_found(session, study, f'"{typed}" -{typed}')
    assert first_words(session, study, "caseload") == {"We"}


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(st.text(max_size=30))
def test_whatever_is_typed_is_looked_for(session, study, typed):
    for hit in words_found(session, study, typed, voices="everyone"):
        assert hit in TALK


def test_facilitators_are_found_when_asked_for(session, study):
    assert first_words(session, study, "school", voices="people") == {"They"}
    assert first_words(session, study, "school", voices="facilitators") == {"What"}


def test_what_is_found_can_be_narrowed(session):
    entry = FileEntry(
        kind="interview",
        wave=2,
        place="Brookvale",
        speakers={
            "P1": SpeakerEntry(role="Social worker"),
            "P2": SpeakerEntry(role="Nurse", place="Harrowmere"),
        },
    )
    study = study_of(session, "P1: The school rang.\n\nP2: The school wrote.\n", entry=entry)
    assert first_words(session, study, "school", role="Nurse") == {"The"}
    both = ["The school rang.", "The school wrote."]
    for wanted, left in (
        ({"role": "Nurse"}, both[1:]),
        ({"role": "Teacher"}, []),
        ({"place": "Harrowmere"}, both[1:]),
        ({"place": "Brookvale"}, both[:1]),
        ({"wave": 2}, both),
        ({"wave": 1}, []),
        ({"kind": "interview"}, both),
        ({"kind": "survey"}, []),
        ({"kind": "interview", "place": "Brookvale", "role": "Social worker"}, both[:1]),
    ):
        assert sorted(words_found(session, study, "school", **wanted)) == left, wanted


@pytest.mark.usefixtures("study")
def test_nothing_is_found_in_another_study(session):
    other = study_of(session, "P1: Nothing of the kind was said here.\n")
    assert first_words(session, other, "caseload") == set()
    assert first_words(session, other, "-caseload") == {"Nothing"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("caseload", ["caseloads"]),
        ('"tick the box"', ["tick the box"]),
        ('tick "the box"', ["tick", "the box"]),
        ("box going used", ["used", "box", "go"]),
        ("zoe isn't wellbeing well-being", ["Zoë", "well-being"]),
        ("😀", ["😀"]),
        ("学校生", ["学校生"]),
        ("محمد", ["مُحَمَّد"]),
        ("elephants", []),
    ],
)
def test_the_words_asked_for_are_lit_where_they_were_said(session, typed, shown):
    asked = read_question(typed)
    terms = [*asked.words, *asked.phrases]
    said = segments(session)
    found = marked(session, terms, list(said))
    lights = {key: lit(words, found.get(key, ""), terms) for key, words in said.items()}
    if typed == '"tick the box"':
        assert [key for key, spans in lights.items() if spans] == [min(said) + 1]
    assert all(one[1] < two[0] for spans in lights.values() for one, two in pairwise(spans))
    words = [said[key][start:end] for key, spans in lights.items() for start, end in spans]
    assert words[: len(shown)] == shown


def segments(session: Session) -> dict[int, str]:
    rows = session.execute(
        select(Passage.id, TranscriptVersion.text, Passage.start, Passage.end)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Segment, Segment.passage_id == Passage.id)
        .order_by(Passage.id)
    )
    return {key: words[start:end] for key, words, start, end in rows}
