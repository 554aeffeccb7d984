"""A file that waits: what its page shows, what is said of it, and what becomes of that."""

import html
import json
import re

import pytest

from api.draft.text import TURNS_A_PAGE
from capture.draft.drafts import add_draft, find_draft, said_of
from capture.models import Appearance, Draft, Replacement, Transcript, TranscriptVersion
from capture.settings import Settings
from capture.transcript_view import load_speakers
from tests.api.conftest import make_service
from transcripts.readers import read

TALK = """Notes from the room

Interviewer: [00:00:10] Where shall we begin?
P2: [00:00:20] With Callum 😀, I think. Callum was at Harrowgate Primary; mum rang 07700 900123.
Practitioner 2: [00:01:00] We never had the time before, and nobody asked us.
PRACTITIONER TWO: [00:02:00] I'd rather that stayed in the room, to be honest with you.
Manager: [00:03:00] Callum liked it. It helped.
"""
SURVEY = b"Ref,Role,What helped?,Anything else?\nA1,social worker,An hour with mum and dad,no\n"


class Waiting:
    """A file that waits in a study, and one of its researchers' browsers."""

    def __init__(self, service, name, data):
        self.service = service
        self.built = service.study()
        with service.store.writing() as session:
            reading = read(name, data)
            self.id = add_draft(session, self.built.study_id, name, data, reading).draft.id
        self.browser = service.browser(self.built.users["researcher"])
        self.address = f"/studies/{self.built.study_id}/upload/{self.id}"
        self.text = read(name, data).text

    @classmethod
    def again(cls, before, name, words):
        """Another file that waits in the same study."""
        made = cls.__new__(cls)
        made.__dict__ = dict(before.__dict__)
        made.text = read(name, words.encode()).text
        with before.service.store.writing() as session:
            reading = read(name, words.encode())
            data = words.encode()
            made.id = add_draft(session, before.built.study_id, name, data, reading).draft.id
        made.address = f"/studies/{before.built.study_id}/upload/{made.id}"
        return made

    def page(self, query=""):
        """The page as it is now."""
        return self.browser.get(self.address + query).text

    def post(self, path, *, fragment=False, **fields):
        """Send one of the page's forms."""
        headers = {"HX-Request": "true"} if fragment else {}
        return self.browser.post(f"{self.address}/{path}", data=fields, headers=headers)

    def seen(self, page=None):
        """What a page says that its fields held."""
        found = re.search(r'id="seen" value="([^"]*)"', page or self.page())
        return html.unescape(found[1])

    def say(self, path="said", page=None, **fields):
        """Change some fields of the form, the others as the page shows them."""
        seen = self.seen(page)
        shown = {name: value for name, value in json.loads(seen).items() if value}
        return self.post(path, **{**shown, "seen": seen, **fields})

    @property
    def said(self):
        """What is in the record."""
        with self.service.store.reading() as session:
            return said_of(find_draft(session, self.built.study_id, self.id))

    def find(self, words):
        """The finds that stand on these words."""
        return [f for f in self.said.finds if self.text[f.start : f.end] == words]

    def decide(self, act, words, **fields):
        """Decide about a name, all of it."""
        first = self.find(words)[0]
        return self.post("finds", act=act, group=f"{first.start}-{first.end}", **fields)

    def accept(self, **fields):
        """Take the file in."""
        return self.say("accept", **fields)

    def transcripts(self, session):
        """The transcript that the file became, if it is in the study."""
        asked = {"file_name": "talk.txt", "study_id": self.built.study_id}
        return session.query(Transcript).filter_by(**asked)

    def stored(self):
        """The text that was stored, who speaks in it by label, and what was taken out."""
        with self.service.store.reading() as session:
            transcript = self.transcripts(session).one()
            version = session.query(TranscriptVersion).filter_by(transcript_id=transcript.id).one()
            who = session.query(Appearance).filter_by(transcript_id=transcript.id)
            out = session.query(Replacement).filter_by(version_id=version.id)
            return version.text, {one.label: one for one in who}, [one.original for one in out]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """One service for all of these: each works in a study of its own."""
    yield from make_service(Settings(data=tmp_path_factory.mktemp("drafts")))


@pytest.fixture
def waiting(service):
    return Waiting(service, "talk.txt", TALK.encode())


