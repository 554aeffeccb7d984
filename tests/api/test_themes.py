"""The themes' pages: reading for every member, writing for authors."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from capture.models import Theme, ThemeCode, ThemePassage
from tests.api.conftest import Service
from tests.builders import SAID, Built
from tests.codebook.bank_study import CASELOADS, HOUR, ROOM, add_theme, confirm

AsRole = Callable[[str], TestClient]
HTMX = {"hx-request": "true"}


@pytest.fixture
def themes(built: Built) -> str:
    return f"/studies/{built.study_id}/themes"


@pytest.fixture
def theme(service: Service, built: Built, themes: str) -> str:
    """The address of a theme that rests on a code with quotes."""
    with service.store.writing() as session:
        for at in (HOUR, CASELOADS, ROOM):
            confirm(session, built, at, "relational")
        made = add_theme(session, built, "Time with families", "relational", claim="Time tells.")
        return f"{themes}/{made.id}"


def test_the_empty_list_says_the_next_step(as_role: AsRole, themes: str) -> None:
    assert "Begin the first one below." in as_role("report author").get(themes).text
    coder = as_role("coder").get(themes).text
    assert "Researchers and report authors write them" in coder
    assert "New theme" not in coder


@pytest.mark.usefixtures("theme")
def test_the_list_shows_claim_codes_and_what_the_quotes_amount_to(
    as_role: AsRole, themes: str
) -> None:
    page = as_role("report author").get(themes).text
    assert "Time tells." in page
    assert "Relational" in page
    assert "2 people · 1 place" in page


def test_an_author_begins_a_theme_and_is_led_to_it(
    service: Service, as_role: AsRole, themes: str
) -> None:
    form = {"name": "Who holds the risk", "claim": "Nobody alone."}
    answer = as_role("report author").post(themes, data=form)
    with service.store.reading() as session:
        made = session.scalars(select(Theme)).one()
    assert (made.name, made.claim) == ("Who holds the risk", "Nobody alone.")
    assert answer.headers["location"] == f"{themes}/{made.id}"


@pytest.mark.usefixtures("theme")
def test_a_second_theme_of_one_name_is_refused_with_a_sentence(
    as_role: AsRole, themes: str
) -> None:
    answer = as_role("researcher").post(themes, data={"name": "time with families"}, headers=HTMX)
    assert answer.status_code == 409
    assert "There is a theme called “Time with families” already." in answer.text


def test_coders_read_a_theme_without_its_quotes_and_change_nothing(
    service: Service, as_role: AsRole, theme: str
) -> None:
    coder = as_role("coder")
    page = coder.get(theme).text
    assert "Time tells." in page
    assert SAID[HOUR][1] not in page
    for path in ("", "/move", "/delete", "/codes", "/passages"):
        assert coder.post(theme + path, data={"name": "x", "up": "yes"}).status_code == 403
    with service.store.reading() as session:
        assert session.scalars(select(Theme.name)).all() == ["Time with families"]


def test_a_theme_s_page_shows_only_words_that_may_be_quoted(as_role: AsRole, theme: str) -> None:
    page = as_role("report author").get(theme).text
    assert SAID[HOUR][1] in page
    assert SAID[CASELOADS][1] in page
    assert SAID[ROOM][1] not in page
    assert "Social worker" not in page
    assert "1 passage was held back: 1 withdrawn." in page


def test_a_quote_is_moved_to_what_speaks_against_the_theme(
    service: Service, as_role: AsRole, built: Built, theme: str
) -> None:
    form = {"passage_id": str(built.passage_ids[HOUR]), "against": "yes"}
    part = as_role("report author").post(f"{theme}/passages", data=form, headers=HTMX).text
    assert part.lstrip().startswith('<div id="theme"')
    assert part.index("What speaks against it</h2>") < part.index(SAID[HOUR][1])
    with service.store.reading() as session:
        assert session.scalars(select(ThemePassage.against)).all() == [True]
    passage = f"{theme}/passages/{built.passage_ids[HOUR]}/take-off"
    part = as_role("report author").post(passage, headers=HTMX).text
    assert part.index(SAID[HOUR][1]) < part.index("What speaks against it</h2>")


def test_a_quote_of_a_withdrawn_person_can_t_be_stood_under_a_theme(
    as_role: AsRole, built: Built, theme: str
) -> None:
    form = {"passage_id": str(built.passage_ids[ROOM])}
    assert as_role("report author").post(f"{theme}/passages", data=form).status_code == 404


def test_codes_and_candidates_are_laid_under_and_taken_off(
    service: Service, as_role: AsRole, built: Built, theme: str
) -> None:
    author, code_id = as_role("researcher"), built.codes["leadership"]
    assert (
        "Leadership"
        in author.post(f"{theme}/codes", data={"code_id": str(code_id)}, headers=HTMX).text
    )
    author.post(f"{theme}/codes/{built.codes['relational']}/take-off")
    with service.store.reading() as session:
        assert session.scalars(select(ThemeCode.code_id)).all() == [code_id]
    candidate = {"candidate_id": str(built.candidate_ids[1])}
    assert author.post(f"{theme}/candidates", data=candidate).status_code == 303
    assert "caseloads crept up" in author.get(theme).text


@pytest.mark.usefixtures("theme")
def test_moving_is_said_and_the_list_comes_back(
    service: Service, as_role: AsRole, built: Built
) -> None:
    with service.store.writing() as session:
        other = add_theme(session, built, "Who holds the risk")
        path = f"/studies/{built.study_id}/themes/{other.id}/move"
    part = as_role("researcher").post(path, data={"up": "yes"}, headers=HTMX)
    assert part.text.index("Who holds the risk") < part.text.index("Time with families")
    assert "number 1" in part.headers["hx-trigger"]


def test_deleting_goes_back_to_the_list_and_keeps_the_quotes(
    as_role: AsRole, built: Built, theme: str, themes: str
) -> None:
    author = as_role("report author")
    assert author.post(f"{theme}/delete").headers["location"] == themes
    assert SAID[HOUR][1] in author.get(f"/studies/{built.study_id}/quotes").text


def test_a_theme_of_another_study_is_not_there(
    service: Service, as_role: AsRole, themes: str
) -> None:
    other = service.study("Elsewhere")
    with service.store.writing() as session:
        foreign = add_theme(session, other, "Theirs").id
    for call in (as_role("admin").get, as_role("admin").post):
        assert call(f"{themes}/{foreign}").status_code in {404, 422}
    assert as_role("admin").post(f"{themes}/{foreign}/delete").status_code == 404
