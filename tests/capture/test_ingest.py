"""Taking readings into the record: whole, once, and with what was agreed."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from capture.collecting import Incoming, collect, expanded
from capture.ingest import ingest
from capture.models import Appearance, Passage, Segment, Transcript, TranscriptVersion, Turn
from capture.studies import attribute_id, begin_study
from transcripts.manifest import read_manifest
from transcripts.readers import read

TALK = "Facilitator: What changed?\n\nPractitioner 1: We had an hour 😀 with mum. It helped.\n"
MANIFEST = (
    "file,kind,record,date,wave,speaker,participant,role,place,scope,facilitator,innovation\n"
    "talk.txt,interview,verbatim,2024-03-01,2,Practitioner 1,P07,Family practitioner,Brookvale,"
    "quote with role,no,Walking Alongside\n"
)


def study_of(store):
    with store.writing() as session:
        return begin_study(session, "A study").id


def put(store, study_id, *files, **more):
    incoming = [Incoming(name, lambda data=data: data) for name, data in files]
    return collect(store, study_id, incoming, **more)


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_the_same_file_twice_adds_nothing(store):
    study_id = study_of(store)
    put(store, study_id, ("talk.txt", TALK.encode()))
    with store.reading() as session:
        before = [count(session, m) for m in (Transcript, Turn, Passage, Segment, Appearance)]
    again = put(store, study_id, ("renamed.txt", TALK.encode()))
    assert [took.added for took in again.already] == [False]
    with store.reading() as session:
        after = [count(session, m) for m in (Transcript, Turn, Passage, Segment, Appearance)]
    assert after == before


def test_segments_are_exactly_the_stored_text(store):
    put(store, study_of(store), ("talk.txt", TALK.encode()))
    with store.reading() as session:
        text = session.scalars(select(TranscriptVersion.text)).one()
        said = [text[p.start : p.end] for p in session.scalars(select(Passage))]
    assert said == ["What changed?", "We had an hour 😀 with mum. It helped."]


def test_whoever_asks_is_kept_out_of_finding_themes(store):
    put(store, study_of(store), ("talk.txt", TALK.encode()))
    with store.reading() as session:
        marks = session.scalars(select(Segment.kept_out).order_by(Segment.position)).all()
    assert marks == ["facilitator", None]


def test_without_a_manifest_nothing_may_be_quoted(store):
    put(store, study_of(store), ("talk.txt", TALK.encode()))
    with store.reading() as session:
        assert set(session.scalars(select(Appearance.scope))) == {"analysis only"}


def test_the_manifest_says_who_spoke_and_what_was_agreed(store):
    manifest = read_manifest("people.csv", MANIFEST.encode())
    put(store, study_of(store), ("talk.txt", TALK.encode()), manifest=manifest)
    with store.reading() as session:
        transcript = session.scalars(select(Transcript)).one()
        speaker = session.scalars(
            select(Appearance).where(Appearance.label == "Practitioner 1")
        ).one()
    assert (transcript.kind, transcript.wave) == ("interview", 2)
    assert (speaker.role, speaker.scope, speaker.place) == (
        "Family practitioner",
        "quote with role",
        "Brookvale",
    )
    assert speaker.participant_id is not None


def test_a_refused_file_costs_only_itself_and_stores_nothing(store):
    study_id = study_of(store)
    outcome = put(store, study_id, ("empty.txt", b""), ("talk.txt", TALK.encode()))
    assert [took.name for took in outcome.added] == ["Talk"]
    assert [error.sentence for error in outcome.refused] == ["empty.txt: the file is empty."]
    with store.reading() as session:
        assert count(session, Transcript) == 1


def test_a_survey_answer_with_an_unknown_scope_refuses_the_file(store):
    data = "Ref,Scope,What changed for you?\nR1,please ask me first,It became a calmer place.\n"
    manifest = read_manifest(
        "m.csv",
        b"file,kind,speaker,scope,survey_id,survey_attributes,survey_questions\n"
        b"s.csv,survey,,quote with role,Ref,Scope,What changed for you?\n",
    )
    outcome = put(store, study_of(store), ("s.csv", data.encode()), manifest=manifest)
    assert "please ask me first" in outcome.refused[0].sentence
    with store.reading() as session:
        assert count(session, Transcript) == 0
        assert count(session, Appearance) == 0


def test_who_withdrew_takes_no_part_in_themes_suggestions_or_review(store):
    manifest = read_manifest(
        "people.csv", MANIFEST.replace("quote with role", "withdrawn").encode()
    )
    put(store, study_of(store), ("talk.txt", TALK.encode()), manifest=manifest)
    with store.reading() as session:
        marks = session.scalars(select(Segment.kept_out).order_by(Segment.position)).all()
    assert marks == ["facilitator", "withdrawn"]


def test_what_a_manifest_puts_off_the_record_is_never_stored(store):
    study_id = study_of(store)
    rows = "file,kind,speaker,off_record\ntalk.txt,,,we had … with mum\n"
    manifest = read_manifest("people.csv", rows.encode())
    put(store, study_id, ("talk.txt", TALK.encode()), manifest=manifest)
    with store.reading() as session:
        text = session.scalars(select(TranscriptVersion.text)).one()
    assert text == "Facilitator: What changed?\n\nPractitioner 1: [off the record]. It helped.\n"
    other = read("other.txt", TALK.encode())
    with store.writing() as session, pytest.raises(ValueError, match="taken out before"):
        ingest(session, study_id, other, key="k", entry=manifest.rows_for("talk.txt"))


def test_an_attribute_is_one_however_it_is_capitalised(store):
    study_id = study_of(store)
    with store.writing() as session:
        one, other = (
            attribute_id(session, study_id, name) for name in ("innovation", "Innovation")
        )
    assert one == other


def test_a_zip_is_taken_in_as_its_files_with_what_its_manifest_says(store):
    study_id = study_of(store)
    files = {"all/talk.txt": TALK, "all/manifest.csv": MANIFEST, "all/more/notes.json": "{}"}
    opened = expanded(
        [
            Incoming("all.zip", lambda: zipped(files)),
            Incoming("other.txt", lambda: b"Jo: Yes, it did.\n"),
            Incoming("bad.zip", lambda: b"no zip"),
        ]
    )
    assert [error.name for error in opened.refused] == ["bad.zip"]
    assert opened.skipped == [
        ("all.zip/all/more/notes.json", "files that end in .json are not read")
    ]
    outcome = collect(store, study_id, opened.files)
    assert [took.name for took in outcome.added] == ["Talk", "Other"]
    with store.reading() as session:
        scopes = dict(session.execute(select(Appearance.label, Appearance.scope)).all())
    assert scopes["Practitioner 1"] == "quote with role"
    assert scopes["Jo"] == "analysis only"


def test_a_manifest_said_beside_goes_before_the_one_in_the_zip(store):
    files = {"talk.txt": TALK, "manifest.csv": MANIFEST}
    opened = expanded([Incoming("all.zip", lambda: zipped(files))])
    beside = read_manifest("m.csv", MANIFEST.replace("quote with role", "withdrawn").encode())
    collect(store, study_of(store), opened.files, manifest=beside)
    with store.reading() as session:
        scopes = dict(session.execute(select(Appearance.label, Appearance.scope)).all())
    assert scopes["Practitioner 1"] == "withdrawn"


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()
