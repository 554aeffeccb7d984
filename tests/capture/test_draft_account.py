"""Every word of a file that waits, and what becomes of it as it was decided so far."""

from dataclasses import replace

import pytest

from capture.draft.account import account_of
from capture.draft.drafts import reading_of, said_of, say
from capture.draft.look import look
from tests.capture.drafted import OFF, TALK, changed, drafted, where
from transcripts.turns import count_words


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


def account(draft):
    return account_of(reading_of(draft), said_of(draft))


def parts(told):
    return told.said + told.beside + told.kept + told.off_record + told.left_out + told.unaccounted


def test_words_off_the_record_and_labels_have_lines_of_their_own(session):
    draft = drafted(session)
    before = account(draft)
    assert (before.off_record, before.kept, before.left_out) == (0, 5, 0)
    assert before.beside == 7 + 5 * 3  # five labels, and a time of three numbers before each
    say(session, draft, changed(draft, off_record=(where(TALK, OFF),)))
    after = account(draft)
    assert after.off_record == len(OFF.split())
    assert after.said == before.said - len(OFF.split())
    assert parts(after) == parts(before) == after.in_file == count_words(TALK)


def test_the_speakers_add_up_to_what_is_said(session):
    draft = drafted(session)
    say(session, draft, changed(draft, off_record=(where(TALK, OFF),)))
    assert sum(one.words for one in look(session, draft).speakers) == account(draft).said


def test_words_that_brackets_will_stand_for_are_counted(session):
    draft = drafted(session)
    assert account(draft).replaced == 0
    finds = tuple(replace(one, accepted=one.kind == "phone number") for one in said_of(draft).finds)
    say(session, draft, changed(draft, finds=finds))
    assert account(draft).replaced == 2


def test_a_speaker_s_first_words_are_none_that_are_off_the_record(session):
    draft = drafted(session)
    begins = where(TALK, "Deborah Quill rang me herself.")
    say(session, draft, changed(draft, off_record=(begins, where(TALK, OFF))))
    shown = {one.label: one.first_words for one in look(session, draft).speakers}
    assert shown["P2"].startswith("Her number is")
    assert shown["PRACTITIONER TWO"] == ""
