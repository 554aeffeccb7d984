"""Letting people in: by password, by a link that works once, and out again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from api import sign_in
from api.routes.sign_in import safe_next
from capture.models import SignInAttempt, SignInLink, SignInSession, User, now
from capture.settings import Settings
from tests.api.conftest import HERE, OURS, Service, make_service

PASSWORD = "a kettle on the landing"


@pytest.fixture
def ada(service: Service) -> int:
    with service.store.writing() as session:
        user = User(email="ada@example.org", name="Ada")
        session.add(user)
        session.flush()
        sign_in.change_password(session, user.id, "", PASSWORD)
        return user.id


def link_for(service: Service, user_id: int) -> str:
    with service.store.writing() as session:
        return sign_in.make_link(session, user_id)


def post(browser: TestClient, email: str = "ada@example.org", password: str = PASSWORD, **more):
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


@pytest.mark.usefixtures("ada")
def test_the_right_password_signs_in_and_goes_where_one_was_going(service: Service) -> None:
    browser = service.browser()
    assert browser.get("/account").headers["location"] == "/sign-in?next=/account"
    assert (
        post(browser, email=" ADA@example.org ", next="/account").headers["location"] == "/account"
    )
    assert "ada@example.org" in browser.get("/account").text


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "evil", ""]
)
def test_going_on_never_leads_to_another_site(elsewhere: str) -> None:
    assert safe_next(elsewhere) == "/"


@pytest.mark.usefixtures("ada")
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(service: Service) -> None:
    wrong = post(service.browser(), password="not this one")
    unknown = post(service.browser(), email="eve@example.org")
    assert wrong.status_code == unknown.status_code == 401
    said = "e-mail address and password don&#39;t go together"
    assert said in wrong.text
    assert said in unknown.text
    assert PASSWORD not in wrong.text


@pytest.mark.usefixtures("ada")
def test_an_unknown_address_is_hashed_for_as_long_as_a_known_one(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    verify = sign_in.verify
    monkeypatch.setattr(
        sign_in, "verify", lambda kept, given: hashed.append(kept) or verify(kept, given)
    )
    post(service.browser(), password="not this one")
    post(service.browser(), email="eve@example.org")
    assert [kept[: kept.index("$", 12)] for kept in hashed] == ["$argon2id$v=19"] * 2
    costs = {kept.split("$")[3] for kept in hashed}
    assert len(costs) == 1


def test_someone_without_a_password_cannot_sign_in_with_none(service: Service) -> None:
    with service.store.writing() as session:
        session.add(User(email="new@example.org", name="New"))
    assert post(service.browser(), email="new@example.org", password="").status_code in {401, 422}
    assert post(service.browser(), email="new@example.org", password="x").status_code == 401


@pytest.mark.usefixtures("ada")
def test_five_failures_slow_an_address_down_even_for_the_right_password(service: Service) -> None:
    browser = service.browser()
    for _ in range(5):
        assert post(browser, password="guess").status_code == 401
    slowed = post(browser)
    assert slowed.status_code == 429
    assert "Wait 15 minutes" in slowed.text
    assert post(browser, email="eve@example.org").status_code == 401, "others are not slowed"
    with service.store.writing() as session:
        earlier = now() - timedelta(minutes=16)
        session.execute(update(SignInAttempt).values(at=earlier))
    assert post(browser).status_code == 303


@pytest.mark.usefixtures("ada")
def test_guesses_sent_all_at_once_are_still_five(service: Service) -> None:
    browsers = [service.browser() for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        tried = list(
            pool.map(lambda browser: post(browser, password="guess").status_code, browsers)
        )
    assert sorted(tried) == [401] * 5 + [429] * 7


@pytest.mark.usefixtures("ada")
def test_signing_in_starts_the_count_afresh(service: Service) -> None:
    for _ in range(2):
        for _ in range(4):
            assert post(service.browser(), password="guess").status_code == 401
        assert post(service.browser()).status_code == 303


def test_the_store_holds_no_password_token_or_tried_address(service: Service, ada: int) -> None:
    browser = service.browser()
    post(browser, email="eve@example.org")
    post(browser)
    token = browser.cookies["greenshoots"]
    link = link_for(service, ada).rpartition("/")[2]
    kept = b"".join(path.read_bytes() for path in service.settings.data.iterdir() if path.is_file())
    for secret in (token, link, PASSWORD, "eve@example.org"):
        assert secret.encode() not in kept
    assert sha256(token.encode()).hexdigest().encode() in kept


@pytest.mark.usefixtures("ada")
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(service: Service) -> None:
    cookie = post(service.browser()).headers["set-cookie"]
    assert cookie.startswith("greenshoots=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(settings: Settings) -> None:
    secure = settings.model_copy(update={"secure_cookies": True})
    for service in make_service(secure):
        link = link_for(service, service.study().users["coder"])
        browser = TestClient(
            service.app,
            base_url=HERE.replace("http:", "https:"),
            headers=OURS,
            follow_redirects=False,
        )
        cookie = browser.post(link).headers["set-cookie"]
        assert cookie.startswith("__Host-greenshoots=")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        assert browser.get("/account").status_code == 200


def test_opening_a_link_shows_a_button_and_only_the_button_uses_it_up(
    service: Service, ada: int
) -> None:
    link = link_for(service, ada)
    browser = service.browser()
    for _ in range(2):
        assert "Sign in with this link" in browser.get(link).text
    assert browser.get("/account").status_code == 303
    assert browser.post(link).status_code == 303
    assert browser.get("/account").status_code == 200


def test_a_link_used_twice_or_too_old_or_made_up_gets_a_sentence(
    service: Service, ada: int
) -> None:
    used, old = link_for(service, ada), link_for(service, ada)
    assert service.browser().post(used).status_code == 303
    with service.store.writing() as session:
        session.execute(update(SignInLink).values(expires_at=now() - timedelta(seconds=1)))
    for link in (used, old, "/sign-in/link/made-up"):
        browser = service.browser()
        refused = browser.post(link)
        assert refused.status_code == 422
        assert "has been used already, or is more than an hour old" in refused.text
        assert browser.get("/account").status_code == 303


@pytest.mark.usefixtures("ada")
def test_signing_out_ends_the_session_in_the_store_too(service: Service) -> None:
    browser = service.browser()
    post(browser)
    kept = dict(browser.cookies)
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert "You are signed out." in browser.get("/sign-in").text
    thief = service.browser()
    thief.cookies.update(kept)
    assert thief.get("/account").status_code == 303
    with service.store.reading() as session:
        assert session.scalar(select(SignInSession.revoked_at)) is not None


def test_a_session_ends_when_its_time_is_up(service: Service, ada: int) -> None:
    browser = service.browser(ada)
    assert browser.get("/account").status_code == 200
    with service.store.writing() as session:
        session.execute(update(SignInSession).values(expires_at=now()))
    assert browser.get("/account").status_code == 303
