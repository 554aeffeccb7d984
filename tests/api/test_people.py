"""The people of a study: adding them, their roles, and the links that let them in."""

import re

from sqlalchemy import func, select

from capture.models import Membership, SignInLink, User
from tests.api.conftest import HERE, Service
from tests.builders import Built


def role_of(service: Service, user_id: int, study_id: int) -> str | None:
    with service.store.reading() as session:
        member = session.get(Membership, (user_id, study_id))
        return member.role if member else None


def links(service: Service) -> int:
    with service.store.reading() as session:
        return session.scalar(select(func.count()).select_from(SignInLink)) or 0


def test_someone_new_gets_a_role_and_a_link_that_signs_them_in(
    service: Service, built: Built
) -> None:
    admin = service.browser(built.users["admin"])
    form = {"email": "Jo@Example.org", "name": "Jo", "role": "coder"}
    page = admin.post(f"/studies/{built.study_id}/people", data=form)
    assert page.status_code == 200
    link = re.search(re.escape(HERE) + r"(/sign-in/link/[\w-]{43})<", page.text)
    assert link
    jo = service.browser()
    assert jo.post(link[1]).status_code == 303
    assert "Walking with families" in jo.get("/").text
    with service.store.reading() as session:
        user = session.scalars(select(User).where(User.email == "jo@example.org")).one()
    assert role_of(service, user.id, built.study_id) == "coder"


def test_an_admin_cannot_open_another_study_by_adding_its_people(
    service: Service, built: Built
) -> None:
    theirs = service.study("Another study")
    admin = service.browser(built.users["admin"])
    people = f"/studies/{built.study_id}/people"
    form = {"email": "researcher@another-study.example", "role": "coder"}
    page = admin.post(people, data=form)
    assert "They have an account already" in page.text
    assert "/sign-in/link/" not in page.text
    asked = admin.post(f"{people}/{theirs.users['researcher']}/link")
    assert asked.status_code == 422
    assert links(service) == 0


def test_a_new_link_can_be_had_for_ones_own_people(service: Service, built: Built) -> None:
    admin = service.browser(built.users["admin"])
    page = admin.post(f"/studies/{built.study_id}/people/{built.users['coder']}/link")
    assert "/sign-in/link/" in page.text
    assert links(service) == 1


def test_a_changed_role_holds_from_the_next_request(service: Service, built: Built) -> None:
    admin = service.browser(built.users["admin"])
    author = built.users["report author"]
    browser, people = service.browser(author), f"/studies/{built.study_id}/people"
    assert browser.get(people).status_code == 403
    admin.post(f"{people}/{author}/role", data={"role": "admin"})
    assert browser.get(people).status_code == 200
    admin.post(f"{people}/{author}/remove")
    assert browser.get(people).status_code == 404


def test_the_last_admin_can_neither_be_removed_nor_made_less(
    service: Service, built: Built
) -> None:
    last = built.users["admin"]
    browser, person = service.browser(last), f"/studies/{built.study_id}/people/{last}"
    assert browser.post(f"{person}/remove").status_code == 409
    assert browser.post(f"{person}/role", data={"role": "coder"}).status_code == 409
    assert role_of(service, last, built.study_id) == "admin"


def test_an_admin_may_leave_once_there_is_another(service: Service, built: Built) -> None:
    leaving, coder = built.users["admin"], built.users["coder"]
    browser, people = service.browser(leaving), f"/studies/{built.study_id}/people"
    browser.post(f"{people}/{coder}/role", data={"role": "admin"})
    assert browser.post(f"{people}/{leaving}/remove").headers["location"] == "/"
    assert role_of(service, leaving, built.study_id) is None


def test_what_cannot_be_an_address_or_a_role_is_refused(service: Service, built: Built) -> None:
    admin, people = service.browser(built.users["admin"]), f"/studies/{built.study_id}/people"
    for form in (
        {"email": "nobody", "role": "coder"},
        {"email": "a b@example.org", "role": "coder"},
        {"email": "jo@example.org", "role": "owner"},
        {"email": "jo@example.org", "role": "coder", "name": "x" * 121},
    ):
        assert admin.post(people, data=form).status_code == 422
    twice = {"email": "coder@walking-with-families.example", "role": "admin"}
    assert admin.post(people, data=twice).status_code == 409
    assert role_of(service, built.users["coder"], built.study_id) == "coder"