def test_the_page_shows_what_was_read_and_what_was_left_out_and_why(waiting):
    page = waiting.page()
    assert "5 speakers · 5 turns · 3 min" in page
    assert "so it looks like a focus group." in page
    assert "Notes from the room" in page
    assert "before anyone speaks" in page
    assert lines_of(page) == {
        "in the file": 70,
        "will be stored": 70,
        "said": 44,
        "labels, times and questions": 22,
        "headings and the like": 4,
        "left out": 0,
    }
    assert "An aid, not anonymisation." in page


def lines_of(page):
    """The lines of the account of words."""
    lines = re.findall(r"<dt>([^<]*)</dt><dd>([\d,]+)</dd>", page)
    return {what: int(words.replace(",", "")) for what, words in lines}


def test_the_account_of_words_follows_what_is_decided(waiting):
    before = lines_of(waiting.page())
    answer = waiting.post("off", turn="4", fragment=True)
    after = lines_of(answer.text)
    assert after["off the record, cut out"] == 12
    assert after["said"] == before["said"] - 12
    assert after["will be stored"] == before["will be stored"] - 12
    waiting.decide("accept", "07700 900123")
    assert lines_of(waiting.page())["brackets stand for"] == 2


def test_what_is_typed_is_kept_and_stands_there_on_the_next_visit(waiting):
    fields = {"name": "The walk", "wave": "2", "held_on": "2021-05-04", "role-1": "practitioner"}
    answer = waiting.say(scope="quote with role", **fields)
    assert answer.status_code == 303
    said = waiting.said
    assert (said.name, said.wave, said.held_on.isoformat()) == ("The walk", 2, "2021-05-04")
    assert said.everyone.scope == "quote with role"
    assert said.speakers["P2"].role == "practitioner"
    assert 'value="The walk"' in waiting.page()


def test_what_was_left_alone_stays_unsaid(waiting):
    waiting.say(wave="2")
    said = waiting.said
    assert (said.name, said.kind, said.record, said.everyone.scope) == (None, None, None, None)
    assert said.speakers["Interviewer"].facilitator is None


def test_two_researchers_who_change_different_fields_both_keep_theirs(waiting):
    page = waiting.page()
    waiting.say(page=page, place="Brookvale")
    assert waiting.say(page=page, wave="2").status_code == 303
    assert (waiting.said.place, waiting.said.wave) == ("Brookvale", 2)


@pytest.mark.parametrize("path", ["said", "accept"])
def test_a_stale_page_overwrites_nothing_and_says_what_stands_there_now(waiting, path):
    page = waiting.page()
    waiting.say(page=page, place="Brookvale")
    answer = waiting.say(path, page=page, place="Harrowmere", wave="2")
    assert answer.status_code == 409
    told = "A colleague wrote “Brookvale” here meanwhile; you wrote “Harrowmere”."
    assert told in answer.text
    assert (waiting.said.place, waiting.said.wave) == ("Brookvale", None)
    assert 'value="2"' in answer.text  # what was typed beside it is not lost


