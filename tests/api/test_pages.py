"""What every page has: a header that shows what one's role opens, and what was done just before."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from api.navigation import ROOMS, doors
from api.policies import Access, allowed_on
from capture.models import Membership, Study, User
from tests.api.conftest import Service
from tests.builders import Built

AsRole = Callable[[str], TestClient]


def access(role: str) -> Access:
    study = Study(name="Walking")
    study.id = 7
    return Access(User(email="a@b.example", name="A"), study, role)


def test_every_room_in_the_header_has_a_route(service: Service) -> None:
    shown = {door.label for door in doors(service.app.routes, access("admin"), "/")}
    assert shown == {room.label for room in ROOMS}


def test_the_header_shows_only_what_the_role_opens(service: Service) -> None:
    author = {door.label for door in doors(service.app.routes, access("report author"), "/")}
    assert author.isdisjoint({"Transcripts", "Candidate themes", "Review", "People"})
    researcher = {door.label for door in doors(service.app.routes, access("researcher"), "/")}
    assert "People" not in researcher
    policies = {
        route.path: allowed_on(route)
        for route in service.app.routes
        if "GET" in (getattr(route, "methods", None) or ())
    }
    for role in ("researcher", "coder", "report author", "admin"):
        for door in doors(service.app.routes, access(role), "/"):
            path = door.href.replace("/7", "/{study_id}")
            assert access(role).may(policies[path].policy)


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/studies/7", "Home"),
        ("/studies/7/people", "People"),
        ("/studies/7/people/12", "People"),
        ("/studies/7/peopled", "Home"),
        ("/studies/7/upload/3", "Transcripts"),
        ("/account", ""),
    ],
)
def test_the_header_marks_the_room_one_is_in(service: Service, path: str, here: str) -> None:
    marked = [door.label for door in doors(service.app.routes, access("admin"), path) if door.here]
    assert marked == ([here] if here else [])


def test_what_was_done_is_said_once_after_the_redirect(as_role: AsRole, built: Built) -> None:
    admin, people = as_role("admin"), f"/studies/{built.study_id}/people"
    admin.post(f"{people}/{built.users['coder']}/role", data={"role": "researcher"})
    assert "Coder is now researcher." in admin.get(people).text
    assert "Coder is now researcher." not in admin.get(people).text


def test_what_htmx_does_is_answered_by_going_to_the_page(as_role: AsRole, built: Built) -> None:
    path = f"/studies/{built.study_id}/people/{built.users['coder']}/role"
    answer = as_role("admin").post(path, data={"role": "coder"}, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == f"/studies/{built.study_id}/people"


def test_what_people_typed_is_escaped_on_every_page(service: Service, built: Built) -> None:
    odd = "<script>alert(1)</script>"
    with service.store.writing() as session:
        user = User(email="odd@example.org", name=odd)
        study = Study(name=f"{odd} study")
        session.add_all([user, study])
        session.flush()
        session.add(Membership(user_id=user.id, study_id=study.id, role="admin"))
        user_id, study_id = user.id, study.id
    browser = service.browser(user_id)
    for path in ("/", "/account", f"/studies/{study_id}/people", f"/studies/{built.study_id}"):
        page = browser.get(path).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
    refused = browser.post("/sign-in", data={"email": odd, "password": odd}).text
    assert "<script>" not in refused
