"""A service that is sent hostile files by the browser says why, and reads the next good one."""

from html import unescape

import pytest
from sqlalchemy import select

from capture.models import Draft
from tests.api.conftest import Service
from tests.hostile.case import ANY, EITHER
from tests.hostile.test_hostile_files import CASES
from transcripts.intake import MOST_BYTES

GOOD = b"Interviewer: How was it?\n\nAsha: It was good in the end.\n"
# Some of every format, and those after which the process that reads has to be replaced.
SENT = [case for case in CASES if not case.slow][::43]
HEAVY = [case for case in CASES if case.slow and case.file.endswith(".docx") and case.says]


@pytest.fixture(scope="module")
def answers(service: Service):
    """What the service answered to each hostile file, and to a good one after them."""
    built = service.study("Walking with families")
    browser = service.browser(built.users["researcher"])

    def send(name: str, data: bytes):
        return browser.post(f"/studies/{built.study_id}/upload", files=[("files", (name, data))])

    made = [(case, case.make()) for case in [*SENT, *HEAVY]]
    answered = {str(case): send(case.file, data) for case, data in made if len(data) < MOST_BYTES}
    return answered | {"good.txt": send("good.txt", GOOD)}


def test_the_service_answers_every_hostile_file_with_a_page(answers):
    assert len(answers) > 10
    for name, answer in answers.items():
        assert answer.status_code == 200, name
        assert "Traceback" not in answer.text


def test_each_refusal_is_told_on_the_page(answers):
    told = {case: answers[str(case)].text for case in [*SENT, *HEAVY] if str(case) in answers}
    known = {case: page for case, page in told.items() if case.says not in {None, EITHER, ANY}}
    assert len(known) > 3
    for case, page in known.items():
        assert case.says in unescape(page), str(case)


def test_a_good_file_is_read_after_all_of_them(service, answers):
    assert answers["good.txt"].status_code == 200
    with service.store.reading() as session:
        draft = session.scalars(select(Draft).where(Draft.file_name == "good.txt")).one()
        assert "It was good in the end." in draft.reading["text"]
