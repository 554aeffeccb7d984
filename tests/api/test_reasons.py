"""Review says why a code is suggested, why none is, and which stance is likely."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from api.sign_in import begin_session, cookie_name
from capture.models import Decision, Learning, Suggestion
from codebook.decisions import Verdict, record_act
from tests.api.conftest import Service
from tests.browser import faults, listening
from tests.builders import Built


@pytest.fixture
def reasoned(service: Service, built: Built) -> Built:
    """A passage with a suggestion that rests on two decided passages."""
    with service.store.writing() as session:
        one = session.scalars(select(Suggestion)).one()
        one.source, one.stance = "decisions", "barrier"
        one.because = [built.passage_ids[2], -built.passage_ids[6]]
        session.add(
            Learning(
                study_id=built.study_id,
                fingerprint="",
                model="",
                codebook_version=1,
                decided=40,
                checked=30,
                found=24,
                sources=2,
            )
        )
    return built


def page_of(service: Service, built: Built, query: str = "") -> str:
    return (
        service.browser(built.users["coder"]).get(f"/studies/{built.study_id}/review{query}").text
    )


def test_the_nearest_decided_passages_are_the_reason(service: Service, reasoned: Built):
    page = page_of(service, reasoned)
    why = page[page.index('class="why-code"') :]
    assert "Why “Time and caseloads” is suggested" in why
    confirmed, without = why.index("Near, and confirmed"), why.index("Near, and decided without it")
    assert confirmed < why.index("it went the other way") < without
    assert without < why.index("We used to knock", without)
    assert "Learnt from 40 decided passages." in why
    assert "a right code was among its first three for 24 of 30" in why


def test_a_near_passage_says_whether_the_code_was_rejected_there(service: Service, reasoned: Built):
    assert ">rejected<" not in page_of(service, reasoned)
    coder = service.browser(reasoned.users["coder"])
    with service.store.writing() as session:
        record_act(
            session,
            study_id=reasoned.study_id,
            user_id=reasoned.users["coder"],
            passage_id=reasoned.passage_ids[6],
            verdicts=[Verdict(reasoned.codes["time-and-caseloads"], "reject")],
            outcome=None,
        )
    page = coder.get(f"/studies/{reasoned.study_id}/review?passage={reasoned.passage_ids[1]}").text
    without = page[page.index("Near, and decided without it") :]
    assert without.index(">rejected<") < without.index("We used to knock")


def test_blind_the_page_holds_no_reason_and_no_likely_stance(service: Service, reasoned: Built):
    page = page_of(service, reasoned, "?blind=1")
    assert "why-code" not in page
    assert "likely" not in page


def test_a_likely_stance_is_pointed_out_and_not_ticked(service: Service, reasoned: Built):
    page = page_of(service, reasoned)
    likely = page[page.index("data-likely") - 120 : page.index("data-likely") + 120]
    assert 'value="barrier" data-likely> barrier' in likely
    assert "data-likely checked" not in page


def test_a_passage_without_suggestions_says_why(service: Service, reasoned: Built):
    page = page_of(service, reasoned, f"?passage={reasoned.passage_ids[2]}")
    assert "No code suggested." in page
    assert "For no code there is a chance of one in ten or more" in page


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    with listening(service.app) as found:
        yield found


@pytest.mark.journey
@pytest.mark.parametrize("width", [1280, 390])
def test_w_opens_the_reason_and_s_begins_with_the_likely_stance(
    service: Service, reasoned: Built, chromium: Browser, address: str, width: int
):
    with service.store.writing() as session:
        token = begin_session(session, reasoned.users["coder"], service.settings)
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 900})
    context.add_cookies([{"name": cookie_name(service.settings), "value": token, "url": address}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"/studies/{reasoned.study_id}/review")
    reason = page.locator(".why-code[data-current] .words").first
    page.keyboard.press("w")
    expect(reason).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("w")
    expect(reason).to_be_hidden()
    page.keyboard.press("1")
    page.keyboard.press("s")
    page.wait_for_function("() => document.querySelector('[data-likely]').checked")
    page.evaluate("document.getElementById('confirm').click()")
    expect(page.locator("#said")).to_contain_text("Confirmed Time and caseloads (barrier).")
    context.close()
    with service.store.reading() as session:
        assert session.scalars(select(Decision.stance)).all() == ["barrier"]
