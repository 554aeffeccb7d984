"""The transcript's pages: the list, the text with its margin, and what can be done on it."""

from html import unescape
from re import findall, search

import pytest
from sqlalchemy import select

from capture.ingest import content_key, ingest
from capture.models import (
    Decision,
    Membership,
    Passage,
    Quote,
    Study,
    Transcript,
    TranscriptVersion,
    Turn,
)
from codebook.codings import codings
from transcripts.readers import read

SPOKEN = (
    "Interviewer: What happened?\n\n"
    "Sam: Well 😀😀 we met at the cafe\u0301, 👩‍👧 and all. It was good.\n\n"
    "נועה: זה היה קשה בהתחלה, ואז 😀 טוב יותר.\n"
)
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def page(built):
    return f"/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}"


def units(text: str) -> int:
    """Length as a browser counts."""
    return len(text.encode("utf-16-le")) // 2


def turns_of(service, transcript_id):
    with service.store.reading() as session:
        version = session.scalars(
            select(TranscriptVersion).where(TranscriptVersion.transcript_id == transcript_id)
        ).one()
        turns = session.scalars(
            select(Turn).where(Turn.version_id == version.id).order_by(Turn.position)
        ).all()
        return version.text, [(turn.id, version.text[turn.start : turn.end]) for turn in turns]


def selecting(service, transcript_id, first, words_from, last, words_to):
    """The fields a browser sends for a selection from one turn's words to another's."""
    _, turns = turns_of(service, transcript_id)
    (first_id, said), (last_id, ends) = turns[first], turns[last]
    start, end = said.index(words_from), ends.index(words_to) + len(words_to)
    shown = [text for _, text in turns[first : last + 1]]
    shown[-1] = shown[-1][:end]
    shown[0] = shown[0][start:]
    return {
        "version": 1,
        "start_turn": first_id,
        "start_at": units(said[:start]),
        "end_turn": last_id,
        "end_at": units(ends[:end]),
        "words": "\r\n".join(shown),
    }


def persons_passages(service):
    with service.store.reading() as session:
        rows = session.execute(
            select(TranscriptVersion.text, Passage.start, Passage.end)
            .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
            .where(Passage.origin == "person")
        )
        return [text[start:end] for text, start, end in rows]


@pytest.fixture
def spoken(service, built):
    """A transcript with emoji, a combining mark and a right-to-left turn."""
    with service.store.writing() as session:
        reading = read("sam.txt", SPOKEN.encode())
        key = content_key(SPOKEN.encode())
        return ingest(session, built.study_id, reading, key=key).transcript_id


def test_the_list_names_what_was_collected_and_what_needs_a_look(as_role, built):
    shown = as_role("researcher").get(f"/studies/{built.study_id}/transcripts").text
    assert shown.count('class="collected-name"') == 2
    assert "2 speakers without a participant" in shown
    assert "focus group · wave 1 · Brookvale" in unescape(shown)


def test_the_list_can_be_narrowed_and_says_so_when_nothing_is_left(as_role, built):
    listed = f"/studies/{built.study_id}/transcripts"
    coder = as_role("coder")
    narrowed = coder.get(listed, params={"kind": "", "wave": "2", "place": ""}).text
    assert "Focus group 2" in narrowed
    assert "Focus group 1" not in narrowed
    none = coder.get(listed, params={"kind": "survey", "wave": "", "place": ""})
    assert none.status_code == 200
    assert "No transcript is of that kind" in none.text


@pytest.mark.parametrize(("role", "upload"), [("researcher", True), ("coder", False)])
def test_an_empty_study_says_the_next_step(service, built, role, upload):
    with service.store.writing() as session:
        study = Study(name="Nothing yet")
        session.add(study)
        session.flush()
        member = Membership(user_id=built.users[role], study_id=study.id, role=role)
        session.add(member)
        study_id = study.id
    shown = service.browser(built.users[role]).get(f"/studies/{study_id}/transcripts").text
    assert "Nothing has been collected" in shown
    assert (f'href="/studies/{study_id}/upload"' in shown) == upload


