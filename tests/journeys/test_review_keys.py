"""Reviewing by keyboard alone, in a real browser; what was recorded is looked up in the store."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from api.sign_in import begin_session, cookie_name
from capture.models import Decision, Review
from capture.settings import Settings
from tests.api.conftest import Service, make_service
from tests.browser import faults, listening
from tests.builders import Built

pytestmark = pytest.mark.journey


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """The service, on this test's own store."""
    yield from make_service(settings)


@pytest.fixture
def built(service: Service) -> Built:
    """One study in the service."""
    return service.study("Walking with families")


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    """The service, listening on a port of its own."""
    with listening(service.app) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, service: Service, built: Built, address: str) -> Iterator[Page]:
    """A coder's browser at the review queue."""
    with service.store.writing() as session:
        token = begin_session(session, built.users["coder"], service.settings)
    context = chromium.new_context(base_url=address)
    context.add_cookies([{"name": cookie_name(service.settings), "value": token, "url": address}])
    shown = context.new_page()
    shown.goto(f"/studies/{built.study_id}/review")
    yield shown
    context.close()


def press(page: Page, *keys: str) -> None:
    """Press keys once the page is at rest: a key pressed while it changes is left out."""
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-settling')")
    for key in keys:
        page.keyboard.press(key)


def test_a_coder_reviews_with_the_keys_and_never_loses_the_focus(
    service: Service, built: Built, page: Page
) -> None:
    said, passage = page.locator("#said"), page.locator("#passage")
    expect(passage).to_be_focused()
    press(page, "1", "s", "s", "Enter")
    expect(said).to_have_text("Confirmed Time and caseloads (barrier). 1 of 8.")
    expect(passage).to_be_focused()
    press(page, "0")
    expect(said).to_have_text("None applies. 2 of 8.")
    press(page, "u")
    expect(said).to_have_text("Taken back: None applies.")
    press(page, "u")
    expect(said).to_have_text("Taken back: Confirmed Time and caseloads (barrier).")
    expect(page.get_by_role("checkbox", name="Time and caseloads")).to_be_checked()
    press(page, "x")
    expect(said).to_have_text("Rejected Time and caseloads.")
    expect(page.get_by_role("checkbox", name="Time and caseloads")).to_be_focused()
    press(page, "/")
    page.keyboard.type("leader")
    press(page, "Enter")
    expect(page.get_by_role("checkbox", name="Leadership")).to_be_focused()
    press(page, "m")
    page.keyboard.type("See the minutes.")
    press(page, "Enter", "Enter")
    expect(said).to_have_text("Confirmed Leadership. 1 of 8.")
    with service.store.reading() as session:
        latest = {
            code: (verdict, memo)
            for code, verdict, memo in session.execute(
                select(Decision.code_id, Decision.verdict, Decision.memo).order_by(Decision.id)
            )
        }
        assert latest == {
            built.codes["time-and-caseloads"]: ("reject", None),
            built.codes["leadership"]: ("confirm", "See the minutes."),
        }
        outcomes = session.scalars(select(Review.outcome).order_by(Review.id)).all()
        assert outcomes[-1] == "reviewed"


def test_relabelling_skipping_and_blind_by_keyboard(
    service: Service, built: Built, page: Page
) -> None:
    press(page, "ArrowRight")
    expect(page.locator("#said")).to_have_text("Skipped; it comes back at the end.")
    press(page, "ArrowLeft")
    expect(page.locator("#passage")).to_contain_text("We used to knock")
    press(page, "r")
    page.keyboard.type("relat")
    press(page, "Enter")
    expect(page.locator("#said")).to_have_text("Confirmed Relational. Rejected Time and caseloads.")
    press(page, "b")
    expect(page.locator("#sight")).to_contain_text("Show suggestions")
    assert page.locator("[name=shown]").count() == 0
    with service.store.reading() as session:
        verdicts = session.execute(select(Decision.code_id, Decision.verdict)).all()
        assert dict(map(tuple, verdicts)) == {
            built.codes["relational"]: "confirm",
            built.codes["time-and-caseloads"]: "reject",
        }


def test_single_keys_can_be_switched_off(service: Service, page: Page) -> None:
    page.get_by_label("Single keys act on this page").uncheck()
    page.locator("#passage").focus()
    press(page, "x", "0", "1")
    expect(page.get_by_role("checkbox", name="Time and caseloads")).not_to_be_checked()
    with service.store.reading() as session:
        assert session.scalars(select(Decision.id)).all() == []


def test_the_main_button_says_that_with_nothing_ticked_one_has_reviewed_it(
    service: Service, page: Page
) -> None:
    expect(page.locator("#confirm")).to_have_accessible_name("Reviewed, no code ⏎")
    press(page, "1")
    expect(page.locator("#confirm")).to_have_accessible_name("Confirm ⏎")
    press(page, "1", "Enter")
    expect(page.locator("#said")).to_contain_text("1 of 8.")
    with service.store.reading() as session:
        assert session.scalars(select(Review.outcome)).all() == ["reviewed"]
        assert session.scalars(select(Decision.id)).all() == []


def test_on_a_phone_nobody_confirms_codes_that_are_still_out_of_sight(
    service: Service, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 560})
    page.reload()
    expect(page.locator("#confirm")).to_be_hidden()
    assert faults(page) == []
    page.locator("#to-codes").click()
    code = page.get_by_role("checkbox", name="Time and caseloads")
    expect(code).to_be_focused()
    expect(page.locator("#confirm")).to_be_visible()
    expect(page.locator("#to-codes")).to_be_hidden()
    acts, choice = page.locator(".acts").bounding_box(), code.bounding_box()
    assert acts
    assert choice
    assert choice["y"] + choice["height"] < acts["y"]
    code.check()
    page.locator("#confirm").click()
    expect(page.locator("#said")).to_contain_text("Confirmed Time and caseloads")
    with service.store.reading() as session:
        assert session.scalars(select(Decision.verdict)).all() == ["confirm"]