def test_a_stale_page_cannot_undo_what_was_agreed(waiting):
    page = waiting.page()
    waiting.say(page=page, **{"scope-1": "withdrawn", "asks-4": "yes"})
    refused = waiting.say(page=page, **{"scope-1": "quote with role"})
    assert refused.status_code == 409
    assert '<option value="withdrawn" selected>' in refused.text
    waiting.say(page=page, wave="3")
    assert waiting.said.speakers["P2"].scope == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wave", "two"),
        ("kind", "a chat"),
        ("scope-1", "all"),
        ("same_as-1", "1"),
        ("participant-2", "x" * 121),
        ("corrects", "one"),
        ("new-value", "Open Table"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_nothing_is_kept(waiting, field, value):
    answer = waiting.say(place="Brookvale", **{field: value})
    assert answer.status_code == 422
    assert waiting.said.place is None
    assert "Brookvale" in answer.text
    as_part = waiting.post("said", fragment=True, seen=json.dumps({field: ""}), **{field: value})
    assert as_part.status_code == 422
    assert 'class="amiss"' in as_part.text


def test_an_attribute_of_the_study_can_be_added(waiting):
    waiting.say(**{"new-attribute": "Innovation", "new-value": "Walking in"})
    assert waiting.said.attributes == {"Innovation": "Walking in"}
    waiting.say(**{"attribute-Innovation": ""})
    assert waiting.said.attributes == {}


def test_labels_that_look_the_same_become_one_speaker_with_one_click(waiting):
    page = waiting.page()
    numbers = re.search(r'name="merge" value="([\d,]+)"', page)[1]
    answer = waiting.say("merge", page=page, merge=numbers, wave="2")
    assert answer.headers["location"].endswith("?open=speakers#speakers")
    assert waiting.said.wave == 2
    assert 'name="merge"' not in waiting.page()
    waiting.accept(leave_rest="yes")
    _, who, _ = waiting.stored()
    assert who["P2"].also_called == ["Practitioner 2", "PRACTITIONER TWO"]
    assert set(who) == {"Interviewer", "P2", "Manager"}


def test_speakers_of_one_role_share_its_shape_as_they_will_in_the_transcript(waiting):
    def shapes():
        found = re.search(r'id="voices" data-shapes="([^"]*)"', waiting.page())
        return found[1]

    assert shapes() == "●■▲▼★"
    waiting.say(role="practitioner")
    assert shapes() == "●■■■■"
    waiting.say(**{"role-4": "manager"})
    assert shapes() == "●■■■▲"
    waiting.accept(leave_rest="yes")
    with waiting.service.store.reading() as session:
        spoke = load_speakers(session, waiting.transcripts(session).one().id)
    assert "".join(one.shape for one in spoke) == "●■■■▲"


def test_labels_that_contradict_are_not_merged_and_the_page_says_why(waiting):
    waiting.say(**{"role-1": "practitioner", "role-2": "manager"})
    answer = waiting.say("merge", merge="1,2")
    assert answer.status_code == 422
    assert "are one speaker, but the role" in answer.text
    assert waiting.said.speakers["Practitioner 2"].same_as is None


@pytest.mark.parametrize("labels", ["", "1", "1,99", "x,y"])
def test_labels_that_are_not_there_are_refused(waiting, labels):
    assert waiting.say("merge", merge=labels).status_code == 422


def test_a_name_is_replaced_wherever_it_stands_and_can_be_taken_back(waiting):
    waiting.decide("accept", "Callum")
    assert [find.accepted for find in waiting.find("Callum")] == [True, True, True]
    waiting.decide("undo", "Callum")
    assert [find.accepted for find in waiting.find("Callum")] == [None, None, None]


def test_one_place_of_a_name_is_decided_by_itself(waiting):
    one = waiting.find("Callum")[1]
    waiting.post("finds", act="refuse", one=f"{one.start}-{one.end}")
    waiting.decide("accept", "Callum")
    assert [find.accepted for find in waiting.find("Callum")] == [True, False, True]


def test_what_stands_instead_is_written_otherwise_in_brackets(waiting):
    waiting.decide("change", "Callum", instead="the boy")
    assert {find.instead for find in waiting.find("Callum")} == {"[the boy]"}
    assert waiting.decide("change", "Callum", instead=" [ ] ").status_code == 422


def test_all_of_a_kind_are_decided_at_once_but_for_those_decided_before(waiting):
    waiting.decide("refuse", "07700 900123")
    kinds = {find.kind for find in waiting.said.finds}
    for kind in kinds:
        waiting.post("finds", act="accept", kind=kind)
    assert {find.accepted for find in waiting.find("07700 900123")} == {False}
    assert all(find.accepted for find in waiting.find("Callum"))


def test_a_name_a_colleague_decided_meanwhile_is_not_decided_over(waiting):
    was = re.search(r'name="was" value="([^"]*)"', waiting.page())[1]
    first = re.search(r'name="group" value="(\d+)-(\d+)"', waiting.page())
    words = waiting.text[int(first[1]) : int(first[2])]
    waiting.decide("refuse", words)
    answer = waiting.decide("accept", words, was=html.unescape(was), fragment=True)
    assert answer.status_code == 409
    assert "A colleague decided about" in answer.text
    assert 'id="names-body"' in answer.text
    assert {find.accepted for find in waiting.find(words)} == {False}


def test_words_the_aid_missed_are_replaced_everywhere(waiting):
    waiting.post("replace", said="the  room", instead="kitchen", kind="place")
    replaced = [waiting.text[f.start : f.end] for f in waiting.said.finds if f.accepted]
    assert replaced == ["the room", "the room"]
    missing = waiting.post("replace", said="no such words", instead="x", kind="name")
    assert missing.status_code == 422
    assert "doesn’t stand" in html.unescape(missing.text).replace("'", "’")


def selection(words, turn, within):
    """Fields of words selected in a turn, as the browser counts them."""
    at = len(within[: within.index(words)].encode("utf-16-le")) // 2
    size = len(words.encode("utf-16-le")) // 2
    return {
        "start_turn": turn,
        "start_at": at,
        "end_turn": turn,
        "end_at": at + size,
        "words": words,
    }


SAID = "With Callum 😀, I think. Callum was at Harrowgate Primary; mum rang 07700 900123."


def test_selected_words_are_replaced_there_alone(waiting):
    marked = selection("mum rang", 2, SAID)
    waiting.post("replace", instead="a parent rang", kind="person", **marked)
    (one,) = waiting.find("mum rang")
    assert (one.accepted, one.instead) == (True, "[a parent rang]")


def test_selected_words_go_off_the_record_as_whole_words_and_come_back(waiting):
    marked = selection("😀, I thi", 2, SAID)
    waiting.post("off", **marked)
    (span,) = waiting.said.off_record
    assert waiting.text[slice(*span)] == "😀, I think"
    page = waiting.page()
    assert "off the record · 2 words" in page
    waiting.post("off/take-back", start=span[0], end=span[1])
    assert waiting.said.off_record == ()


def test_a_selection_that_shows_other_words_is_refused(waiting):
    marked = selection("I think", 2, SAID) | {"words": "we think"}
    assert waiting.post("off", **marked).status_code == 409
    assert waiting.said.off_record == ()


@pytest.mark.parametrize(
    ("begin", "to", "turns"),
    [("3", "4", (3, 4)), ("00:01:00", "00:02:30", (3, 4)), ("5", "", (5, 5))],
)
def test_a_stretch_is_named_by_turns_or_times(waiting, begin, to, turns):
    waiting.post("off", begin=begin, to=to)
    (span,) = waiting.said.off_record
    spoken = read("talk.txt", TALK.encode()).turns
    assert span == (spoken[turns[0] - 1].start, spoken[turns[1] - 1].end)


@pytest.mark.parametrize(
    ("begin", "to"),
    [("4", "3"), ("9", ""), ("soon", "late"), ("", ""), ("3", "00:02")],
)
def test_a_stretch_that_is_none_is_told_on_the_page(waiting, begin, to):
    answer = waiting.post("off", begin=begin, to=to)
    assert answer.status_code == 422
    assert 'id="refused"' in answer.text
    assert waiting.said.off_record == ()


def test_words_off_the_record_are_no_context_of_a_name_until_asked_for(waiting):
    waiting.post("off", **selection("mum rang", 2, SAID))
    stretch = waiting.text[slice(*waiting.said.off_record[0])]
    assert stretch == "mum rang"

    def contexts(page: str) -> str:
        return " ".join(re.findall(r'<p class="(?:found-context|place-words)">(.*?)</p>', page))

    hidden = contexts(waiting.page())
    assert "[off the record]" in hidden
    assert "mum rang" not in hidden
    assert "mum rang" in contexts(waiting.page("?reveal=yes"))


def test_stretches_that_overlap_become_one(waiting):
    for turns in (("3", "4"), ("4", "5")):
        waiting.post("off", begin=turns[0], to=turns[1])
    assert len(waiting.said.off_record) == 1


def test_what_is_accepted_holds_neither_the_names_nor_the_stretch(waiting):
    waiting.decide("accept", "Callum")
    waiting.decide("accept", "07700 900123")
    waiting.post("off", begin="4")
    answer = waiting.accept(leave_rest="yes", scope="quote with role")
    assert answer.headers["location"].endswith("/transcripts")
    text, who, out = waiting.stored()
    assert "Callum" not in text
    assert "07700" not in text
    assert "[off the record]" in text
    assert "stayed in the room" not in text
    assert "Harrowgate Primary" in text
    assert who["Manager"].scope == "quote with role"
    assert out.count("Callum") == 3
    with waiting.service.store.reading() as session:
        assert session.get(Draft, waiting.id) is None


def test_nothing_is_accepted_while_a_name_is_undecided(waiting):
    answer = waiting.accept(place="Brookvale")
    assert answer.status_code == 422
    assert "are not decided" in answer.text
    assert 'id="names" open' in answer.text
    assert waiting.said.place == "Brookvale"  # what was typed is kept all the same
    with waiting.service.store.reading() as session:
        assert waiting.transcripts(session).count() == 0


def test_after_one_file_comes_the_next_that_waits(waiting):
    with waiting.service.store.writing() as session:
        data = b"A: Hello there.\n\nB: And hello to you.\n"
        other = add_draft(
            session, waiting.built.study_id, "zebra.txt", data, read("zebra.txt", data)
        ).draft.id
    answer = waiting.accept(leave_rest="yes")
    assert answer.headers["location"] == f"/studies/{waiting.built.study_id}/upload/{other}"


def test_a_file_that_says_the_same_is_preset_as_its_correction(waiting):
    waiting.accept(leave_rest="yes")
    again = Waiting.again(waiting, "copy.txt", TALK.replace("It helped.", "It helped us."))
    page = again.page()
    assert '<details class="step" name="step" id="corrects" open>' in page
    assert "Most of its words stand in" in page
    assert re.search(r'name="corrects" value="\d+" checked', page)
    assert "Accept the correction" in page
    assert "What becomes of the codings" in page
    listed = again.browser.get(f"/studies/{again.built.study_id}/upload").text
    assert "looks like a corrected version of Talk" in listed
    assert "a correction of" not in listed
    again.say(corrects="")
    page = again.page()
    assert "Accept as a new transcript" in page
    assert "What becomes of the codings" not in page
    corrects = page.partition('name="corrects" value="')[2].partition('"')[0]
    again.accept(corrects=corrects, leave_rest="yes")
    with again.service.store.reading() as session:
        (talk,) = waiting.transcripts(session)
        assert talk.version == 2


def test_a_file_put_aside_is_forgotten(waiting):
    answer = waiting.post("put-aside")
    assert answer.headers["location"] == f"/studies/{waiting.built.study_id}/upload"
    assert waiting.browser.get(waiting.address).status_code == 404


def test_words_of_a_file_are_never_markup(service):
    data = b"<b>A</b>: <script>alert(1)</script> he said.\n\nB: [x] <i>no</i>\n"
    waiting = Waiting(service, "talk.txt", data)
    waiting.post("replace", said="he said", instead="<u>him</u>", kind="person")
    page = waiting.page()
    for markup in ("<script>alert", "<i>no", "<u>him"):
        assert markup not in page


def test_a_survey_is_read_anew_when_its_columns_are_said_otherwise(service):
    waiting = Waiting(service, "survey.csv", SURVEY)
    page = waiting.page()
    assert "1 question of 4 columns" in page or "2 questions of 4 columns" in page
    chosen = {"column-0": "id", "column-1": "attribute", "column-2": "question", "column-3": ""}
    assert waiting.post("columns", **chosen).status_code == 303
    assert waiting.said.survey.id == "Ref"
    page = waiting.page()
    assert "A1" in page
    assert "Anything else?" in page
    twice = waiting.post("columns", **{**chosen, "column-1": "id"})
    assert twice.status_code == 422
    none = waiting.post("columns", **{**chosen, "column-2": ""})
    assert none.status_code == 422


def test_long_files_are_shown_in_pages_and_everything_finds_its_page(service):
    turns = TURNS_A_PAGE * 2 + 5
    lines = [f"{'AB'[n % 2]}: This is turn number {n} of them." for n in range(1, turns + 1)]
    waiting = Waiting(service, "long.txt", "\n\n".join(lines).encode())
    page = waiting.page("?turns=3")
    assert "Page 3 of 3" in page
    assert f'id="t{turns}"' in page
    assert 'id="t1"' not in page
    waiting.post("off", begin=str(turns))
    assert f"?turns=3&amp;open=off#t{turns}" in waiting.page("?open=off")
    assert "Page 3 of 3" in waiting.page("?turns=99")
