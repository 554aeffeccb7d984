"""An analysis over a record that changes under it: nothing fails, nothing is left behind."""

import pytest
from sqlalchemy import func, select

from capture.collecting import Incoming, collect, take
from capture.jobs import Bench
from capture.models import (
    Appearance,
    CandidateTheme,
    Passage,
    Segment,
    Suggestion,
    Transcript,
    TranscriptVersion,
)
from capture.runs.noticing import embed_some, embedded_segments, plan_discovery, plan_embedding
from codebook.beginnings import begin
from codebook.curation import add_code
from codebook.entries import CodeEntry
from codebook.learning.job import learn, plan_learning
from codebook.reports import suggestions_report
from tests.agreeing import scope_for_all
from tests.builders import build_study
from transcripts.manifest import FileEntry, SpeakerEntry

FIRST = b"Practitioner 1: My caseload went down and I had an hour with each family, every week.\n"
SECOND = b"Manager 2: The funding was cut, and the grant that pays for the posts ends in March.\n"


@pytest.fixture
def bench(store, settings, embedder):
    made = Bench(store, settings)
    made._embedder.append(embedder)
    return made


@pytest.fixture
def study_id(store):
    with store.writing() as session:
        return begin(session, "A study").id


def put(store, study_id, name, data):
    assert collect(store, study_id, [Incoming(name, lambda: data)]).added


def suggested(store, name):
    with store.reading() as session:
        return session.scalar(
            select(func.count(Suggestion.id))
            .join(Passage, Passage.id == Suggestion.passage_id)
            .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
            .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
            .where(Transcript.file_name == name)
        )


def test_a_file_uploaded_after_embedding_was_planned_is_embedded_all_the_same(
    bench, store, study_id
):
    put(store, study_id, "first.txt", FIRST)
    assert plan_embedding(bench, study_id) == 1
    embed_some(bench, study_id, 0)
    put(store, study_id, "second.txt", SECOND)
    segments, vectors = embedded_segments(bench, study_id)
    assert len(segments) == len(vectors) == 2


def test_what_comes_during_suggesting_is_suggested_for_the_next_time(bench, store, study_id):
    put(store, study_id, "first.txt", FIRST)
    report = bench.report
    bench.report = lambda *_: put(store, study_id, "second.txt", SECOND)
    learn(bench, study_id, 0)
    bench.report = report
    assert suggested(store, "second.txt") == 0
    assert plan_learning(bench, study_id) == 1
    learn(bench, study_id, 0)
    assert suggested(store, "second.txt") > 0
    assert plan_learning(bench, study_id) == 0


def test_a_new_code_calls_for_new_suggestions(bench, store, study_id):
    put(store, study_id, "first.txt", FIRST)
    learn(bench, study_id, 0)
    with store.writing() as session:
        user = build_study(session, "Other").users["coder"]
        entry = CodeEntry("", "Grants", "conditions", "That a grant ends.")
        add_code(session, study_id, entry, user_id=user)
    assert plan_learning(bench, study_id) == 1


def test_who_withdraws_is_in_no_answer_any_more(bench, store, study_id):
    put(store, study_id, "first.txt", FIRST)
    learn(bench, study_id, 0)
    with store.writing() as session:
        assert suggestions_report(session, study_id)["suggestions"]
        transcript_id = session.scalars(select(Transcript.id)).one()
        scope_for_all(session, study_id, transcript_id, "withdrawn")
        assert suggestions_report(session, study_id)["suggestions"] == []
    assert suggested(store, "first.txt") == 0


def test_a_changed_scope_leaves_the_mark_of_a_near_duplicate(store, study_id):
    put(store, study_id, "first.txt", FIRST)
    with store.writing() as session:
        segment = session.scalars(select(Segment)).one()
        segment.kept_out = "near-duplicate"
        transcript_id = session.scalars(select(Transcript.id)).one()
        scope_for_all(session, study_id, transcript_id, "quote with role")
        assert segment.kept_out == "near-duplicate"


def test_words_that_nobody_is_named_for_are_never_agreed_to_be_quoted(store, study_id):
    data = b"Interviewer: What changed?\n\nSomebody off the microphone says that it all did.\n"
    agreed = FileEntry(everyone=SpeakerEntry(scope="quote with role"))
    take(store, study_id, "talk.txt", data, entry=agreed)
    with store.reading() as session:
        scopes = dict(session.execute(select(Appearance.label, Appearance.scope)).all())
    assert scopes == {"Interviewer": "quote with role", "Unnamed speaker": "analysis only"}


def test_a_speaker_really_called_unnamed_stands_beside_one_without_a_label(store, study_id):
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello there, everyone.\n\n"
    data += b"00:03.000 --> 00:04.000\n<v Unnamed speaker>And hello to you.\n"
    put(store, study_id, "talk.vtt", data)
    with store.reading() as session:
        assert len(set(session.scalars(select(Appearance.label)))) == len(
            session.scalars(select(Appearance.id)).all()
        )


def test_nothing_is_looked_for_twice(bench, store, study_id):
    put(store, study_id, "first.txt", FIRST)
    assert plan_discovery(bench, study_id) == 1
    with store.reading() as session:
        assert session.scalar(select(func.count(CandidateTheme.id))) == 0