def test_the_words_on_the_page_are_the_words_of_the_record(service, as_role, built, spoken):
    shown = as_role("coder").get(f"/studies/{built.study_id}/transcripts/{spoken}").text
    on_page = [
        unescape("".join(findall(r">([^<]*)", "<p" + speech)))
        for speech in findall(r'class="words speech"[^>]*(>.*?)</p>', shown.replace("\n", "\x00"))
    ]
    _, turns = turns_of(service, spoken)
    assert [text.replace("\x00", "\n") for text in on_page] == [text for _, text in turns]


def test_what_people_said_is_never_markup(service, as_role, built):
    with service.store.writing() as session:
        words = b'Sam: I said <script>alert(1)</script> and "><img src=x> to them.'
        reading = read("hostile.txt", words)
        made = ingest(session, built.study_id, reading, key=content_key(words)).transcript_id
    shown = as_role("coder").get(f"/studies/{built.study_id}/transcripts/{made}").text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_the_margin_shows_suggestions_codings_and_disputes_in_words(as_role, built, page):
    coder, admin = as_role("coder"), as_role("admin")
    fields = {"version": 1, "passage": built.passage_ids[1]}
    fields["code_id"] = built.codes["leadership"]
    assert ">Time and caseloads .81</a>" in coder.get(page).text
    coder.post(f"{page}/codings", data=fields | {"stance": "enabler"})
    shown = admin.get(page).text
    assert search(r"Leadership · enabler</a> <small title=\"Coder\">Coder ✓", shown)
    admin.post(f"{page}/codings", data=fields)
    assert "2 coders ✓" in admin.get(page).text


@pytest.mark.parametrize(
    ("first", "words_from", "last", "words_to", "stored"),
    [
        (1, "😀 we met", 1, "cafe\u0301", "😀 we met at the cafe\u0301"),
        (1, "👩", 1, "and all", "👩‍👧 and all"),
        (2, "ואז", 2, "טוב", "ואז 😀 טוב"),
        (1, "It was", 2, "קשה", "It was good.\n\nנועה: זה היה קשה"),
        (2, "😀", 2, "😀", "😀"),
    ],
)
def test_what_a_browser_selects_is_what_is_stored(
    service, as_role, built, spoken, first, words_from, last, words_to, stored
):
    """The browser's UTF-16 units are turned into code points in api/utf16.py, nowhere else."""
    fields = selecting(service, spoken, first, words_from, last, words_to)
    answer = as_role("coder").post(
        f"/studies/{built.study_id}/transcripts/{spoken}/codings",
        data=fields | {"code_id": built.codes["relational"]},
        headers=FRAGMENT,
    )
    assert answer.status_code == 200
    assert persons_passages(service) == [stored]


def test_a_selection_that_differs_from_the_record_keeps_nothing(service, as_role, built, spoken):
    fields = selecting(service, spoken, 1, "we met", 1, "we met")
    answer = as_role("coder").post(
        f"/studies/{built.study_id}/transcripts/{spoken}/codings",
        data=fields | {"words": "we left", "code_id": built.codes["relational"]},
        headers=FRAGMENT,
    )
    assert answer.status_code == 409
    assert "not what is stored" in answer.text
    assert persons_passages(service) == []


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"end_at": 0, "start_at": 0, "words": ""}, 422, "No words were selected"),
        ({"end_at": 100_000}, 422, "outside the text"),
        ({"end_at": 6}, 422, "cuts a character in half"),
        ({"start_turn": 999_999}, 404, "isn&#39;t in this transcript"),
        ({"start_turn": ""}, 422, ""),
        ({"version": 2}, 409, "corrected since"),
        ({"code_id": 999_999}, 404, "isn&#39;t in this study"),
        ({"code_id": 10**30}, 422, "code_id"),
        ({"stance": "barrier"}, 422, "takes no stance"),
    ],
)
def test_what_cannot_be_coded_is_refused_and_nothing_is_kept(
    service, as_role, built, spoken, change, status, said
):
    fields = selecting(service, spoken, 1, "Well", 1, "we met")
    answer = as_role("coder").post(
        f"/studies/{built.study_id}/transcripts/{spoken}/codings",
        data=fields | {"code_id": built.codes["relational"]} | change,
        headers=FRAGMENT,
    )
    assert answer.status_code == status
    assert said in answer.text
    assert persons_passages(service) == []


