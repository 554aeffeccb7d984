"""The page of a file that corrects a transcript: what accepting will do, and what it does."""

from dataclasses import replace

import pytest

from capture.corrections.correcting import correct
from capture.draft.drafts import add_draft, find_draft, said_of, say
from capture.models import Transcript
from capture.settings import Settings
from capture.transcript_view import standing_version
from tests.api.conftest import make_service
from tests.api.test_drafts import Waiting
from tests.capture.drafted import accept_as_is
from transcripts.readers import read

TALK = """Facilitator: What has changed since the spring, if anything, for you and for the families?

P1: We used to knock, tick the box and go. Now I get a hole hour at the kitchen table.

P2: Nobody told me why it stopped, and I did not ask them either.
"""
BETTER = TALK.replace("hole hour", "whole hour")


class Correction(Waiting):
    """A corrected file that waits, and the transcript it was said to correct."""

    def __init__(self, service):
        super().__init__(service, "talk v2.txt", BETTER.encode())
        with service.store.writing() as session:
            data = TALK.encode()
            first = add_draft(
                session, self.built.study_id, "talk.txt", data, read("talk.txt", data)
            ).draft
            self.transcript_id = accept_as_is(session, first).transcript_id
            draft = find_draft(session, self.built.study_id, self.id)
            said = replace(said_of(draft), corrects=self.transcript_id, leave_rest=True)
            say(session, draft, said)

    def text_now(self):
        """The transcript's text, and the number of its version."""
        with self.service.store.reading() as session:
            version = standing_version(session, session.get_one(Transcript, self.transcript_id))
            return version.text, version.number

    def goes_on(self):
        """A colleague corrects the transcript meanwhile."""
        words = TALK.replace("did not ask", "never asked").encode()
        with self.service.store.writing() as session:
            transcript = session.get_one(Transcript, self.transcript_id)
            correct(session, transcript, read("talk.txt", words), made_by=None)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    yield from make_service(Settings(data=tmp_path_factory.mktemp("corrections")))


@pytest.fixture
def waiting(service):
    return Correction(service)


@pytest.mark.parametrize("fragment", [False, True])
def test_a_text_that_went_on_is_not_overwritten_before_someone_saw_that_it_did(waiting, fragment):
    page = waiting.page()
    waiting.goes_on()
    refused = waiting.say("accept", page=page, fragment=fragment, stands="1")
    assert refused.status_code == 409
    assert "version 2 of its text stands now" in refused.text
    assert "never asked" in waiting.text_now()[0]
    assert waiting.say("accept", page=page, stands="1").status_code == 303
    assert waiting.text_now() == (BETTER, 3)


def test_who_opens_the_page_later_sees_that_the_text_went_on_and_may_accept(waiting):
    waiting.goes_on()
    page = waiting.page()
    assert "version 2 of its text stands now" in page
    assert 'name="stands" value="2"' in page
    answer = waiting.accept(page=page, stands="2")
    assert answer.status_code == 303
    assert waiting.text_now()[1] == 3


def test_the_list_of_what_waits_says_that_a_text_went_on(waiting):
    waiting.goes_on()
    page = waiting.browser.get(f"/studies/{waiting.built.study_id}/upload").text
    assert "its text was changed since" in page


def test_the_form_of_a_correction_shows_what_the_transcript_is_and_says_what_it_changes(waiting):
    page = waiting.page()
    assert "changes the text of “Talk”, and nothing that is said of it" in page
    assert "As it was agreed" in page
    answer = waiting.say(page=page, fragment=True, place="Harrow Lane", **{"scope-2": "withdrawn"})
    for told in (answer.text, waiting.page()):
        assert "accepting changes in “Talk”" in told
        assert "of Talk · 2 changes besides the text" in told
        assert "Place: nothing becomes “Harrow Lane”." in told
        assert "P2, may be shared: “analysis only” becomes “withdrawn”." in told
    answer = waiting.say(fragment=True, **{"scope-2": "quote with role"})
    assert "P2 stays “analysis only”" in answer.text
    waiting.say(scope="withdrawn")
    assert "P1, may be shared: “analysis only” becomes “withdrawn”." in waiting.page()
    waiting.say(scope="", place="")
    assert "nothing that is said of it" in waiting.page()
    assert waiting.said.everyone.scope is None


def test_what_was_said_of_a_correction_is_told_once_it_is_taken_in(waiting):
    waiting.say(**{"scope-2": "withdrawn"})
    waiting.accept(stands="1")
    page = waiting.browser.get(f"/studies/{waiting.built.study_id}/transcripts").text
    assert "“Talk” is corrected." in page
    assert "P2, may be shared: “analysis only” becomes “withdrawn”." in page
