"""Correcting a text, its versions, what needs a look, and taking words out: the screens."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from capture.models import (
    Decision,
    NeedsLook,
    Passage,
    Quote,
    Replacement,
    Segment,
    TranscriptVersion,
    Turn,
)
from codebook.decisions import Verdict, record_act
from tests.builders import SAID

HOUR = 1
"""The turn, and the segment, of which one coder judged the words."""


@pytest.fixture
def page(built):
    return f"/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}"


@pytest.fixture
def coded(service, built):
    """The passage "We used to knock …", judged and chosen as a quote."""
    passage_id = built.passage_ids[HOUR]
    with service.store.writing() as session:
        record_act(
            session,
            study_id=built.study_id,
            user_id=built.users["coder"],
            passage_id=passage_id,
            verdicts=[Verdict(built.codes["relational"], "confirm")],
            outcome="reviewed",
        )
        chosen = Quote(
            study_id=built.study_id, passage_id=passage_id, chosen_by=built.users["researcher"]
        )
        session.add(chosen)
    return passage_id


def fields_of(shown: str, form: str) -> dict[str, str]:
    """The fields of a form as a browser would send them, its boxes and choices too."""
    part = shown.split(form, 1)[1].split("</form>", 1)[0]
    found = {
        name: unescape(value)
        for name, value in re.findall(
            r'<input(?! type="checkbox")[^>]* name="([^"]+)"[^>]* value="([^"]*)"', part
        )
    }
    boxes = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', part, re.DOTALL)
    found |= {name: unescape(words) for name, words in boxes}
    for name, options in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', part, re.DOTALL
    ):
        found[name] = re.search(r'value="([^"]*)" selected', options)[1]
    return found


def write(browser, page: str, **changed: str):
    """Open the boxes, write in some, and see what changes."""
    fields = fields_of(browser.get(f"{page}/correct").text, 'class="correct"')
    fields |= {key.replace("_", "-"): value for key, value in changed.items() if key != "new"}
    if "new" in changed:
        fields["new_speaker"] = changed["new"]
    return browser.post(f"{page}/correct/look", data=fields)


def save(browser, page: str, **changed: str):
    looked = write(browser, page, **changed)
    assert looked.status_code == 200, looked.text
    return browser.post(f"{page}/correct", data=fields_of(looked.text, 'class="accept"'))


def standing(service, built) -> TranscriptVersion:
    with service.store.reading() as session:
        return session.scalars(
            select(TranscriptVersion)
            .where(TranscriptVersion.transcript_id == built.transcript_ids[0])
            .order_by(TranscriptVersion.number.desc())
        ).first()


def test_every_turn_has_a_box_with_its_words_and_who_says_them(as_role, page):
    shown = as_role("researcher").get(f"{page}/correct")
    assert shown.status_code == 200
    fields = fields_of(shown.text, 'class="correct"')
    assert [fields[f"words-{at}"] for at in range(len(SAID))] == [words for _, words in SAID]
    assert len({fields[f"speaker-{at}"] for at in range(len(SAID))}) == 4


@pytest.mark.usefixtures("coded")
def test_what_changes_is_shown_before_anything_is_stored(service, built, as_role, page):
    looked = write(as_role("researcher"), page, words_1=SAID[HOUR][1].replace("hour", "morning"))
    assert "<del>" in looked.text
    assert "<ins>" in looked.text
    assert "1 passage will need a look" in looked.text
    assert "Save as version 2" in looked.text
    assert standing(service, built).number == 1


def test_saved_it_is_a_version_and_the_coding_waits(service, built, as_role, page, coded):
    done = save(as_role("researcher"), page, words_1=SAID[HOUR][1].replace("hour", "morning"))
    assert done.status_code == 303
    assert re.fullmatch(rf"{page}#t\d+", done.headers["location"])
    version = standing(service, built)
    assert (version.number, version.why, version.made_by) == (
        2, "corrected", built.users["researcher"],
    )  # fmt: skip
    assert "a whole morning with mum" in version.text
    with service.store.reading() as session:
        assert session.get(NeedsLook, coded).version_id == version.id
        assert session.scalars(select(Decision.passage_id)).all() == [coded]
    told = as_role("researcher").get(page).text
    assert "1 passage needs a look" in told


def test_a_line_with_a_label_splits_a_turn_and_another_speaker_can_be_chosen(
    service, built, as_role, page
):
    words = SAID[2][1].replace(" The caseloads", "\nP1: The caseloads")
    save(as_role("researcher"), page, words_2=words)
    text = standing(service, built).text
    assert "P2: Well, for us it went the other way.\n\nP1: The caseloads crept up" in text
    looked = write(as_role("researcher"), page, speaker_0="new", new="Visitor")
    done = as_role("researcher").post(
        f"{page}/correct", data=fields_of(looked.text, 'class="accept"')
    )
    assert done.status_code == 303
    assert standing(service, built).text.startswith("Visitor: What has changed")
    shown = as_role("researcher").get(f"{page}/speakers").text
    assert "Visitor" in shown


def test_an_emptied_box_takes_its_turn_away_only_when_it_is_saved(service, built, as_role, page):
    looked = write(as_role("researcher"), page, words_2="")
    assert "This turn is taken out" in looked.text
    assert standing(service, built).number == 1
    as_role("researcher").post(f"{page}/correct", data=fields_of(looked.text, 'class="accept"'))
    assert "Well, for us" not in standing(service, built).text


def test_writing_can_be_gone_on_with_and_nothing_written_is_said(as_role, page):
    browser = as_role("researcher")
    looked = write(browser, page, words_1="Something else entirely.")
    back = fields_of(looked.text, 'class="accept"') | {"back": "yes"}
    again = browser.post(f"{page}/correct/look", data=back)
    assert fields_of(again.text, 'class="correct"')["words-1"] == "Something else entirely."
    assert "Nothing was changed yet" in write(browser, page).text


def test_a_page_that_grew_stale_changes_nothing_and_keeps_what_was_written(
    service, built, as_role, page
):
    browser = as_role("researcher")
    fields = fields_of(browser.get(f"{page}/correct").text, 'class="correct"')
    save(browser, page, words_2="It went otherwise.")
    fields["words-1"] = "My own careful words."
    for address in (f"{page}/correct/look", f"{page}/correct"):
        refused = browser.post(address, data=fields)
        assert refused.status_code == 409
        assert "version 2 now" in refused.text
        assert "My own careful words." in refused.text
    assert standing(service, built).number == 2


def test_a_new_speaker_needs_a_name(as_role, page):
    refused = write(as_role("researcher"), page, speaker_0="new")
    assert refused.status_code == 422
    assert "has no name yet" in refused.text


def test_the_boxes_open_around_the_turn_one_came_from(service, as_role, page):
    with service.store.writing() as session:
        version = session.scalars(select(Turn.version_id)).first()
        last = session.scalars(select(Turn).where(Turn.version_id == version)).all()[-1]
        for at in range(5, 45):
            session.add(
                Turn(
                    version_id=version, position=at, start=last.end, end=last.end,
                    appearance_id=last.appearance_id,
                )
            )  # fmt: skip
        session.flush()
        wanted = session.scalars(
            select(Turn.id).where(Turn.version_id == version, Turn.position == 30)
        ).one()
    shown = as_role("researcher").get(f"{page}/correct?turn={wanted}").text
    assert f'id="turn-{wanted}"' in shown
    assert "Turns 21 to 40" in shown


def correct_hour(as_role, page) -> None:
    save(as_role("researcher"), page, words_1=SAID[HOUR][1].replace("hour", "morning"))


@pytest.mark.usefixtures("coded")
def test_what_needs_a_look_is_told_with_both_texts_and_what_hangs_on_it(built, as_role, page):
    empty = as_role("coder").get(f"/studies/{built.study_id}/needs-a-look")
    assert "Nothing needs a look" in empty.text
    correct_hour(as_role, page)
    for address in (f"/studies/{built.study_id}/needs-a-look", f"{page}/needs-a-look"):
        shown = as_role("coder").get(address).text
        assert "Some of its words were changed." in shown
        assert re.search(r"<del>.* hour.*</del>", shown)
        assert re.search(r"<ins>.* morning.*</ins>", shown)
        assert "Relational" in shown
        assert "chosen as a quote by Researcher" in shown
    for address, told in (
        (f"/studies/{built.study_id}", "1 passage needs a look"),
        (f"/studies/{built.study_id}/transcripts", "1 passage needs a look"),
        (page, "1 passage needs a look"),
    ):
        assert told in as_role("coder").get(address).text


def test_it_stands_here(service, as_role, page, coded):
    correct_hour(as_role, page)
    shown = as_role("coder").get(f"{page}/needs-a-look").text
    here = f"{page}/needs-a-look/{coded}/here"
    done = as_role("coder").post(here, data=fields_of(shown, f'action="{here}"'))
    assert done.headers["location"] == f"{page}/needs-a-look"
    with service.store.reading() as session:
        passage = session.get_one(Passage, coded)
        version = session.get_one(TranscriptVersion, passage.version_id)
        assert version.number == 2
        assert "morning" in version.text[passage.start : passage.end]
        assert session.get(Segment, coded) is not None
    again = as_role("coder").post(here, data={"version": 2, "start": 0, "end": 9})
    assert again.status_code == 409
    assert "settled meanwhile" in again.text


def test_its_place_can_be_a_segment_or_exactly_the_words_selected(
    service, built, as_role, page, coded
):
    correct_hour(as_role, page)
    shown = as_role("coder").get(f"{page}/needs-a-look/{coded}").text
    assert "Now I get a whole" in shown
    with service.store.reading() as session:
        turn = session.scalars(
            select(Turn)
            .join(TranscriptVersion, TranscriptVersion.id == Turn.version_id)
            .where(
                TranscriptVersion.transcript_id == built.transcript_ids[0],
                TranscriptVersion.number == 2,
                Turn.position == 3,
            )
        ).one()
        turn_id = turn.id
    fields = {"version": 2, "start_turn": turn_id, "end_turn": turn_id, "start_at": 7, "end_at": 25}
    place = f"{page}/needs-a-look/{coded}/place"
    wrong = as_role("coder").post(place, data={**fields, "words": "other words"})
    assert wrong.status_code == 409
    done = as_role("coder").post(place, data={**fields, "words": "but 😀 she rang me"})
    assert done.status_code == 303, done.text
    with service.store.reading() as session:
        passage = session.get_one(Passage, coded)
        version = session.get_one(TranscriptVersion, passage.version_id)
        assert version.text[passage.start : passage.end] == "but 😀 she rang me"
    nothing = as_role("coder").post(place, data={"version": 2})
    assert nothing.status_code == 409


def test_its_words_are_gone_and_it_can_be_asked_about_again(built, as_role, page, coded):
    correct_hour(as_role, page)
    coder = as_role("coder")
    own = f"{page}/needs-a-look/{coded}"
    unchosen = coder.post(f"{own}/place", data={"version": 2})
    assert unchosen.status_code == 422
    assert "No words were selected" in unchosen.text
    assert coder.post(f"{own}/gone", data={"everywhere": "true"}).headers["location"] == (
        f"/studies/{built.study_id}/needs-a-look"
    )
    assert "Nothing needs a look" in coder.get(f"{page}/needs-a-look").text
    aside = coder.get(f"{page}/needs-a-look?aside=true").text
    assert "set aside by Coder" in aside
    coder.post(f"{own}/ask-again")
    assert "It stands here" in coder.get(f"{page}/needs-a-look").text


def test_versions_are_told_with_what_they_changed_and_one_goes_back(
    service, built, as_role, page, coded
):
    correct_hour(as_role, page)
    coder, researcher = as_role("coder"), as_role("researcher")
    listed = coder.get(f"{page}/versions").text
    assert "Version 2" in listed
    assert re.search(r"<ins>.* morning.*</ins>", listed)
    older = coder.get(f"{page}/versions/1").text
    assert "a whole hour with mum" in older
    assert "Go back to this version" not in older
    assert "Go back to this version" in researcher.get(f"{page}/versions/1").text
    foreseen = researcher.get(f"{page}/versions/1?back=true").text
    assert "1 passage that waited comes back" in foreseen
    assert "Let it stand again, as version 3" in foreseen
    assert "Let it stand" not in coder.get(f"{page}/versions/1?back=true").text
    assert coder.post(f"{page}/versions/1/stand", data={"standing": 2}).status_code == 403
    stale = researcher.post(f"{page}/versions/1/stand", data={"standing": 1})
    assert stale.status_code == 409
    researcher.post(f"{page}/versions/1/stand", data={"standing": 2})
    version = standing(service, built)
    assert (version.number, version.why) == (3, "went back to version 1")
    with service.store.reading() as session:
        assert session.get(NeedsLook, coded) is None
        assert session.get_one(Passage, coded).version_id == version.id
    assert coder.get(f"{page}/versions/9").status_code == 404


def take_out(browser, page: str, service, built, words: str, does: str):
    """Ask on the transcript's page to take words out; gives the page that is shown."""
    with service.store.reading() as session:
        version = standing(service, built)
        turn = session.scalars(
            select(Turn).where(
                Turn.version_id == version.id,
                Turn.start <= version.text.index(words),
                Turn.end > version.text.index(words),
            )
        ).one()
        before = version.text[turn.start : version.text.index(words)]
        at = len(before.encode("utf-16-le")) // 2
    fields = {
        "version": version.number, "does": does, "start_turn": turn.id, "end_turn": turn.id,
        "start_at": at, "end_at": at + len(words.encode("utf-16-le")) // 2, "words": words,
    }  # fmt: skip
    return browser.post(f"{page}/take-out", data=fields)


