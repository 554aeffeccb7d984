"""Errors as answers: calm, in the form that was asked for, and silent about content in the log."""

import json

import pytest
from fastapi import APIRouter
from fastapi.responses import Response

from api.policies import PUBLIC, allow
from capture.errors import Conflict
from tests.api.conftest import Service
from tests.builders import Built

SECRET = "I would rather this stayed in the room"


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/probe/clash/{words}", dependencies=[allow(PUBLIC)])
    def clash(words: str) -> Response:
        raise Conflict(f"<b>{words}</b> is taken.", way_out="Choose another.")

    @router.get("/probe/fall/{words}", dependencies=[allow(PUBLIC)])
    def fall(words: str) -> Response:
        raise RuntimeError(f"failed on {words}")

    @router.get("/probe/number/{number}", dependencies=[allow(PUBLIC)])
    def number(number: int, page: int = 1) -> Response:
        return Response(str(number + page))

    return router


@pytest.fixture
def probed(service: Service) -> Service:
    service.app.router.routes.extend(routes().routes)
    return service


def test_an_error_is_a_page_with_a_sentence_and_a_way_out(probed: Service) -> None:
    answer = probed.browser().get("/probe/clash/Time")
    assert answer.status_code == 409
    assert "&lt;b&gt;Time&lt;/b&gt; is taken." in answer.text
    assert "Choose another." in answer.text
    assert "<main" in answer.text


def test_an_error_is_a_fragment_for_htmx_and_json_for_a_program(probed: Service) -> None:
    fragment = probed.browser().get("/probe/clash/Time", headers={"hx-request": "true"})
    assert fragment.status_code == 409
    assert 'role="alert"' in fragment.text
    assert "<html" not in fragment.text
    answer = probed.browser().get("/probe/clash/Time", headers={"accept": "application/json"})
    assert answer.json() == {"sentence": "<b>Time</b> is taken.", "way_out": "Choose another."}


def test_the_unexpected_gets_an_id_on_the_page_and_in_the_log_and_no_content(
    probed: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = probed.browser().get(f"/probe/fall/{SECRET}?q={SECRET}", headers={"x": SECRET})
    logged = capsys.readouterr().out
    assert answer.status_code == 500
    number = answer.text.split("noted as ")[1][:8]
    assert number in logged
    assert "RuntimeError" in logged
    assert "test_errors.py" in logged
    for told in (answer.text, logged):
        assert SECRET not in told
        assert SECRET.split()[-1] not in told.split("noted")[0]


def test_an_address_that_names_no_number_is_simply_not_there(probed: Service, built: Built) -> None:
    assert probed.browser().get("/probe/number/seven").status_code == 404
    coder = probed.browser(built.users["coder"])
    for odd in ("seven", "-1", "٣", "9" * 40):
        assert coder.get(f"/studies/{odd}").status_code == 404
    people = f"/studies/{built.study_id}/people"
    admin = probed.browser(built.users["admin"])
    assert admin.post(f"{people}/{'9' * 40}/remove").status_code == 404


def test_a_field_that_does_not_fit_is_named_and_its_value_is_not_repeated(
    probed: Service,
) -> None:
    answer = probed.browser().get("/probe/number/7?page=mother")
    assert answer.status_code == 422
    assert "not as expected: page." in answer.text
    assert "mother" not in answer.text


def test_a_wrong_method_and_a_missing_page_get_sentences(service: Service) -> None:
    assert "There is nothing at this address." in service.browser().get("/nowhere").text
    wrong = service.browser().put("/sign-in")
    assert wrong.status_code == 405
    assert "doesn&#39;t take that kind of request" in wrong.text


def test_a_page_that_is_not_there_shows_who_is_signed_in_the_way_to_their_studies(
    service: Service, built: Built
) -> None:
    coder = service.browser(built.users["coder"])
    assert "Your studies" in coder.get("/nowhere").text
    assert "Your studies" not in service.browser().get("/nowhere").text


def test_a_signed_out_fragment_is_told_to_sign_in_and_loses_no_page(service: Service) -> None:
    answer = service.browser().get("/account", headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text


def test_a_program_that_is_signed_out_is_told_so(service: Service) -> None:
    answer = service.browser().get("/account", headers={"accept": "application/json"})
    assert json.loads(answer.text)["sentence"] == "You are not signed in."


def test_what_is_gone_from_a_room_leads_back_to_the_room(as_role, built: Built) -> None:
    study = f"/studies/{built.study_id}"
    page = as_role("coder").get(f"{study}/candidates/99999").text
    assert f'<a class="button" href="{study}/candidates">Candidate themes</a>' in page
