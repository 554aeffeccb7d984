"""Uploading in the browser: each file whole or not at all, with what was agreed."""

import pytest

from capture.models import Appearance, Segment, Transcript

TALK = b"Facilitator: What changed?\n\nPractitioner 1: We had an hour with mum, and it helped.\n"
MANIFEST = (
    b"file,kind,speaker,role,scope\n"
    b"talk.txt,interview,Practitioner 1,Family practitioner,quote unattributed\n"
)


@pytest.fixture
def upload(service):
    """Post files as a researcher of a new study; gives the answer and the study."""
    built = service.study()
    browser = service.browser(built.users["researcher"])

    def upload(*files, manifest=None, fragment=False, **said):
        parts = [("files", (name, data)) for name, data in files]
        if manifest:
            parts.append(("manifest", ("people.csv", manifest)))
        headers = {"HX-Request": "true"} if fragment else {}
        return browser.post(
            f"/studies/{built.study_id}/upload", files=parts, data=said, headers=headers
        )

    upload.study_id = built.study_id
    return upload


def of_file(service, name):
    with service.store.reading() as session:
        found = session.query(Transcript).filter_by(file_name=name).one_or_none()
        if found is None:
            return None, {}
        who = session.query(Appearance).filter_by(transcript_id=found.id)
        return found, {one.label: one for one in who}


def test_what_the_form_says_holds_for_everyone_in_the_file(service, upload):
    answer = upload(("talk.txt", TALK), scope="quote with role", wave="2", place="Brookvale")
    assert answer.status_code == 200
    found, who = of_file(service, "talk.txt")
    assert (found.wave, found.place) == (2, "Brookvale")
    assert who["Practitioner 1"].scope == "quote with role"
    assert who["Facilitator"].facilitator


def test_the_manifest_goes_before_the_form(service, upload):
    upload(("talk.txt", TALK), manifest=MANIFEST, scope="quote with role")
    _, who = of_file(service, "talk.txt")
    assert who["Practitioner 1"].scope == "quote unattributed"


def test_a_bad_file_is_told_and_the_good_one_beside_it_kept(service, upload):
    page = upload(("empty.txt", b""), ("talk.txt", TALK)).text
    assert "empty.txt: the file is empty." in page
    assert of_file(service, "talk.txt")[0] is not None
    assert of_file(service, "empty.txt")[0] is None


def test_the_same_file_twice_adds_nothing(service, upload):
    upload(("talk.txt", TALK))
    with service.store.reading() as session:
        before = session.query(Segment).count()
    page = upload(("other-name.txt", TALK)).text
    assert "was there already" in page
    with service.store.reading() as session:
        assert session.query(Segment).count() == before


def test_a_file_name_is_never_a_path(service, upload):
    upload(("../../etc/talk.txt", TALK))
    assert of_file(service, "talk.txt")[0] is not None


def test_words_in_a_file_are_never_markup(upload):
    page = upload(("<img src=x onerror=alert(1)>.txt", TALK), fragment=True).text
    assert "<img" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wave", "two"),
        ("wave", "9" * 5000),
        ("held_on", "yesterday"),
        ("scope", "all of it"),
        ("record", "noted"),
        ("place", "x" * 300),
    ],
)
def test_a_form_that_cannot_be_followed_is_refused_before_anything_is_stored(
    service, upload, field, value
):
    answer = upload(("talk.txt", TALK), **{field: value})
    assert answer.status_code == 422
    assert of_file(service, "talk.txt")[0] is None


def test_a_bad_manifest_is_refused_before_anything_is_stored(service, upload):
    answer = upload(("talk.txt", TALK), manifest=b"file,kind,speakr\n")
    assert answer.status_code == 422
    assert "people.csv" in answer.text
    assert of_file(service, "talk.txt")[0] is None


def test_no_file_is_a_sentence(upload):
    answer = upload(("", b""))
    assert answer.status_code == 422