@pytest.mark.usefixtures("coded")
def test_words_go_off_the_record_and_no_coder_sees_them_again(service, built, as_role, page):
    researcher, coder = as_role("researcher"), as_role("coder")
    shown = take_out(researcher, page, service, built, "tick the box and go", "off-record")
    assert "1 passage will need a look" in shown.text
    assert standing(service, built).number == 1
    fields = fields_of(shown.text, 'class="accept"')
    done = researcher.post(f"{page}/take-out/off-record", data=fields)
    assert done.status_code == 303
    version = standing(service, built)
    assert "knock, [off the record]. Now I get" in version.text
    with service.store.reading() as session:
        row = session.scalars(select(Replacement)).one()
        assert (row.original, row.made_by) == ("tick the box and go", built.users["researcher"])
    study = f"/studies/{built.study_id}"
    for address in (page, f"{page}/versions", f"{page}/needs-a-look", f"{study}/needs-a-look"):
        seen = unescape(coder.get(address).text)
        assert "tick the box" not in seen, address
    hidden = coder.get(f"{page}/versions/1")
    assert hidden.status_code == 403
    assert "for researchers alone" in hidden.text
    assert "tick the box" in researcher.get(f"{page}/versions/1").text
    assert "tick the box" in researcher.get(f"{page}/needs-a-look").text


