"""Words that were taken out before, in a file that corrects the transcript."""

import pytest

from capture.draft.said import DraftSaid, FindSaid
from capture.draft.taken_before import carried_over
from capture.ingest import ingest
from capture.models import Study
from capture.names.register import note_replacements
from capture.transcript_view import find_transcript, standing_version
from transcripts.readers import read
from transcripts.replacing import Stretch, take_out

TALK = "P1: Callum Brandreth came, and Callum stayed. Mrs Brandreth left.\nP2: Yes.\n"
NAMES = ("Callum Brandreth", "Callum", "Brandreth")


@pytest.fixture
def session(store):
    with store.writing() as opened:
        yield opened


@pytest.fixture
def transcript(session):
    """A talk of which three ways of naming one person were taken out."""
    study = Study(name="Walking with families")
    session.add(study)
    session.flush()
    reading = read("talk.txt", TALK.encode())
    at = (TALK.index(NAMES[0]), TALK.index("Callum stayed"), TALK.index("Brandreth left"))
    stretches = [
        Stretch(start, start + len(name), "person", "[person 1]")
        for start, name in zip(at, NAMES, strict=True)
    ]
    replaced = take_out(reading, stretches)
    done = ingest(session, study.id, replaced.reading, key="talk")
    found = find_transcript(session, study.id, done.transcript_id)
    version = standing_version(session, found)
    note_replacements(session, study.id, version.id, replaced.log)
    return found


def words(said: DraftSaid, text: str) -> list[str]:
    return [text[one.start : one.end] for one in said.finds if one.accepted]


def test_a_whole_name_is_one_find_though_its_parts_were_taken_out_too(session, transcript):
    mended = read("talk.txt", TALK.replace("stayed", "stays").encode())
    carried = carried_over(session, transcript.id, mended, DraftSaid("Talk"))
    assert words(carried, mended.text) == list(NAMES)


def test_what_was_decided_of_a_whole_name_is_not_cut_up_by_its_parts(session, transcript):
    mended = read("talk.txt", TALK.replace(NAMES[0], "Ann Callum Ray").encode())
    start = mended.text.index("Ann")
    whole = FindSaid(start, start + len("Ann Callum Ray"), "person", "[person 2]", accepted=True)
    carried = carried_over(session, transcript.id, mended, DraftSaid("Talk", finds=(whole,)))
    assert words(carried, mended.text) == ["Ann Callum Ray", "Callum", "Brandreth"]


def test_a_part_that_was_decided_leaves_nothing_of_the_whole_name_standing(session, transcript):
    mended = read("talk.txt", TALK.encode())
    start = mended.text.index("Callum")
    part = FindSaid(start, start + len("Callum"), "person", "[person 1]", accepted=True)
    carried = carried_over(session, transcript.id, mended, DraftSaid("Talk", finds=(part,)))
    assert words(carried, mended.text) == list(NAMES)
