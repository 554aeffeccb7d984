from datetime import date

from capture.models import Appearance, Transcript, TranscriptVersion
from capture.store import Store
from capture.transcript_list import Wanted, choices, list_transcripts
from tests.builders import SAID, build_study


def test_each_transcript_says_what_is_in_it(store: Store):
    with store.writing() as session:
        built = build_study(session)
        version = session.query(TranscriptVersion).first()
        assert version is not None
        version.left_out = [
            {"what": "heading", "where": "line 1", "why": "not speech", "words": 7},
            {"what": "note", "where": "line 9", "why": "not speech", "words": 4},
        ]
        build_study(session, "Another study")
        first, second = list_transcripts(session, built.study_id)
    assert first.transcript.name == "Focus group 1"
    assert (first.speakers, first.facilitators, first.segments) == (4, 1, 5)
    assert first.words == sum(len(said.split()) for _, said in SAID)
    assert (first.left_out, first.left_out_items) == (11, 2)
    assert second.left_out == 0


def test_speakers_without_a_participant_need_a_look_but_not_facilitators_or_surveys(store: Store):
    with store.writing() as session:
        built = build_study(session)
        first = list_transcripts(session, built.study_id)[0]
        assert first.needs_a_look == "2 speakers without a participant"
        session.get_one(Transcript, built.transcript_ids[0]).kind = "survey"
        session.flush()
        by_id = {one.transcript.id: one for one in list_transcripts(session, built.study_id)}
        assert by_id[built.transcript_ids[0]].needs_a_look == ""
        session.get_one(Transcript, built.transcript_ids[0]).kind = "interview"
        for row in session.query(Appearance).filter(Appearance.label.in_(("P2", "P3"))):
            row.facilitator = True
        session.flush()
        assert list_transcripts(session, built.study_id)[0].needs_a_look == ""


def test_the_list_is_by_date_with_undated_last_and_can_be_filtered(store: Store):
    with store.writing() as session:
        built = build_study(session)
        second = session.get_one(Transcript, built.transcript_ids[1])
        second.held_on = date(2020, 1, 1)
        session.flush()
        found = list_transcripts(session, built.study_id)
    assert [one.transcript.id for one in found] == built.transcript_ids[::-1]
    offered = choices(found)
    assert offered.kinds == ("focus group",)
    assert offered.waves == (1, 2)
    assert offered.places == ("Brookvale", "Harrowmere")
    wanted = Wanted(kind="focus group", wave=2, place="Harrowmere")
    assert [one.transcript.id for one in found if wanted.takes(one.transcript)] == [second.id]
