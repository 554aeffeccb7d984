"""One's own account: seeing where one is signed in, ending it, changing the password."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from api.sign_in import verify
from capture.models import SignInSession, User
from tests.api.conftest import Service
from tests.builders import Built


def hash_of(service: Service, user_id: int) -> str | None:
    with service.store.reading() as session:
        return session.get_one(User, user_id).password_hash


def test_setting_a_password_keeps_this_browser_and_signs_out_the_others(
    service: Service, built: Built
) -> None:
    coder = built.users["coder"]
    here, there = service.browser(coder), service.browser(coder)
    answer = here.post("/account/password", data={"new": "a kettle on the landing"})
    assert answer.status_code == 303
    assert verify(hash_of(service, coder) or "", "a kettle on the landing")
    assert "Your password is set" in here.get("/account").text
    assert there.get("/account").status_code == 303


def test_a_password_needs_twelve_characters(service: Service, built: Built) -> None:
    coder = built.users["coder"]
    answer = service.browser(coder).post("/account/password", data={"new": "eleven char"})
    assert answer.status_code == 422
    assert "12 to 1024 characters" in answer.text
    assert hash_of(service, coder) is None


def test_changing_a_password_asks_for_the_one_that_was(service: Service, built: Built) -> None:
    coder = built.users["coder"]
    browser = service.browser(coder)
    browser.post("/account/password", data={"new": "a kettle on the landing"})
    first = hash_of(service, coder)
    wrong = {"current": "not this one", "new": "another dozen letters"}
    assert browser.post("/account/password", data=wrong).status_code == 422
    assert hash_of(service, coder) == first
    right = wrong | {"current": "a kettle on the landing"}
    assert browser.post("/account/password", data=right).status_code == 303
    assert hash_of(service, coder) != first


def test_one_can_end_one_other_session_or_all_of_them(service: Service, built: Built) -> None:
    coder = built.users["coder"]
    first, second, third = (service.browser(coder) for _ in range(3))
    with service.store.reading() as session:
        sessions = session.scalars(select(SignInSession).order_by(SignInSession.created_at)).all()
    first.post("/account/sessions/end", data={"which": sessions[1].token_sha256})
    assert second.get("/account").status_code == 303
    assert third.get("/account").status_code == 200
    first.post("/account/sessions/end-others")
    assert third.get("/account").status_code == 303
    assert first.get("/account").status_code == 200


def test_nobody_ends_the_session_of_someone_else(service: Service, built: Built) -> None:
    coder = service.browser(built.users["coder"])
    with service.store.reading() as session:
        theirs = session.scalars(select(SignInSession.token_sha256)).one()
    other = service.browser(built.users["admin"])
    assert other.post("/account/sessions/end", data={"which": theirs}).status_code == 404
    assert coder.get("/account").status_code == 200


def test_a_session_in_use_is_noted_now_and_then_and_not_with_every_page(
    service: Service, built: Built
) -> None:
    def seen() -> datetime:
        with service.store.reading() as session:
            return session.scalars(select(SignInSession.seen_at)).one()

    browser = service.browser(built.users["coder"])
    first = seen()
    browser.get("/account")
    assert seen() == first
    with service.store.writing() as session:
        session.execute(update(SignInSession).values(seen_at=first - timedelta(minutes=11)))
    browser.get("/account")
    assert seen() >= first
