"""Themes and quotes in a real browser: by keyboard, and looked at in every width and light."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from api.sign_in import begin_session, cookie_name
from capture.models import Quote, Theme
from capture.settings import Settings
from tests.api.conftest import Service, make_service
from tests.browser import faults, listening
from tests.builders import SAID, Built
from tests.codebook.bank_study import CASELOADS, add_theme, confirm

pytestmark = pytest.mark.journey


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """The service, on this test's own store."""
    yield from make_service(settings)


@pytest.fixture
def base(service: Service) -> Iterator[str]:
    """Where the service answers."""
    with listening(service.app) as address:
        yield address


@pytest.fixture
def built(service: Service) -> Built:
    """A study with two themes; one rests on a code that is coded throughout."""
    built = service.study("Walking with families")
    with service.store.writing() as session:
        for at in range(len(built.passage_ids)):
            confirm(session, built, at, "relational")
        add_theme(
            session, built, "Time with families", "relational", claim="Time changes the talk."
        )
        add_theme(session, built, "Who holds the risk")
    return built


def visit(service: Service, chromium: Browser, base: str, user_id: int, **how: object) -> Page:
    context = chromium.new_context(base_url=base, **how)
    with service.store.writing() as session:
        token = begin_session(session, user_id, service.settings)
    name = cookie_name(service.settings)
    context.add_cookies([{"name": name, "value": token, "url": base}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def test_a_quote_is_chosen_by_keyboard_and_the_place_in_the_list_is_kept(
    service: Service, built: Built, chromium: Browser, base: str
) -> None:
    page = visit(service, chromium, base, built.users["report author"])
    page.goto(f"/studies/{built.study_id}/quotes", wait_until="networkidle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("article.quote").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("s")
    expect(second.get_by_role("button", name="chosen")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said")).to_contain_text("Chosen for the report.")
    expect(second).to_be_focused()
    with service.store.reading() as session:
        chosen = session.scalars(select(Quote)).one()
    assert chosen.chosen_by == built.users["report author"]
    page.get_by_text("Narrow the quotes").click()
    page.get_by_label("chosen for the report").check()
    expect(page.locator("#bank-count")).to_contain_text("1 of 6")
    assert "chosen=yes" in page.url
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename == "quotes-walking-with-families.csv"
    page.context.close()


def test_themes_are_walked_moved_and_begun_by_keyboard(
    service: Service, built: Built, chromium: Browser, base: str
) -> None:
    page = visit(service, chromium, base, built.users["researcher"])
    page.goto(f"/studies/{built.study_id}/themes", wait_until="networkidle")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Time with families")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Who holds the risk")).to_be_focused()
    up = page.get_by_role("button", name="Move “Who holds the risk” up")
    up.press("Enter")
    expect(page.locator(".theme-name").first).to_have_text("Who holds the risk")
    expect(up).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_label("Its name")).to_be_focused()
    page.keyboard.type("time with families")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("There is a theme called “Time with families”")
    expect(page.get_by_label("Its name")).to_have_value("time with families")
    page.get_by_label("Its name").fill("Being in the room")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Being in the room")
    with service.store.reading() as session:
        names = session.scalars(select(Theme.name).order_by(Theme.position)).all()
    assert names == ["Who holds the risk", "Time with families", "Being in the room"]
    page.context.close()


def test_quotes_are_narrowed_and_chosen_without_javascript(
    service: Service, built: Built, chromium: Browser, base: str
) -> None:
    page = visit(service, chromium, base, built.users["report author"], java_script_enabled=False)
    page.goto(f"/studies/{built.study_id}/quotes?wave=1")
    page.locator("#filter-role").select_option("Family practitioner")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#bank-count")).to_contain_text("2 of 6")
    assert SAID[CASELOADS][1] not in page.content()
    page.get_by_role("button", name="choose").first.click()
    expect(page.locator("#said")).to_contain_text("Chosen for the report.")
    assert "wave=1" in page.url
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_of_themes_and_quotes_is_accessible_and_fits(
    service: Service, built: Built, chromium: Browser, base: str, width: int
) -> None:
    page = visit(
        service,
        chromium,
        base,
        built.users["admin"],
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    begun = service.study("Just begun")
    with service.store.writing() as session:
        theme = session.scalars(select(Theme.id).order_by(Theme.id)).first()
    for path in ("quotes", "quotes?wave=9", "themes", f"themes/{theme}", f"themes/{theme + 1}"):
        page.goto(f"/studies/{built.study_id}/{path}", wait_until="networkidle")
        check(page, path)
    window = {"width": width, "height": 800}
    page = visit(service, chromium, base, begun.users["admin"], viewport=window)
    for path in ("quotes", "themes"):
        page.goto(f"/studies/{begun.study_id}/{path}", wait_until="networkidle")
        check(page, f"empty {path}")


def check(page: Page, path: str) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    assert faults(page, "best-practice") == [], path