def test_of_a_coding_whose_words_all_went_off_the_record_coders_hear_nothing(
    service, built, as_role, page, coded
):
    researcher, coder = as_role("researcher"), as_role("coder")
    shown = take_out(researcher, page, service, built, SAID[HOUR][1], "off-record")
    researcher.post(f"{page}/take-out/off-record", data=fields_of(shown.text, 'class="accept"'))
    assert "1 passage needs a look" in researcher.get(page).text
    assert "Its words were put off the record." in researcher.get(f"{page}/needs-a-look").text
    study = f"/studies/{built.study_id}"
    for address in (study, f"{study}/transcripts", page):
        assert "passage needs a look" not in coder.get(address).text
    own = f"{page}/needs-a-look/{coded}"
    assert coder.get(own).status_code == 404
    assert coder.post(f"{own}/gone").status_code == 404
    assert researcher.post(f"{own}/gone").status_code == 303


def test_a_name_is_replaced_where_it_was_ticked(service, built, as_role, page, coded):
    researcher = as_role("researcher")
    shown = take_out(researcher, page, service, built, "mu", "replace")
    assert "Where it stands: one place" in shown.text
    fields = fields_of(shown.text, "/take-out/replace")
    at = re.findall(r'name="at" value="([^"]+)" checked', shown.text)
    wrong = researcher.post(f"{page}/take-out/replace", data={**fields, "at": at, "instead": " "})
    assert wrong.status_code == 422
    assert "Nothing was changed" in wrong.text
    done = researcher.post(
        f"{page}/take-out/replace",
        data={**fields, "at": at, "instead": "mother of P1", "kind": "person"},
    )
    assert done.status_code == 303, done.text
    assert "hour with [mother of P1] at the table" in standing(service, built).text
    with service.store.reading() as session:
        assert session.get(NeedsLook, coded) is None, "a coding goes with the words around a name"


