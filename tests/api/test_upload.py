"""Uploading in the browser: each file is read and waits for a look, or is refused in a sentence."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from capture.models import Appearance, AttributeValue, Draft, Transcript
from capture.settings import Settings
from tests.api.conftest import make_service
from tests.transcripts.made import docx

TALK = b"Facilitator: What changed?\n\nPractitioner 1: We had an hour with mum, and it helped.\n"
NAMED = b"Facilitator: What changed?\n\nPractitioner 1: I rang Mrs Okafor on 07700 900123.\n"
MANIFEST = (
    b"file,kind,speaker,role,scope\n"
    b"talk.txt,interview,Practitioner 1,Family practitioner,quote unattributed\n"
)


class Room:
    """The upload page of one study, as one of its researchers opens it."""

    def __init__(self, service):
        self.service = service
        built = service.study()
        self.study_id, self.user_id = built.study_id, built.users["researcher"]
        self.browser = service.browser(self.user_id)
        self.address = f"/studies/{self.study_id}/upload"

    def upload(self, *files, manifest=None, fragment=False, **said):
        """Send files as a form does; said is what stands in its fields."""
        parts = [("files", (name, data)) for name, data in files]
        if manifest:
            parts.append(("manifest", ("people.csv", manifest)))
        headers = {"HX-Request": "true"} if fragment else {}
        return self.browser.post(self.address, files=parts, data=said, headers=headers)

    def accept_all(self, **said):
        """Take in all that is ready."""
        return self.browser.post(f"{self.address}/accept-all", data=said)

    def waiting(self):
        """The names of the files that wait."""
        with self.service.store.reading() as session:
            asked = select(Draft.file_name).where(Draft.study_id == self.study_id)
            return list(session.scalars(asked.order_by(Draft.file_name)))

    def stored(self, name):
        """The transcript that a file became, and who speaks in it, by label."""
        with self.service.store.reading() as session:
            asked = {"file_name": name, "study_id": self.study_id}
            found = session.query(Transcript).filter_by(**asked).one_or_none()
            if found is None:
                return None, {}
            who = session.query(Appearance).filter_by(transcript_id=found.id)
            return found, {one.label: one for one in who}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """One service for all of these: each works in a study of its own."""
    yield from make_service(Settings(data=tmp_path_factory.mktemp("upload")))


@pytest.fixture
def room(service):
    return Room(service)


def test_an_uploaded_file_waits_and_nothing_of_it_is_in_the_study(room):
    answer = room.upload(("talk.txt", TALK))
    assert answer.status_code == 200
    assert "1 file waits to be looked at" in answer.text
    assert "interview · 2 speakers · 11 words" in answer.text
    assert room.waiting() == ["talk.txt"]
    assert room.stored("talk.txt")[0] is None


def test_a_file_that_belies_its_name_is_refused_though_its_words_wait(room):
    data = docx("<w:p><w:r><w:t>P1: We went to the park.</w:t></w:r></w:p>")
    answer = room.upload(("talk.docx", data), ("talk.txt", data))
    assert "the name ends in .txt, but this is" in answer.text
    assert room.waiting() == ["talk.docx"]


def test_an_address_that_is_undecided_is_not_called_a_name(room):
    answer = room.upload(("talk.txt", b"P1: It stands on https://example.org/a-page, all of it.\n"))
    assert "1 name or identifier undecided" in answer.text


def test_what_the_form_says_holds_for_everyone_in_the_file(room):
    said = {
        "scope": "quote with role",
        "audience": "public",
        "wave": "2",
        "place": "Brookvale",
        "new-attribute": "Innovation",
        "new-value": "Walking in",
    }
    room.upload(("talk.txt", TALK), **said)
    room.accept_all()
    found, who = room.stored("talk.txt")
    assert (found.wave, found.place) == (2, "Brookvale")
    assert who["Practitioner 1"].scope == "quote with role"
    assert who["Practitioner 1"].audience == "public"
    assert who["Facilitator"].facilitator
    with room.service.store.reading() as session:
        values = session.query(AttributeValue).filter_by(transcript_id=found.id)
        assert [(one.value, one.appearance_id) for one in values] == [("Walking in", None)]


def test_the_manifest_goes_before_the_form(room):
    room.upload(("talk.txt", TALK), manifest=MANIFEST, scope="quote with role")
    room.accept_all()
    _, who = room.stored("talk.txt")
    assert who["Practitioner 1"].scope == "quote unattributed"


def test_a_manifest_that_lies_among_the_files_is_taken_for_one(room):
    room.upload(("folder/manifest.csv", MANIFEST), ("folder/talk.txt", TALK))
    assert room.waiting() == ["talk.txt"]
    room.accept_all()
    assert room.stored("talk.txt")[1]["Practitioner 1"].role == "Family practitioner"


def test_a_bad_file_is_told_and_the_good_one_beside_it_kept(room):
    page = room.upload(("empty.txt", b""), ("talk.txt", TALK)).text
    assert "empty.txt: the file is empty." in page
    assert room.waiting() == ["talk.txt"]


def test_a_zip_is_opened_and_what_is_in_it_waits(room):
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        made.writestr("talks/talk.txt", TALK)
        made.writestr("talks/picture.png", b"\x89PNG")
    page = room.upload(("talks.zip", packed.getvalue())).text
    assert room.waiting() == ["talk.txt"]
    assert "picture.png" in page


def test_of_a_folder_what_is_not_read_is_passed_over_by_name(room):
    page = room.upload(("talk.txt", TALK), (".DS_Store", b"x"), ("a.png", b"x"), of_folder="yes")
    assert room.waiting() == ["talk.txt"]
    assert "Not taken." not in page.text
    assert "files that end in .png are not read" in page.text


def test_the_same_file_twice_adds_nothing(room):
    room.upload(("talk.txt", TALK))
    page = room.upload(("other-name.txt", TALK)).text
    assert "waits for a look already" in page
    assert room.waiting() == ["talk.txt"]
    room.accept_all()
    page = room.upload(("other-name.txt", TALK)).text
    assert "is in the study already" in page
    assert room.waiting() == []


def test_a_file_name_is_never_a_path(room):
    room.upload(("../../etc/talk.txt", TALK))
    assert room.waiting() == ["talk.txt"]


def test_words_in_a_file_are_never_markup(room):
    name = "<img src=x onerror=alert(1)>.txt"
    assert "<img" not in room.upload((name, TALK), fragment=True).text
    assert "<img" not in room.upload((name, b"<b>bold</b>: hello there <i>you</i>")).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wave", "two"),
        ("wave", "9" * 5000),
        ("held_on", "yesterday"),
        ("scope", "all of it"),
        ("record", "noted"),
        ("audience", "the world"),
        ("place", "x" * 300),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_nothing_is_read(room, field, value):
    answer = room.upload(("talk.txt", TALK), **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-amiss"' in answer.text
    assert room.waiting() == []


def test_a_bad_manifest_is_refused_before_anything_is_read(room):
    answer = room.upload(("talk.txt", TALK), manifest=b"file,kind,speakr\n")
    assert answer.status_code == 422
    assert "people.csv" in answer.text
    assert room.waiting() == []


def test_no_file_is_a_sentence(room):
    assert room.upload(("", b"")).status_code == 422


def test_all_that_is_ready_is_taken_in_and_the_rest_goes_on_waiting(room):
    room.upload(("talk.txt", TALK), ("named.txt", NAMED))
    answer = room.accept_all(role="practitioner", wave="3")
    assert answer.headers["location"] == room.address
    assert room.waiting() == ["named.txt"]
    found, who = room.stored("talk.txt")
    assert (found.wave, who["Practitioner 1"].role) == (3, "practitioner")


def test_what_is_left_open_for_all_stays_as_it_was_said_for_each(room):
    room.upload(("talk.txt", TALK), scope="quote with role", record="notes", wave="1")
    answer = room.accept_all(scope="", record="", wave="", place="Harrowmere")
    assert answer.headers["location"] == f"/studies/{room.study_id}/transcripts"
    found, who = room.stored("talk.txt")
    assert (found.wave, found.place, found.record) == (1, "Harrowmere", "notes")
    assert who["Practitioner 1"].scope == "quote with role"


def test_a_default_that_will_not_do_takes_nothing_in(room):
    room.upload(("talk.txt", TALK))
    answer = room.accept_all(wave="two")
    assert answer.status_code == 422
    assert 'id="all-wave-amiss"' in answer.text
    assert room.waiting() == ["talk.txt"]


def test_an_empty_room_says_the_next_step(room):
    page = room.browser.get(room.address).text
    assert "No file waits to be looked at" in page
