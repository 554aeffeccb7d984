"""The search page: what is found, by whom, and that what was looked for stays nowhere."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from capture.ingest import content_key, ingest
from capture.models import Appearance, Passage
from tests.api.conftest import Service
from tests.builders import SAID, Built
from tests.capture.searched import Here, Made, embed
from transcripts.readers import read

AsRole = Callable[[str], TestClient]
HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def meaning(service: Service, built: Built) -> Here:
    """Vectors for all that was said: of time, of work, or of neither."""
    del built
    made = Made({"hour": (1, 0, 0), "caseloads": (0, 1, 0), "an afternoon": (0.98, 0.2, 0)})
    with service.store.writing() as session:
        embed(session, made)
    service.app.state.meaning = Here(made)
    return service.app.state.meaning


@pytest.fixture
def room(built: Built) -> str:
    return f"/studies/{built.study_id}/search"


@pytest.fixture
def coder(as_role: AsRole) -> TestClient:
    return as_role("coder")


def search(browser: TestClient, room: str, q: str, **more: str) -> str:
    """The page that answers, its words without markup."""
    return plain(browser.post(room, data={"q": q, **more}).text)


def plain(page: str) -> str:
    main = page[page.index("<main") :] if "<main" in page else page
    return " ".join(re.sub(r"<[^>]+>", "", main).split())


def test_words_are_found_in_context_and_lit(coder, room):
    page = coder.post(room, data={"q": "caseload"}).text
    assert "The <mark>caseloads</mark> crept up and nobody said so." in page
    assert "2 places have your word." in plain(page)
    assert "Social worker" in plain(page)
    assert "True — but 😀 she rang me" in plain(page)  # what was said after it


def test_meaning_is_found_too_and_each_place_says_how(coder, room, meaning):
    page = search(coder, room, "an afternoon")
    assert "I get a whole hour with mum" in page
    assert "Nobody uses these words; 2 are near in meaning." in page
    assert page.count("by meaning") == 2
    assert meaning.asked == ["an afternoon"]


def test_of_a_sentence_it_is_said_that_some_of_its_words_were_found(coder, room):
    page = search(coder, room, "caseloads crept silently zeppelin")
    assert "2 places have some of your words" in page
    assert "Nobody says “silently” or “zeppelin”." in page
    page = search(coder, room, "les caseloads zeppelin xylophone enfants")
    assert "the usual model for meaning knows English" in page


def test_each_place_opens_in_its_transcript(coder, room, built):
    page = coder.post(room, data={"q": "caseload"}).text
    passage = built.passage_ids[2]
    here = f"/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}"
    for address in (
        f"{here}#p{passage}",
        f"{here}?to=code#p{passage}",
        f"{here}?to=quote#p{passage}",
    ):
        assert f'href="{address}"' in page
    assert f'id="p{passage}"' in coder.get(here).text
    assert f'href="{room}/like/{passage}"' in page


def test_facilitators_are_found_on_request_and_who_withdrew_never(coder, room):
    assert "Nobody says that" in search(coder, room, "changed since the team")
    assert "2 segments are like that in the whole study" in search(
        coder, room, "changed since the team"
    )
    assert "What has changed for you" in search(coder, room, "changed since", voices="everyone")
    for voices in ("people", "everyone", "facilitators"):
        assert "I would rather" not in search(coder, room, "stayed in the room", voices=voices)
        assert "(withdrawn)" in search(coder, room, "rang herself", voices="everyone")


def test_what_is_found_is_narrowed_and_ordered(coder, room):
    page = search(coder, room, "caseloads", place="Brookvale", role="Social worker", wave="1")
    assert "1 place has your word." in page
    assert "Focus group 1" in page
    assert "Nobody says that here." in search(coder, room, "caseloads", wave="2", place="Brookvale")
    grouped = coder.post(room, data={"q": "caseload hour", "order": "transcript"}).text
    headings = re.findall(r'place-transcript">([^<]+)<', grouped)
    assert sorted(headings) == ["Focus group 1", "Focus group 2"]


def test_an_empty_box_asks_nothing_of_the_model_and_says_how_to_go_on(coder, room, meaning):
    for page in (
        plain(coder.get(room).text),
        search(coder, room, "  "),
        search(coder, room, '"*"'),
    ):
        assert "All that was said in this study, in one box." in page
    assert meaning.asked == []


def test_a_phrase_that_nobody_said_can_be_looked_for_more_loosely(coder, room, meaning):
    page = coder.post(room, data={"q": '"the caseload crept up" -nobody'}).text
    assert "Look for them in any order" in page
    assert '<input type="hidden" name="q" value="the caseload crept up">' in page
    assert meaning.asked == []  # exactly so, or not at all


def test_without_a_word_says_how_many_places_are_without_it(coder, room):
    assert "places are without it." in coder.post(room, data={"q": "-caseloads"}).text
    assert "exactly so." in coder.post(room, data={"q": '"caseloads"'}).text


def test_words_are_shown_at_once_while_the_model_is_loaded_and_then_meaning_is_offered(
    coder, room, meaning
):
    meaning.state = "starting"
    page = coder.post(room, data={"q": "caseload"}, headers=HTMX).text
    assert "The <mark>caseloads</mark> crept up" in page
    assert "By words so far." in page
    assert f'hx-get="{room}/meaning"' in page
    assert "By words so far." in coder.get(f"{room}/meaning", headers=HTMX).text
    meaning.state = "busy"
    assert "the machine is busy" in search(coder, room, "an afternoon")
    meaning.state = "ready"
    ready = coder.get(f"{room}/meaning", headers=HTMX).text
    assert 'form="search-form">Show what is near in meaning too' in ready
    meaning.state, meaning.why = "amiss", "The folder holds no model weights."
    page = search(coder, room, "caseload")
    assert "By words alone, as the model for meaning can't be loaded. The folder holds no" in page


def test_segments_that_were_not_analysed_are_told(coder, room, service):
    other = Made({})
    other.model = "another"
    service.app.state.meaning = Here(other)
    page = search(coder, room, "caseload")
    assert "8 segments were not analysed yet and are found by words only." in page


def test_pages_follow_each_other(service, coder, room, built):
    with service.store.writing() as session:
        many_more(session, built)
    first = coder.post(room, data={"q": "kettle"}).text
    assert first.count("data-row ") == 20
    assert 'form="search-form" name="page" value="2"' in first
    second = coder.post(room, data={"q": "kettle", "page": "2"}).text
    assert second.count("data-row ") == 5
    assert '<ol class="places" start="21">' in second
    assert coder.post(room, data={"q": "kettle", "page": "99"}).text.count("data-row ") == 5


def many_more(session, built: Built) -> None:
    words = "".join(f"P{n % 7}: The kettle was on, day {n}.\n\n" for n in range(25))
    ingest(session, built.study_id, read("k.txt", words.encode()), key=content_key(words.encode()))


def test_more_like_this_shows_the_passage_and_what_is_near_it(coder, room, built):
    page = coder.get(f"{room}/like/{built.passage_ids[1]}").text
    said = plain(page)
    assert SAID[1][1] in said
    assert "1 place is like it, the nearest first." in said
    assert "Focus group 2" in said
    none = plain(coder.get(f"{room}/like/{built.passage_ids[1]}?wave=1").text)
    assert "Nobody else says anything like it here." in none


def test_like_a_passage_of_who_withdrew_or_of_another_study_is_not_there(
    service, coder, room, built
):
    assert coder.get(f"{room}/like/{built.passage_ids[4]}").status_code == 404
    other = service.study()
    assert coder.get(f"{room}/like/{other.passage_ids[1]}").status_code == 404


def test_report_authors_have_the_quote_bank_and_no_search(as_role, room, built):
    author = as_role("report author")
    for answer in (
        author.get(room),
        author.post(room, data={"q": "caseload"}),
        author.get(f"{room}/meaning"),
        author.get(f"{room}/like/{built.passage_ids[1]}"),
    ):
        assert answer.status_code == 403
        assert "caseloads" not in answer.text
    assert "search-box" not in author.get(f"/studies/{built.study_id}/quotes").text


def test_every_room_of_who_may_read_transcripts_has_the_box(coder, built):
    for path in ("", "/transcripts", "/review", "/codebook", "/candidates", "/themes"):
        page = coder.get(f"/studies/{built.study_id}{path}").text
        assert f'action="/studies/{built.study_id}/search"' in page, path
        assert page.count('id="search-box"') == 1, path
    assert "search-box" not in coder.get("/").text


def test_what_was_looked_for_stays_nowhere(service, coder, room, capfd):
    answer = coder.post(room, data={"q": "xylophone caseload"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "xylophone" not in "".join(capfd.readouterr())
    assert "xylophone" not in str(answer.url)
    with service.store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    files = service.settings.data.glob("*")
    assert not any(b"xylophone" in file.read_bytes() for file in files if file.is_file())


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><mark>x', "AND *", "\x00", "a" * 2000]
)
def test_anything_typed_is_answered_and_escaped(coder, room, typed):
    answer = coder.post(room, data={"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert '"><mark>x' not in answer.text


def test_a_question_beyond_all_measure_is_refused(coder, room):
    assert coder.post(room, data={"q": "a " * 5000}).status_code == 422
    assert coder.post(room, data={"q": "a", "voices": "spirits"}).status_code == 422


def test_a_withdrawal_holds_from_the_next_search(service, coder, room, built):
    assert "crept up" in search(coder, room, "caseload")
    with service.store.writing() as session:
        for row in session.scalars(select(Appearance).where(Appearance.label == "P2")):
            row.scope = "withdrawn"
    assert "crept up" not in search(coder, room, "caseload")
    assert coder.get(f"{room}/like/{built.passage_ids[2]}").status_code == 404
    with service.store.reading() as session:
        assert session.get(Passage, built.passage_ids[2]) is not None
