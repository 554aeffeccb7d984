"""The shell in a real browser: keys, messages, widths, contrast, and a policy nothing offends."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from api.sign_in import begin_session, make_link
from capture.settings import Settings
from tests.api.conftest import Service, make_service
from tests.browser import faults, listening

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = Settings(data=tmp_path_factory.mktemp("browser"))
    for made in make_service(settings):
        with listening(made.app) as base:
            made.base = base
            yield made


def address(service: Service, path: str = "") -> str:
    return service.base + path


def signed_in(service: Service, context: BrowserContext, user_id: int) -> Page:
    with service.store.writing() as session:
        token = begin_session(session, user_id, service.settings)
    context.add_cookies([{"name": "greenshoots", "value": token, "url": address(service)}])
    return context.new_page()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_of_the_shell_is_accessible_fits_and_offends_no_policy(
    service: Service, chromium: Browser, width: int
) -> None:
    built = service.study()
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/sign-in", "/sign-in/link/made-up"):
        check(page, address(service, path))
    page = signed_in(service, context, built.users["admin"])
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/account", "/docs", f"/studies/{built.study_id}/people"):
        check(page, address(service, path))
    assert said == []
    context.close()


def test_what_is_too_faint_by_night_alone_is_found(chromium: Browser) -> None:
    page = chromium.new_page()
    style = "@media (prefers-color-scheme: dark) { p { color: #333; background: #222; } }"
    page.set_content(f"<html lang=en><title>Night</title><style>{style}</style><main><p>Words")
    assert faults(page) == ["dark: color-contrast: p"]
    page.close()


def check(page: Page, url: str) -> None:
    """Nothing for axe to say, nothing wider than the screen, nothing too small for a thumb."""
    page.goto(url)
    assert faults(page, "best-practice") == [], url
    if page.viewport_size and page.viewport_size["width"] < 600:
        assert page.evaluate(TOO_SMALL) == [], url


TOO_SMALL = """() => [...document.querySelectorAll("a, button, select, summary, input")]
  .filter((e) => !e.matches(".skip-link, [type=hidden], [type=radio]") && !e.closest("p, dd"))
  .filter((e) => { const b = e.getBoundingClientRect(); return b.width && b.height < 43.5; })
  .map((e) => e.outerHTML.slice(0, 80))"""


def test_signing_in_by_form_and_link_works_as_browsers_send_it(
    service: Service, chromium: Browser
) -> None:
    built = service.study()
    with service.store.writing() as session:
        link = make_link(session, built.users["coder"])
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address(service, link))
    page.get_by_role("button", name="Sign in with this link").press("Enter")
    page.wait_for_url(address(service, "/"))
    page.goto(address(service, "/account"))
    page.get_by_label("New password").fill("a kettle on the landing")
    page.keyboard.press("Enter")
    page.get_by_text("Your password is set").wait_for()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("E-mail address").fill(f"coder@study-{built.study_id}.example")
    assert page.url == address(service, "/sign-in")
    context.close()


def test_question_mark_shows_the_keys_and_typing_one_does_not(
    service: Service, chromium: Browser
) -> None:
    built = service.study()
    context = chromium.new_context()
    page = signed_in(service, context, built.users["admin"])
    page.goto(address(service, f"/studies/{built.study_id}/people"))
    keys = page.get_by_role("dialog", name="Keys")
    page.keyboard.press("?")
    assert keys.is_visible()
    page.keyboard.press("?")
    assert keys.is_hidden()
    page.get_by_label("Name").press("?")
    assert keys.is_hidden()
    assert page.get_by_label("Name").input_value() == "?"
    context.close()


def test_an_error_on_an_update_is_said_and_leaves_the_page_as_it_was(
    service: Service, chromium: Browser
) -> None:
    built = service.study()
    context = chromium.new_context()
    page = signed_in(service, context, built.users["admin"])
    page.goto(address(service, f"/studies/{built.study_id}/people"))
    last = f"/studies/{built.study_id}/people/{built.users['admin']}/remove"
    page.evaluate("path => htmx.ajax('POST', path, {target: '#main', swap: 'innerHTML'})", last)
    page.get_by_text("this is its last one").wait_for()
    assert page.locator("#said [role=alert]").count() == 1
    assert page.locator("#main h1").inner_text() == "People"
    assert page.evaluate("[htmx.config.allowEval, htmx.config.selfRequestsOnly]") == [False, True]
    context.close()