def test_an_older_page_acts_on_nothing(service, built, as_role, page, coded):
    other = built.passage_ids[2]
    correct_hour(as_role, page)
    coder = as_role("coder")
    code = {"code_id": built.codes["relational"]}
    stale = coder.post(f"{page}/codings", data={**code, "version": 1, "passage": other})
    assert stale.status_code == 409
    assert "it is version 2 now" in stale.text
    waits = coder.post(f"{page}/codings", data={**code, "version": 2, "passage": coded})
    assert waits.status_code == 409
    assert "needs a look" in waits.text
    review = f"/studies/{built.study_id}/review"
    fields = {"on": coded, "seen": 1, "act": "confirm", "confirm": built.codes["relational"]}
    acted = coder.post(review, data=fields)
    assert acted.status_code == 409
    assert "needs a look before more is decided" in acted.text
    assert coder.get(review, params={"passage": coded}).status_code == 409
    with service.store.reading() as session:
        assert len(session.scalars(select(Decision)).all()) == 1


def test_segments_that_are_new_since_the_last_analysis_are_told(as_role, page):
    correct_hour(as_role, page)
    assert "new since the last analysis" in as_role("researcher").get(page).text


def test_coders_do_not_correct_and_other_studies_are_not_there(service, as_role, built, page):
    coder = as_role("coder")
    for address in (f"{page}/correct", f"{page}/take-out", f"{page}/take-out/replace"):
        assert coder.post(address, data={"version": 1, "words": "x"}).status_code == 403
    assert "Correct the text" not in coder.get(page).text
    assert 'data-does="off-record"' not in coder.get(page).text
    assert 'data-does="off-record"' in as_role("researcher").get(page).text
    other = service.study("Another study")
    theirs = f"/studies/{built.study_id}/transcripts/{other.transcript_ids[0]}"
    researcher = as_role("researcher")
    for address in ("correct", "versions", "versions/1", "needs-a-look"):
        assert researcher.get(f"{theirs}/{address}").status_code == 404, address