def test_coding_brings_back_the_turns_it_touches_and_no_others(service, as_role, built, page):
    fields = selecting(service, built.transcript_ids[0], 1, "mum", 2, "Well")
    answer = as_role("coder").post(
        f"{page}/codings", data=fields | {"code_id": built.codes["relational"]}, headers=FRAGMENT
    )
    turns = [turn_id for turn_id, _ in turns_of(service, built.transcript_ids[0])[1]]
    assert findall(r'<article [^>]*id="t(\d+)"', answer.text) == [str(one) for one in turns[1:3]]
    assert "Coded: Relational." in answer.headers["HX-Trigger"]
    assert "Time and caseloads" in answer.text


def test_without_a_script_coding_leads_back_to_the_passage(as_role, built, page):
    fields = {"version": 1, "passage": built.passage_ids[1], "code_id": built.codes["relational"]}
    answer = as_role("coder").post(f"{page}/codings", data=fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{page}#p{built.passage_ids[1]}"


def test_a_quote_is_chosen_once_and_can_be_taken_back(service, as_role, built, page):
    coder = as_role("coder")
    fields = {"version": 1, "passage": built.passage_ids[1]}
    for _ in range(2):
        assert coder.post(f"{page}/quotes", data=fields, headers=FRAGMENT).status_code == 200
    with service.store.reading() as session:
        (quote,) = session.scalars(select(Quote)).all()
        assert (quote.passage_id, quote.chosen_by) == (built.passage_ids[1], built.users["coder"])
    assert "chosen as a quote" in coder.get(page).text
    coder.post(f"{page}/quotes/{built.passage_ids[1]}/take-back", headers=FRAGMENT)
    with service.store.reading() as session:
        assert session.scalars(select(Quote)).all() == []


@pytest.mark.parametrize(("turn", "reason"), [(0, "Facilitator asks here"), (4, "has withdrawn")])
def test_words_that_may_not_be_quoted_are_refused(service, as_role, built, page, turn, reason):
    fields = {"version": 1, "passage": built.passage_ids[turn]}
    answer = as_role("coder").post(f"{page}/quotes", data=fields, headers=FRAGMENT)
    assert answer.status_code == 422
    assert reason in answer.text
    with service.store.reading() as session:
        assert session.scalars(select(Quote)).all() == []


def test_undo_takes_back_the_coding_and_keeps_both_acts(service, as_role, built, page):
    coder = as_role("coder")
    fields = {"version": 1, "passage": built.passage_ids[1], "code_id": built.codes["relational"]}
    coder.post(f"{page}/codings", data=fields)
    answer = coder.post(f"{page}/undo", headers=FRAGMENT)
    assert answer.status_code == 200
    with service.store.reading() as session:
        assert codings(session, built.study_id) == []
        verdicts = session.scalars(select(Decision.verdict).order_by(Decision.id)).all()
    assert verdicts == ["confirm", "withdrawn"]
    again = coder.post(f"{page}/undo", headers=FRAGMENT)
    assert again.status_code == 409
    assert "nothing of yours" in again.text


def test_one_speaker_can_be_read_alone(as_role, page):
    shown = as_role("coder").get(page).text
    p1 = search(r'data-speaker="(\d+)" data-label="P1"', shown)
    assert p1
    alone = as_role("coder").get(page, params={"speaker": p1[1]}).text
    assert len(findall('class="turn"', alone)) == 2
    assert "Only what P1 says: 2 turns" in alone
    beside = as_role("coder").get(page, params={"speaker": p1[1], "beside": "yes"}).text
    assert (beside.count('class="turn"'), beside.count('beside" id="t')) == (2, 3)
    assert "Only what P1 says: 2 turns" in beside


def test_a_time_leads_to_the_turn_that_was_being_spoken(service, as_role, page):
    with service.store.writing() as session:
        first = session.scalars(select(Turn.version_id)).first()
        turns = session.scalars(select(Turn).where(Turn.version_id == first)).all()
        for turn in turns:
            turn.starts_at = turn.position * 20.0
        wanted = turns[1].id
    coder = as_role("coder")
    assert 'placeholder="00:30 or 62 min"' in coder.get(page).text
    answer = coder.get(f"{page}/at", params={"time": "00:30"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}#t{wanted}")
    assert coder.get(f"{page}/at", params={"time": "soon"}).status_code == 422
    coder.get(f"{page}/at", params={"time": "62 min"})
    assert "The last turn begins at 01:20." in coder.get(page).text


def test_a_transcript_without_times_says_so_instead_of_going_to_one(as_role, page):
    coder = as_role("coder")
    assert "no times to go to" in coder.get(page).text
    answer = coder.get(f"{page}/at", params={"time": "00:30"})
    assert answer.headers["location"] == page
    assert 'class="said-sentence">Nothing says when this was spoken' in coder.get(page).text


def test_what_was_left_out_is_told_with_the_reason(service, as_role, page):
    with service.store.writing() as session:
        version = session.scalars(select(TranscriptVersion)).first()
        version.left_out = [
            {"what": "a heading", "where": "line 1", "why": "nobody says it", "words": 3}
        ]
    shown = as_role("researcher").get(page).text
    assert "Left out: 3 words" in shown
    assert "a heading</b>, line 1: nobody says it" in shown


def test_words_that_were_left_out_are_told_to_researchers_alone(service, as_role, page):
    with service.store.writing() as session:
        version = session.scalars(select(TranscriptVersion)).first()
        why = "a comment that a reader of the page doesn't see"
        comment = {"what": "her manager, Deborah Quill", "where": "line 7", "why": why, "words": 4}
        sheet = {"what": "n/a", "where": 'sheet "Deborah Quill"', "why": "not read", "words": 1}
        version.left_out = [comment, sheet]
    assert "her manager, Deborah Quill" in as_role("researcher").get(page).text
    shown = as_role("coder").get(page).text
    assert "Quill" not in shown
    assert "n/a" not in shown
    assert "line 7: a comment that a reader" in shown
    assert "Left out: 5 words" in shown
    assert "Researchers can read it here." in shown


def test_notes_say_that_they_are_never_quoted(service, as_role, built, page):
    with service.store.writing() as session:
        session.get_one(Transcript, built.transcript_ids[0]).record = "notes"
    assert "never printed as quotations" in as_role("coder").get(page).text


def test_a_transcript_or_passage_of_another_study_answers_404(service, as_role, built, page):
    other = service.study("Another study")
    coder = as_role("coder")
    theirs = f"/studies/{built.study_id}/transcripts/{other.transcript_ids[0]}"
    assert coder.get(theirs).status_code == 404
    assert coder.get(f"{theirs}/at", params={"time": "1"}).status_code == 404
    assert coder.post(f"{theirs}/undo").status_code == 404
    fields = {"version": 1, "code_id": built.codes["relational"]}
    for passage_id in (other.passage_ids[1], built.passage_ids[6], 10**15):
        answer = coder.post(f"{page}/codings", data=fields | {"passage": passage_id})
        assert answer.status_code == 404
        answer = coder.post(f"{page}/quotes/{passage_id}/take-back")
        assert answer.status_code == 404


def test_report_authors_do_not_open_transcripts(as_role, built, page):
    author = as_role("report author")
    assert author.get(page).status_code == 403
    assert author.get(f"/studies/{built.study_id}/transcripts").status_code == 403
