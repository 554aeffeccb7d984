"""The start page: one's own studies, and beginning a new one."""

from sqlalchemy import func, select

from capture.models import Code, Membership, Study
from tests.api.conftest import Service
from tests.builders import Built


def test_the_list_holds_ones_own_studies_and_no_others(service: Service, built: Built) -> None:
    service.study("Somebody else's study")
    page = service.browser(built.users["coder"]).get("/").text
    assert "Walking with families" in page
    assert "you are coder" in page
    assert "Somebody else" not in page


def test_whoever_begins_a_study_is_its_admin_and_finds_the_curated_codebook(
    service: Service, built: Built
) -> None:
    coder = built.users["coder"]
    form = {"name": "  A  new   one ", "approach": "reflexive"}
    answer = service.browser(coder).post("/studies", data=form)
    with service.store.reading() as session:
        study = session.scalars(select(Study).where(Study.name == "A new one")).one()
        assert study.approach == "reflexive"
        assert session.get_one(Membership, (coder, study.id)).role == "admin"
        codes = select(func.count()).select_from(Code).where(Code.study_id == study.id)
        assert (session.scalar(codes) or 0) >= 30
    assert answer.headers["location"] == f"/studies/{study.id}"


def test_a_name_that_is_taken_gives_no_way_into_that_study(service: Service, built: Built) -> None:
    theirs = service.study("Somebody else's study")
    coder = built.users["coder"]
    answer = service.browser(coder).post("/studies", data={"name": " Somebody  else's study"})
    assert answer.status_code == 409
    with service.store.reading() as session:
        assert session.get(Membership, (coder, theirs.study_id)) is None


def test_a_study_needs_a_name_and_an_approach_there_is(service: Service, built: Built) -> None:
    browser = service.browser(built.users["coder"])
    assert browser.post("/studies", data={"name": "   "}).status_code == 422
    assert browser.post("/studies", data={"name": "x" * 121}).status_code == 422
    odd = {"name": "Odd", "approach": "guesswork"}
    assert browser.post("/studies", data=odd).status_code == 422
    with service.store.reading() as session:
        assert session.scalars(select(Study.name)).all() == ["Walking with families"]
