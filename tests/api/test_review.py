"""The review queue over the web: one act a request, recorded once, the next passage as answer."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from capture.models import (
    Act,
    CandidateTheme,
    Code,
    Decision,
    Discovery,
    Review,
    Segment,
    Suggestion,
)
from tests.api.conftest import Service
from tests.builders import Built

FRAGMENT = {"HX-Request": "true"}


class Coder:
    """A coder at the review page, who sends what stands in it."""

    def __init__(self, service: Service, built: Built, role: str = "coder") -> None:
        self.service, self.built = service, built
        self.browser: TestClient = service.browser(built.users[role])
        self.url = f"/studies/{built.study_id}/review"
        self.page = ""

    def open(self, query: str = "", **headers: str) -> str:
        answer = self.browser.get(self.url + query, headers=headers)
        assert answer.status_code == 200, answer.text
        self.page = answer.text
        return self.page

    def fields(self) -> dict[str, Any]:
        """What a browser would send of the form as it stands."""
        form = self.page[self.page.index('id="review"') :]
        sent: dict[str, Any] = {}
        for tag in re.findall(r"<input[^>]*>", form):
            said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if said.get("type") == "hidden" or "checked" in tag:
                sent.setdefault(said["name"], []).append(said["value"])
        return sent

    def act(self, act: str, *, fields: dict[str, Any] | None = None, **more: Any) -> Any:
        path = {"undo": "/undo", "add": "/add"}.get(act, "")
        sent = {**(fields or self.fields()), "act": act, **more}
        answer = self.browser.post(self.url + path, data=sent, headers=FRAGMENT)
        if answer.status_code == 200:
            self.page = answer.text
        return answer

    @property
    def passage(self) -> int:
        return int(self.fields()["on"][0])


@pytest.fixture
def coder(service: Service, built: Built) -> Coder:
    return Coder(service, built)


def rows(service: Service, *columns: Any) -> list[Any]:
    with service.store.reading() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]


def said(answer: Any) -> str:
    return str(answer.headers.get("HX-Trigger", ""))


def test_the_page_shows_the_passage_in_context_with_its_suggestion(coder: Coder) -> None:
    page = coder.open()
    assert coder.passage == coder.built.passage_ids[1]
    assert '<mark class="lit">We used to knock' in page
    assert "What has changed for you" in page
    assert "The caseloads crept up" in page
    assert "codebook" in page
    assert ".81" in page
    assert "It is the point of what is said." in page
    assert "0 of 8" in page


def test_a_suggestion_from_a_theme_names_it_and_has_no_likelihood(
    service: Service, built: Built, coder: Coder
) -> None:
    theme = built.candidate_ids[0]
    to = f"/studies/{built.study_id}/candidates/{theme}/map"
    service.browser(built.users["researcher"]).post(to, data={"code_id": built.codes["leadership"]})
    coder.open(f"?theme={theme}")
    _, _, row = coder.page.partition(f'data-code="{built.codes["leadership"]}"')
    shown = row.partition('class="choice-from')[2].partition("</span>")[0]
    assert "from “time with families”" in shown
    assert re.search(r"\.\d\d", shown) is None


def test_confirming_records_what_is_ticked_and_answers_with_the_next_passage(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    first, code = coder.passage, built.codes["time-and-caseloads"]
    answer = coder.act("confirm", confirm=code, **{f"stance-{code}": "barrier"})
    assert "<html" not in answer.text
    assert "Confirmed Time and caseloads (barrier). 1 of 8." in said(answer)
    assert coder.passage != first
    decided = rows(
        service, Decision.passage_id, Decision.code_id, Decision.verdict, Decision.stance
    )
    assert decided == [(first, code, "confirm", "barrier")]
    assert rows(service, Review.passage_id, Review.outcome) == [(first, "reviewed")]
    shown = rows(service, Decision.shown)[0][0]
    assert shown == [{"code": code, "score": 0.81, "source": "codebook"}]


def test_an_unticked_suggestion_is_not_a_reject(service: Service, coder: Coder) -> None:
    coder.open()
    answer = coder.act("confirm")
    assert "Reviewed. 1 of 8." in said(answer)
    assert rows(service, Decision.id) == []
    assert len(rows(service, Review.id)) == 1


def test_none_applies_is_recorded_as_such_and_refused_beside_a_tick(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    refused = coder.act("none", confirm=built.codes["relational"])
    assert refused.status_code == 422
    assert "Untick it first" in refused.text
    coder.act("none")
    assert rows(service, Review.outcome) == [("none applies",)]


def test_rejecting_is_recorded_at_once_and_keeps_passage_and_ticks(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    first, code = coder.passage, built.codes["time-and-caseloads"]
    answer = coder.act(f"reject-{code}", confirm=built.codes["relational"])
    assert "Rejected Time and caseloads." in said(answer)
    assert coder.passage == first
    assert "<s>Time and caseloads</s>" in answer.text
    assert coder.fields()["confirm"] == [str(built.codes["relational"])]
    assert rows(service, Decision.verdict) == [("reject",)]
    assert rows(service, Review.id) == []
    coder.act("undo")
    assert "<s>Time and caseloads</s>" not in coder.page
    assert coder.fields()["confirm"] == [str(built.codes["relational"])]


def test_relabelling_rejects_the_old_and_confirms_the_new_in_one_act(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    old, new = built.codes["time-and-caseloads"], built.codes["leadership"]
    coder.act(f"relabel-{old}", add=new)
    assert sorted(rows(service, Decision.code_id, Decision.verdict)) == sorted(
        [(old, "reject"), (new, "confirm")]
    )
    assert len(rows(service, Act.id)) == 1
    coder.act("confirm")
    assert len(rows(service, Decision.id)) == 2
    assert rows(service, Review.outcome) == [("reviewed",)]


def test_unsure_is_recorded_with_its_memo(service: Service, built: Built, coder: Coder) -> None:
    coder.open()
    code = built.codes["time-and-caseloads"]
    answer = coder.act(f"unsure-{code}", **{f"memo-{code}": "Hers, or the team's?"})
    assert "Unsure about Time and caseloads." in said(answer)
    assert rows(service, Decision.verdict, Decision.memo) == [("unsure", "Hers, or the team's?")]


def test_a_memo_without_a_decision_is_not_lost_silently(built: Built, coder: Coder) -> None:
    coder.open()
    answer = coder.act("confirm", **{f"memo-{built.codes['time-and-caseloads']}": "Hm."})
    assert answer.status_code == 422
    assert "memo" in answer.text


def test_a_code_from_the_finder_comes_in_ticked_and_unrecorded(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    answer = coder.act("add", add=built.codes["leadership"])
    assert coder.fields()["confirm"] == [str(built.codes["leadership"])]
    assert f'id="code-{built.codes["leadership"]}"' in answer.text
    assert rows(service, Act.id) == []
    assert coder.act("add", add="").status_code == 422


def test_undo_brings_the_passage_back_as_it_was_also_after_a_reload(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    first, code = coder.passage, built.codes["time-and-caseloads"]
    coder.act("confirm", confirm=code, **{f"stance-{code}": "tension"})
    coder.act("none")
    coder.open()
    coder.act("undo")
    assert coder.passage != first
    answer = coder.act("undo")
    assert "Taken back: Confirmed Time and caseloads (tension)." in said(answer)
    assert coder.passage == first
    assert coder.fields()["confirm"] == [str(code)]
    assert coder.fields()[f"stance-{code}".partition("-")[0] + f"-{code}"] == ["tension"]
    latest = rows(service, Review.id, Review.outcome)[-2:]
    assert [outcome for _, outcome in latest] == ["withdrawn", "withdrawn"]
    assert "0 of 8" in coder.page


def test_the_same_act_sent_twice_is_recorded_once(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    page = coder.fields()
    code = built.codes["time-and-caseloads"]
    coder.act("confirm", fields=page, confirm=code)
    again = coder.act("confirm", fields=page, confirm=code)
    assert "recorded already" in said(again)
    assert len(rows(service, Act.id)) == 1
    coder.act("none")
    page = coder.fields()
    coder.act("undo", fields=page)
    again = coder.act("undo", fields=page)
    assert "taken back already" in said(again)
    assert len(rows(service, Act.id)) == 3


def test_a_passage_decided_in_another_tab_is_shown_as_it_stands_and_nothing_added(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    page, first = coder.fields(), coder.passage
    coder.act("none")
    answer = coder.act("confirm", fields=page, confirm=built.codes["relational"])
    assert answer.status_code == 200
    assert "another tab" in answer.text
    assert coder.passage == first
    assert "none applies" in answer.text
    assert len(rows(service, Act.id)) == 1


def test_another_coders_decision_meanwhile_changes_nothing(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    other = Coder(service, built, "researcher")
    other.open()
    other.act("none")
    assert "1 of 8" in said(coder.act("confirm", confirm=built.codes["relational"]))


def test_skipping_leaves_the_passage_for_the_end_and_back_returns_to_it(coder: Coder) -> None:
    coder.open()
    first = coder.passage
    coder.open(address(coder.page, "skip"), **FRAGMENT)
    assert coder.passage != first
    coder.open(address(coder.page, "back"), **FRAGMENT)
    assert coder.passage == first


def address(page: str, link: str) -> str:
    found = re.search(rf'id="{link}" href="[^"?]*(\?[^"]*)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_a_blind_page_holds_no_suggestion_and_its_decisions_say_so(
    service: Service, built: Built, coder: Coder
) -> None:
    page = coder.open("?blind=1&candidate=" + str(built.candidate_ids[0]))
    form = page[page.index('id="review"') :]
    assert ".81" not in form
    assert 'name="shown"' not in form
    assert f'id="code-{built.codes["time-and-caseloads"]}"' not in form
    assert "time with families" not in page
    coder.act("confirm", confirm=built.codes["relational"])
    assert coder.fields()["blind"] == ["1"]
    assert rows(service, Decision.shown) == [([],)]


def test_changing_a_reviewed_passage_withdraws_what_is_no_longer_ticked(
    service: Service, built: Built, coder: Coder
) -> None:
    coder.open()
    first = coder.passage
    coder.act("confirm", confirm=built.codes["relational"])
    coder.open(f"?passage={first}")
    assert "You reviewed this passage" in coder.page
    assert coder.fields()["confirm"] == [str(built.codes["relational"])]
    fields = {k: v for k, v in coder.fields().items() if k != "confirm"}
    answer = coder.act("confirm", fields=fields)
    assert "Took back Relational." in said(answer)
    assert [v for _, v in rows(service, Decision.id, Decision.verdict)] == ["confirm", "withdrawn"]


def test_a_wrong_stance_or_retired_code_is_refused_in_a_sentence(
    service: Service, built: Built, coder: Coder
) -> None:
    code = built.codes["relational"]
    coder.open()
    wrong = coder.act("confirm", confirm=code, **{f"stance-{code}": "barrier"})
    assert (wrong.status_code, "takes no stance" in wrong.text) == (422, True)
    with service.store.writing() as session:
        session.execute(update(Code).where(Code.id == code).values(retired=True))
    retired = coder.act("confirm", confirm=code)
    assert (retired.status_code, "retired" in retired.text) == (422, True)
    assert rows(service, Act.id) == []


def test_what_belongs_to_another_study_is_not_there(service: Service, coder: Coder) -> None:
    other = service.study("Another")
    coder.open()
    assert coder.act("confirm", confirm=other.codes["relational"]).status_code == 404
    assert coder.act("confirm", on=other.passage_ids[1]).status_code == 404
    assert coder.act("add", add=other.codes["relational"]).status_code == 404
    for query in (
        f"?passage={other.passage_ids[1]}",
        f"?candidate={other.candidate_ids[0]}",
        f"?code={other.codes['relational']}",
        f"?transcript={other.transcript_ids[0]}",
    ):
        assert coder.browser.get(coder.url + query).status_code == 404, query
    assert rows(service, Act.id) == []


def test_a_form_that_was_tampered_with_is_refused(coder: Coder) -> None:
    coder.open()
    for shown in ("x", "1:7:codebook", f"{'9' * 4000}:.5:codebook", "1:.5:a guess"):
        assert coder.act("confirm", confirm=1, shown=shown).status_code == 422
    assert coder.act("erase").status_code == 422
    assert coder.act("relabel-1", add="x").status_code == 422
    assert coder.browser.get(coder.url + "?skipped=a").status_code == 422


def test_without_javascript_an_act_leads_on_to_the_next_page(
    service: Service, coder: Coder
) -> None:
    coder.open()
    first = coder.passage
    answer = coder.browser.post(coder.url, data={**coder.fields(), "act": "none"})
    assert answer.status_code == 303
    page = coder.open(answer.headers["location"].removeprefix(coder.url))
    assert "None applies. 1 of 8." in page
    assert coder.passage != first
    stays = coder.browser.post(coder.url, data={**coder.fields(), "act": "reject-2"})
    assert stays.status_code == 200
    assert "<html" in stays.text
    assert len(rows(service, Act.id)) == 2


def test_a_finished_queue_says_the_next_step_and_can_still_be_undone(coder: Coder) -> None:
    coder.open()
    for _ in range(8):
        coder.act("none")
    assert "You have reviewed all 8 passages." in coder.page
    assert "/themes" in coder.page
    coder.act("undo")
    assert "7 of 8" in coder.page


def test_an_empty_queue_points_to_the_transcripts(service: Service, built: Built) -> None:
    with service.store.writing() as session:
        session.execute(update(Segment).values(kept_out="back-channel"))
    page = Coder(service, built).open()
    assert "There is nothing to review yet." in page
    assert f"/studies/{built.study_id}/transcripts" in page


def test_words_that_look_like_markup_stay_words(service: Service, built: Built) -> None:
    with service.store.writing() as session:
        session.execute(update(Code).values(definition="<b onclick=x>bold</b>"))
        session.execute(update(CandidateTheme).values(name="<i>theme</i>", state="mapped"))
    page = Coder(service, built).open()
    assert "<b onclick" not in page
    assert "<i>theme" not in page


def test_a_theme_narrows_the_queue_and_the_count(built: Built, coder: Coder) -> None:
    page = coder.open(f"?candidate={built.candidate_ids[1]}")
    assert "0 of 4" in page
    coder.act("none")
    assert coder.fields()["candidate"] == [str(built.candidate_ids[1])]
    assert "1 of 4" in coder.page


def test_report_authors_do_not_open_the_queue(service: Service, built: Built) -> None:
    author = service.browser(built.users["report author"])
    assert author.get(f"/studies/{built.study_id}/review").status_code == 403


def test_looking_records_nothing(service: Service, coder: Coder) -> None:
    coder.open()
    coder.open("?blind=1")
    with service.store.reading() as session:
        for table in (Act, Decision, Review):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert session.scalar(select(func.count()).select_from(Suggestion)) == 1
        assert session.scalar(select(func.count()).select_from(Discovery)) == 1
