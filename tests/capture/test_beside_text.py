"""Names that were replaced in a text leave what is said of it: title, file name, roles, places."""

from dataclasses import replace

import pytest

from capture.corrections.taking_out import places_of, replace_words
from capture.draft.accepting import accept
from capture.draft.drafts import said_of, say
from capture.draft.look import look
from capture.models import Transcript
from capture.names.beside_text import gives_away
from capture.names.register import replacements_of
from capture.transcript_view import standing_version
from tests.capture.drafted import accept_as_is, decided, drafted, study_of
from transcripts.replacing import TakenOut

NAMED = """P1: We used to knock and tick the box every day with {name} and mum.

P2: He is leaving in June, my manager said. Back on.

P1: I see what you mean there, and {loud} said so as well.
"""


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


def talk(name):
    return NAMED.format(name=name, loud=name.upper())


def taken_in(session, file_name, words, **more):
    """A file whose names were all accepted."""
    draft = drafted(session, file_name, words)
    say(session, draft, replace(decided(said_of(draft)), **more))
    return session.get_one(Transcript, accept(session, draft.study_id, draft.id).transcript_id)


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Zubeida Quarcoo", "zubeida quarcoo interview.txt"),
        ("Zoë Ray", "interview Zoe\u0308 Ray.txt"),
        ("Sarah Smith", "SarahSmith_2021.txt"),
        ("Sarah Smith", "sarah.smith.txt"),
    ],
)
def test_a_replaced_name_leaves_the_file_name_however_it_is_written(session, name, file_name):
    transcript = taken_in(session, file_name, talk(name))
    called = f"{transcript.name} {transcript.file_name}".casefold()
    assert [part for part in name.casefold().split() if part in called] == []


def test_a_title_that_was_typed_loses_the_name_whatever_its_capitals(session):
    transcript = taken_in(
        session,
        "i.txt",
        talk("Zubeida Quarcoo"),
        name="interview zubeida quarcoo",
        place="ZUBEIDA QUARCOO'S HOUSE",
    )
    assert "quarcoo" not in f"{transcript.name} {transcript.place}".casefold()


def test_a_corrected_file_takes_a_name_out_of_title_and_file_name_of_the_transcript(session):
    study_id = study_of(session)
    first = drafted(session, "Talk with Sarah Smith.txt", talk("Sarah Smith"), study_id=study_id)
    took = accept_as_is(session, first)
    transcript = session.get_one(Transcript, took.transcript_id)
    assert transcript.name == "Talk with Sarah Smith"
    words = talk("Sarah Smith").replace("every day", "each day")
    draft = drafted(session, "Sarah Smith v2.txt", words, study_id=study_id)
    say(session, draft, replace(said_of(draft), corrects=transcript.id))
    say(session, draft, decided(said_of(draft)))
    accept(session, study_id, draft.id)
    assert "Sarah" not in standing_version(session, transcript).text
    assert "Sarah" not in transcript.name + transcript.file_name
    assert standing_version(session, transcript).hides_earlier


def test_words_replaced_later_go_in_any_case_from_text_and_title(session):
    took = accept_as_is(
        session, drafted(session, "zubeida quarcoo interview.txt", talk("Zubeida Quarcoo"))
    )
    transcript = session.get_one(Transcript, took.transcript_id)
    places = places_of(session, transcript, "Zubeida Quarcoo")
    assert [one.words for one in places] == ["Zubeida Quarcoo", "ZUBEIDA QUARCOO"]
    replace_words(
        session,
        transcript,
        "Zubeida Quarcoo",
        "[person 9]",
        "person",
        spans=[one.span for one in places],
        version=1,
        made_by=None,
    )
    told = standing_version(session, transcript).text + transcript.name + transcript.file_name
    assert "quarcoo" not in told.casefold()
    originals = {one.original for one in replacements_of(session, transcript.id)}
    assert originals == {"Zubeida Quarcoo", "ZUBEIDA QUARCOO"}


def test_an_everyday_word_in_small_letters_is_not_taken_for_the_name(session):
    words = "P1: Will said that he will come, and WILL he?\n"
    took = accept_as_is(session, drafted(session, "What will change.txt", words))
    transcript = session.get_one(Transcript, took.transcript_id)
    assert [one.words for one in places_of(session, transcript, "Will")] == ["Will", "WILL"]


def test_the_preview_tells_of_a_part_of_a_replaced_name_in_title_and_file_name(session):
    draft = drafted(session, "Smith interview.txt", talk("Sarah Smith"))
    assert look(session, draft).gives_away == ()
    say(session, draft, decided(said_of(draft)))
    title, file = look(session, draft).gives_away
    assert "“Smith interview” holds part of a name that is replaced: “Smith”" in title
    assert "Coders see it" in file
    say(session, draft, replace(said_of(draft), name="Interview 3"))
    (file,) = look(session, draft).gives_away
    assert "file’s name" in file


@pytest.mark.parametrize("called", ["InterviewSarahSmith.txt", "smith_2.txt", "SMITH.txt"])
def test_parts_of_names_are_found_in_file_names_however_they_are_joined(called):
    going = [TakenOut(0, 11, "Sarah Smith", "[person 1]", "person")]
    assert gives_away("Interview", called, going)
    assert not gives_away("Smithers", "blacksmith 07.txt", going)
