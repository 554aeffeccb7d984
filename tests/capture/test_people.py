from datetime import date

import pytest
from sqlalchemy import select

from capture.errors import NotFound, Unfit
from capture.models import Appearance, Participant, Segment, Transcript
from capture.people import (
    describe_speakers,
    describe_transcript,
    known_words,
)
from capture.people_said import SpeakerSaid, read_speaker_form, read_transcript_form
from capture.store import Store
from tests.builders import build_study
from transcripts.errors import RefusedManifest
from transcripts.manifest import read_manifest

FORM = {
    "name": " Focus group, place B ",
    "kind": "Focus Group",
    "record": "notes",
    "held_on": "2021-03-15",
    "wave": "2",
    "place": "",
}


def speaker(session, transcript_id, label):
    asked = select(Appearance).where(
        Appearance.transcript_id == transcript_id, Appearance.label == label
    )
    return session.scalars(asked).one()


def test_what_is_typed_about_a_transcript_is_stored(store: Store):
    with store.writing() as session:
        built = build_study(session)
        describe_transcript(
            session, built.study_id, built.transcript_ids[0], read_transcript_form(FORM)
        )
    with store.reading() as session:
        row = session.get_one(Transcript, built.transcript_ids[0])
        assert (row.name, row.kind, row.record) == ("Focus group, place B", "focus group", "notes")
        assert (row.held_on, row.wave, row.place) == (date(2021, 3, 15), 2, None)


def entry(day: str, wave: str):
    row = f"file,kind,speaker,date,wave\ntalk.txt,interview,P1,{day},{wave}\n"
    return read_manifest("people.csv", row.encode()).rows_for("talk.txt")


@pytest.mark.parametrize("wave", ["0", "7", "9999", "10000", "-1", "1.5", "+1"])
@pytest.mark.parametrize("day", ["2021-03-15", "20210315", "2021-W11-1", "2021-02-30"])
def test_a_form_takes_the_days_and_waves_that_a_manifest_takes(day, wave):
    try:
        meant = entry(day, wave)
    except RefusedManifest:
        with pytest.raises(Unfit):
            read_transcript_form(FORM | {"held_on": day, "wave": wave})
    else:
        typed = read_transcript_form(FORM | {"held_on": day, "wave": wave})
        assert (typed.held_on, typed.wave) == (meant.date, meant.wave)


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [
        ("name", "  ", "no name"),
        ("kind", "podcast", "“podcast” is not a kind of transcript"),
        ("record", "", "No kind of record was chosen"),
        ("held_on", "2021-02-30", "“2021-02-30” is not a day"),
        ("held_on", "20210315", "“20210315” is not a day"),
        ("wave", "two", "“two” is not a wave"),
        ("wave", "12345", "“12345” is not a wave"),
        ("wave", "²", "“²” is not a wave"),
        ("place", "x" * 121, "The place has 121 characters"),
    ],
)
def test_a_field_that_will_not_do_is_named_in_a_sentence(field, typed, named):
    with pytest.raises(Unfit, match=named) as refused:
        read_transcript_form(FORM | {field: typed})
    assert refused.value.way_out


def test_an_unknown_scope_names_the_speaker_and_the_scopes_there_are():
    with pytest.raises(Unfit, match="scope for P1") as refused:
        read_speaker_form("P1", {"scope": "public"})
    assert "analysis only" in refused.value.way_out


def test_two_labels_can_be_one_participant(store: Store):
    with store.writing() as session:
        built = build_study(session)
        first, second = (
            speaker(session, transcript_id, "P2") for transcript_id in built.transcript_ids
        )
        for row in (first, second):
            said = SpeakerSaid(scope="quote with role", role="Social worker", participant="Ash")
            describe_speakers(session, built.study_id, row.transcript_id, {row.id: said})
    with store.reading() as session:
        ash = session.scalars(select(Participant).where(Participant.pseudonym == "Ash")).one()
        for row_id in (first.id, second.id):
            assert session.get_one(Appearance, row_id).participant_id == ash.id
        known = known_words(session, built.study_id)
    assert known.pseudonyms == ("Ash", "P1")
    assert known.roles == ("Family practitioner", "Health visitor", "Social worker")
    assert known.places == ("Brookvale", "Harrowmere")


def test_a_speaker_made_facilitator_leaves_theme_finding_and_can_come_back(store: Store):
    with store.writing() as session:
        built = build_study(session)
        row = speaker(session, built.transcript_ids[0], "P1")
        transcript_id, passage_id = built.transcript_ids[0], built.passage_ids[1]
        asking = SpeakerSaid(scope="analysis only", facilitator=True)
        describe_speakers(session, built.study_id, transcript_id, {row.id: asking})
        assert session.get_one(Segment, passage_id).kept_out == "facilitator"
        describe_speakers(
            session, built.study_id, transcript_id, {row.id: SpeakerSaid(scope="analysis only")}
        )
        assert session.get_one(Segment, passage_id).kept_out is None


def test_a_speaker_or_transcript_of_another_study_is_not_found(store: Store):
    with store.writing() as session:
        one = build_study(session)
        other = build_study(session, "Another study")
        theirs = speaker(session, other.transcript_ids[0], "P1")
        said = SpeakerSaid(scope="withdrawn")
        with pytest.raises(NotFound):
            describe_speakers(session, one.study_id, one.transcript_ids[0], {theirs.id: said})
        with pytest.raises(NotFound):
            describe_speakers(session, one.study_id, other.transcript_ids[0], {theirs.id: said})
        assert theirs.scope == "quote with role"
