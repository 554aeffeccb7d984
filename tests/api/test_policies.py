"""Every route × every role: generated from the app's routes, so a new route is tried at once."""

import re
from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.policies import ADMINS, MEMBERS, STATIC, allow, allowed_on
from api.routes import routers
from capture.draft.drafts import add_draft
from capture.models import ROLES, Theme
from capture.settings import Settings
from tests.api.conftest import Service, make_service
from tests.builders import Built
from transcripts.readers import read

ROUTES = [route for router in routers() for route in router.routes if isinstance(route, APIRoute)]
CALLS = [(method, route) for route in ROUTES for method in sorted(route.methods or ())]
NAMES = [f"{method} {route.path}" for method, route in CALLS]
TALK = b"Interviewer: What changed?\n\nP1: We had an hour with mum.\n"
ABSENT = "999999"
"""Fills a path where nothing was built: a 404 then means "let in, but nothing there"."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    yield from make_service(Settings(data=tmp_path_factory.mktemp("policies")))


def ids_of(service: Service, built: Built) -> dict[str, str]:
    with service.store.writing() as session:
        theme = Theme(study_id=built.study_id, name="Time", position=0)
        session.add(theme)
        session.flush()
        drafted = add_draft(session, built.study_id, "talk.txt", TALK, read("talk.txt", TALK))
        theme_id, draft_id = theme.id, drafted.draft.id
    return {
        "study_id": str(built.study_id),
        "transcript_id": str(built.transcript_ids[0]),
        "passage_id": str(built.passage_ids[1]),
        "candidate_id": str(built.candidate_ids[0]),
        "code_id": str(built.codes["relational"]),
        "theme_id": str(theme_id),
        "draft_id": str(draft_id),
    }


def address(route: APIRoute, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: ids.get(found[1], ABSENT), route.path)


def call(browser: TestClient, method: str, path: str) -> int:
    return browser.request(method, path).status_code


def filled(route: APIRoute) -> dict[str, dict[str, str]]:
    """Something in every required field of the query and the form, so that the id is looked up."""
    query, form = route.dependant.query_params, route.dependant.body_params
    return {
        "params": {field.alias: "1" for field in query if field.field_info.is_required()},
        "data": {field.alias: "1" for field in form if field.field_info.is_required()},
    }


def asks_for_a_role(route: APIRoute) -> bool:
    allowed = allowed_on(route)
    return allowed is not None and allowed.policy.roles is not None


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_route_says_who_may_use_it_and_what_it_is_for(route: APIRoute) -> None:
    assert allowed_on(route) is not None, "add dependencies=[allow(POLICY)]"
    assert route.summary
    assert route.description
    if asks_for_a_role(route):
        assert "{study_id" in route.path, "a role is held in a study, so the path names one"


def test_the_app_serves_those_routes_and_static_files_only(service: Service) -> None:
    others = [route for route in service.app.routes if route not in ROUTES]
    assert [type(route) for route in others] == [Mount]
    assert others[0].path == STATIC


@pytest.mark.parametrize(("method", "route"), CALLS, ids=NAMES)
def test_each_role_gets_what_its_policy_says(
    service: Service, method: str, route: APIRoute
) -> None:
    policy = allowed_on(route).policy
    for role in ROLES:
        built = service.study()
        path = address(route, ids_of(service, built))
        status = call(service.browser(built.users[role]), method, path)
        if policy.roles is None or role in policy.roles:
            assert status not in {401, 403}, role
            assert status < 500, role
        else:
            assert status == 403, role


@pytest.mark.parametrize(("method", "route"), CALLS, ids=NAMES)
def test_who_is_signed_out_gets_in_nowhere_but_where_all_do(
    service: Service, method: str, route: APIRoute
) -> None:
    path = address(route, ids_of(service, service.study()))
    answer = service.browser().request(method, path)
    if not allowed_on(route).policy.signed_in:
        assert answer.status_code not in {401, 403}
    elif method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?next=/")
        as_json = service.browser().get(path, headers={"accept": "application/json"})
        assert as_json.status_code == 401
    else:
        assert answer.status_code == 401


OF_STUDIES = [(m, r) for m, r in CALLS if "{study_id" in r.path]


@pytest.mark.parametrize(
    ("method", "route"), OF_STUDIES, ids=[f"{m} {r.path}" for m, r in OF_STUDIES]
)
def test_a_study_of_others_looks_like_one_that_is_not_there(
    service: Service, method: str, route: APIRoute
) -> None:
    ours, theirs = service.study(), service.study()
    browser = service.browser(ours.users["admin"])
    ids = ids_of(service, theirs)
    there = browser.request(method, address(route, ids))
    nowhere = browser.request(method, address(route, ids | {"study_id": ABSENT}))
    assert there.status_code == nowhere.status_code == 404
    assert there.text.replace(ids["study_id"], "") == nowhere.text.replace(ABSENT, "")


WITHIN = [
    (m, r)
    for m, r in OF_STUDIES
    if re.search(r"\{(transcript|passage|candidate|code|theme|draft)_id", r.path)
]


@pytest.mark.parametrize(("method", "route"), WITHIN, ids=[f"{m} {r.path}" for m, r in WITHIN])
def test_an_id_of_another_study_answers_404(service: Service, method: str, route: APIRoute) -> None:
    ours, theirs = service.study(), service.study()
    ids = ids_of(service, theirs) | {"study_id": str(ours.study_id)}
    browser = service.browser(ours.users["admin"])
    status = browser.request(method, address(route, ids), **filled(route)).status_code
    # A form that is checked first may be found wanting before the id is looked up.
    assert status == 404 or (method != "GET" and status == 422)


def test_a_route_that_forgets_its_policy_is_refused(service: Service) -> None:
    router = APIRouter()
    router.add_api_route("/forgotten", lambda: "open")
    router.add_api_route("/two", lambda: "open", dependencies=[allow(MEMBERS), allow(ADMINS)])
    router.add_api_route("/nowhere", lambda: "open", dependencies=[allow(MEMBERS)])
    added = list(router.routes)
    service.app.router.routes[:0] = added
    try:
        browser = service.browser(service.study().users["admin"])
        for path in ("/forgotten", "/two", "/nowhere"):
            assert call(browser, "GET", path) == 403
    finally:
        for route in added:
            service.app.router.routes.remove(route)
