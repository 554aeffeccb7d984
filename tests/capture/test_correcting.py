"""Passages go with their words into a corrected text, or wait; nothing that people made is lost."""

import time
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.corrections.correcting import back_to, correct, foresee, likely_corrects
from capture.corrections.plan import COLLIDES
from capture.corrections.versions import find_version, is_hidden, reading_of_version, versions_of
from capture.errors import NotFound
from capture.ingest import already_there, content_key
from capture.models import (
    Appearance,
    CandidateMember,
    CandidateTheme,
    Decision,
    NeedsLook,
    PassageMove,
    Quote,
    Replacement,
    Segment,
    Suggestion,
    Transcript,
    TranscriptVersion,
    Turn,
    Vector,
)
from capture.store import Store
from tests.builders import build_study
from tests.capture.corrections import Tally, corrected_at_random
from tests.coded_talk import TALK, Talk, paper
from transcripts.anchoring import CHANGED, GONE, MOVED
from transcripts.manifest import FileEntry, SpeakerEntry
from transcripts.off_record import stretches_off
from transcripts.readers import read
from transcripts.replacing import Stretch, take_out
from transcripts.through_brackets import PARTLY_OFF, PUT_OFF
from transcripts.turns import Reading


@pytest.fixture
def session(store: Store):
    with store.writing() as session:
        yield session


@pytest.fixture
def talk(session: Session) -> Talk:
    return Talk(session)


def test_a_passage_goes_with_its_words_and_all_that_hangs_on_it(talk):
    hour = talk.mark("a whole hour with mum")
    talk.session.add(Quote(study_id=talk.built.study_id, passage_id=hour.id, chosen_by=talk.coder))
    done = talk.correct("We used to knock", "We always used to knock")
    assert (done.version.number, done.moved, done.needs_look) == (2, 1, 0)
    assert talk.stands(hour)
    assert talk.words(hour) == "a whole hour with mum"
    move = talk.session.scalars(select(PassageMove)).one()
    assert (move.passage_id, move.from_end - move.from_start, move.made_by) == (hour.id, 21, None)
    for row in (Decision, Quote):
        assert talk.session.scalars(select(row.passage_id)).all() == [hour.id]


def test_a_passage_whose_words_changed_waits_on_its_own_version(talk):
    hour = talk.mark("a whole hour with mum")
    done = talk.correct("a whole hour", "a half hour")
    assert (done.moved, done.needs_look) == (0, 1)
    assert talk.waits(hour) == (CHANGED, "a half hour with mum")
    assert talk.words(hour) == "a whole hour with mum"
    gone = talk.mark("nobody said so")
    talk.correct(" and nobody said so", "")
    assert talk.waits(gone) == (GONE, None)


def test_the_version_says_who_made_it_and_why(talk):
    done = talk.correct("tick the box", "tick a box", why="corrected", file_sha256="abc")
    version = done.version
    assert (version.why, version.file_sha256, version.made_by) == (
        "corrected",
        "abc",
        talk.researcher,
    )
    assert [one.number for one in versions_of(talk.session, talk.transcript)] == [2, 1]


def test_the_same_text_with_the_same_speakers_makes_no_version(talk):
    done = talk.becomes(TALK)
    assert not done.changed
    assert talk.transcript.version == 1


def test_a_segment_whose_words_are_the_same_stays_the_same_passage(talk):
    before = {p: talk.segment(p).id for p in ("What has changed", "Well, for us", "True, but")}
    talk.session.add(
        Suggestion(
            passage_id=before["Well, for us"],
            code_id=talk.built.codes["relational"],
            score=0.5,
            source="codebook",
            model="test",
            codebook_version=1,
        )
    )
    done = talk.correct("tick the box", "tick every box")
    assert done.kept == 3
    assert {words: talk.segment(words).id for words in before} == before
    turn = talk.session.get_one(Segment, before["True, but"]).turn_id
    assert talk.session.get_one(Turn, turn).version_id == talk.version.id
    assert talk.session.scalars(select(Suggestion.passage_id).where(
        Suggestion.passage_id == before["Well, for us"])).all()  # fmt: skip


def test_a_machines_passage_nobody_worked_with_goes_with_what_the_machine_made_of_it(talk):
    old = talk.segment("We used to knock")
    theme = talk.session.scalars(select(CandidateTheme)).first()
    assert theme
    talk.session.add(CandidateMember(candidate_id=theme.id, passage_id=old.id, strength=0.9))
    talk.session.flush()
    done = talk.correct("tick the box", "tick every box")
    assert done.gone >= 1
    for row in (Suggestion, CandidateMember, Segment):
        assert not talk.session.scalars(select(row).where(row.passage_id == old.id)).all()
    assert talk.session.get(NeedsLook, old.id) is None
    new = talk.segment("We used to knock")
    assert new.id > old.id, "its number is never given again: a page may still show it"
    assert theme.transcripts == 2


def test_a_segment_that_was_judged_waits_and_a_new_one_stands_in_its_place(talk):
    old = talk.segment("The caseloads crept up")
    talk.code(old)
    talk.correct("crept up", "went up")
    why, proposed = talk.waits(old)
    assert why == CHANGED
    new = talk.segment("The caseloads went up")
    assert proposed == talk.words(new)
    assert talk.session.get(Segment, old.id) is None


def test_judged_words_that_are_cut_otherwise_now_stand_as_a_passage(talk):
    old = talk.segment("Well, for us")
    talk.code(old)
    talk.correct("nobody said so.\n", "nobody said so.\n\nP1: I did.\n")
    assert talk.stands(old)
    split = "The caseloads crept up"
    talk.correct(f". {split}", f".\n\nFacilitator: {split}")
    assert talk.stands(old)
    assert "Facilitator: The caseloads" in talk.words(old)
    assert talk.session.get(Segment, old.id) is None
    talk.correct(f".\n\nFacilitator: {split}", f". {split}")
    assert talk.segment(split).id == old.id


def test_what_was_moved_elsewhere_is_proposed_there(talk):
    box = talk.mark("tick the box and go")
    paragraphs = TALK.strip().split("\n\n")
    talk.becomes("\n\n".join([paragraphs[0], *paragraphs[2:], paragraphs[1]]) + "\n")
    assert talk.waits(box) == (MOVED, "tick the box and go")


def test_passages_that_overlap_wait_and_come_back_each_for_itself(talk):
    whole, part = talk.mark("a whole hour with"), talk.mark("whole hour")
    talk.correct("a whole hour with", "a whole hou with")
    assert {talk.waits(one)[0] for one in (whole, part)} == {CHANGED}
    talk.correct("a whole hou with", "a whole hour with")
    assert talk.stands(whole)
    assert talk.stands(part)


def test_a_collision_is_listed(talk):
    first = talk.mark("she tells me how it is.")
    second = talk.mark("she tells me how it is")
    talk.correct("how it is. Hill", "how it is Hill")
    assert talk.words(first) == "she tells me how it is"
    assert talk.waits(second) == (COLLIDES, "she tells me how it is")


def test_going_back_brings_back_what_was_coded_and_keeps_what_came_since(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "a half hour")
    since = talk.mark("a half hour")
    other = talk.mark("the caseloads crept up".capitalize())
    first = find_version(talk.session, talk.transcript, 1)
    done = back_to(talk.session, talk.transcript, first, made_by=talk.researcher)
    assert (done.version.number, done.version.text, done.returned) == (3, first.text, 1)
    assert done.version.why == "went back to version 1"
    assert talk.stands(hour)
    assert talk.stands(other)
    assert talk.session.get(NeedsLook, hour.id) is None
    assert talk.waits(since)[0] == CHANGED
    again = find_version(talk.session, talk.transcript, 2)
    back_to(talk.session, talk.transcript, again, made_by=talk.researcher)
    assert talk.stands(since)
    assert talk.waits(hour)[0] == CHANGED


def test_a_passage_that_waits_is_tried_again_with_the_words_it_had(talk):
    hour = talk.mark("a whole hour with mum")
    talk.correct("a whole hour", "a half hour")
    talk.correct("tick the box", "tick every box")
    assert talk.waits(hour) == (CHANGED, "a half hour with mum")
    talk.correct("a half hour", "a whole hour")
    assert talk.stands(hour)


def test_labels_go_to_the_speakers_that_are_there(talk):
    p1 = talk.session.scalars(
        select(Appearance).where(
            Appearance.transcript_id == talk.transcript.id, Appearance.label == "P1"
        )
    ).one()
    p1.scope, p1.also_called = "quote with role", ["Practitioner 1"]
    talk.correct("P1: True", "PRACTITIONER 1: True")
    last = reading_of_version(talk.session, talk.version).turns[-1]
    assert last.speaker == "P1"
    everyone = talk.session.scalars(
        select(Appearance).where(Appearance.transcript_id == talk.transcript.id)
    ).all()
    assert len(everyone) == 3


def test_a_new_label_is_a_new_speaker_for_analysis_only_unless_more_was_said(talk):
    talk.correct("P2: Well", "P9: Well")
    new = talk.session.scalars(select(Appearance).where(Appearance.label == "P9")).one()
    assert (new.scope, new.facilitator) == ("analysis only", False)
    entry = FileEntry(speakers={"P8": SpeakerEntry(role="manager", scope="quote with role")})
    talk.correct("P9: Well", "P8: Well", entry=entry)
    said = talk.session.scalars(select(Appearance).where(Appearance.label == "P8")).one()
    assert (said.role, said.scope) == ("manager", "quote with role")
    old = talk.session.scalars(
        select(Appearance).where(
            Appearance.transcript_id == talk.transcript.id, Appearance.label == "P2"
        )
    ).one()
    first = find_version(talk.session, talk.transcript, 1)
    back_to(talk.session, talk.transcript, first, made_by=None)
    turns = talk.session.scalars(select(Turn).where(Turn.version_id == talk.version.id))
    assert old.id in {turn.appearance_id for turn in turns}


def test_a_label_can_be_said_to_be_someone_who_is_there_and_only_there(talk):
    p2 = talk.session.scalars(
        select(Appearance).where(
            Appearance.transcript_id == talk.transcript.id, Appearance.label == "P2"
        )
    ).one()
    talk.correct("P2: Well", "Practitioner Two: Well", speakers={"Practitioner Two": p2.id})
    assert (p2.label, p2.also_called) == ("Practitioner Two", ["P2"])
    stranger = talk.session.scalars(
        select(Appearance.id).where(Appearance.transcript_id != talk.transcript.id)
    ).first()
    with pytest.raises(NotFound):
        talk.correct("Practitioner Two", "P5", speakers={"P5": stranger})


def test_a_corrected_file_is_known_again(talk):
    data = TALK.replace("tick the", "tick a").encode()
    key = content_key(data)
    correct(talk.session, talk.transcript, read("talk v2.txt", data), made_by=None, file_sha256=key)
    there = already_there(talk.session, talk.built.study_id, key)
    assert there is not None
    assert there.transcript_id == talk.transcript.id


def taken_out(talk: Talk, *words: str, instead: str = "[School A]", kind: str = "organisation"):
    reading = reading_of_version(talk.session, talk.version)
    text = reading.text
    going = [Stretch(text.index(one), text.index(one) + len(one), instead, kind) for one in words]
    replaced = take_out(reading, going)
    return correct(
        talk.session,
        talk.transcript,
        replaced.reading,
        why="words taken out",
        made_by=talk.researcher,
        log=replaced.log,
    )


def test_a_replaced_name_takes_its_codings_along_and_hides_what_was_before(talk):
    rang = talk.mark("Hill School rang me")
    exact = talk.mark("Hill School")
    done = taken_out(talk, "Hill School")
    assert talk.words(rang) == "[School A] rang me"
    assert talk.words(exact) == "[School A]"
    assert (done.moved, done.needs_look) == (2, 0)
    assert done.version.hides_earlier
    assert is_hidden(talk.session, find_version(talk.session, talk.transcript, 1))
    assert not is_hidden(talk.session, done.version)
    row = talk.session.scalars(select(Replacement)).one()
    assert (row.version_id, row.original, row.instead) == (
        done.version.id,
        "Hill School",
        "[School A]",
    )


def test_the_log_is_carried_on_and_is_told_in_every_version_of_the_text(talk):
    taken_out(talk, "Hill School")
    done = talk.correct("tick the box", "tick every single box")
    rows = talk.session.scalars(
        select(Replacement).where(Replacement.version_id == done.version.id)
    )
    assert [(one.original, talk.version.text[one.start : one.end]) for one in rows] == [
        ("Hill School", "[School A]")
    ]
    assert not done.version.hides_earlier
    assert is_hidden(talk.session, find_version(talk.session, talk.transcript, 1))
    talk.correct("[School A] rang me", "They rang me")
    assert not talk.session.scalars(
        select(Replacement).where(Replacement.version_id == talk.version.id)
    ).all()


def test_going_back_to_a_text_takes_its_log_along_as_it_was_written(talk):
    done = taken_out(talk, "Hill School")
    talk.correct("[School A] rang me", "They rang me")
    back_to(talk.session, talk.transcript, done.version, made_by=talk.coder)
    rows = talk.session.scalars(
        select(Replacement).where(Replacement.version_id == talk.version.id)
    )
    assert [(one.original, one.made_by) for one in rows] == [("Hill School", talk.researcher)]


def test_a_name_that_is_put_back_takes_its_codings_along(talk):
    taken_out(talk, "Hill School")
    rang = talk.mark("[School A] rang me")
    talk.correct("[School A]", "Hill School", why="put back")
    assert talk.words(rang) == "Hill School rang me"


def off_record(talk: Talk, words: str):
    reading = reading_of_version(talk.session, talk.version)
    start = reading.text.index(words)
    told, going = stretches_off(reading, [(start, start + len(words))])
    replaced = take_out(told, going)
    return correct(
        talk.session,
        talk.transcript,
        replaced.reading,
        why="words taken out",
        made_by=talk.researcher,
        log=replaced.log,
    )


def test_words_put_off_the_record_leave_their_codings_to_a_person(talk):
    whole = talk.mark("she tells me how it is")
    part = talk.mark("at the table, and she tells me")
    beside = talk.mark("We used to knock")
    done = off_record(talk, "she tells me how it is. Hill School rang me about it")
    assert talk.waits(whole) == (PUT_OFF, None)
    assert talk.waits(part) == (PARTLY_OFF, "at the table, and [off the record]")
    assert talk.stands(beside)
    assert done.version.hides_earlier
    assert "Hill School" not in done.version.text


def test_a_name_replaced_before_may_go_off_the_record_with_the_words_around_it(talk):
    taken_out(talk, "Hill School")
    rang = talk.mark("[School A] rang me")
    off_record(talk, "[School A] rang me about it")
    assert talk.waits(rang)[0] == PUT_OFF
    rows = talk.session.scalars(
        select(Replacement).where(Replacement.version_id == talk.version.id)
    ).all()
    assert [one.original for one in rows] == ["[School A] rang me about it"]


def test_vectors_of_words_taken_out_are_forgotten(talk):
    segment = talk.segment("Hill School rang me")
    key = talk.session.get_one(Segment, segment.id).text_sha256
    other = talk.session.get_one(Segment, talk.segment("Well, for us").id).text_sha256
    for one in (key, other):
        talk.session.add(Vector(text_sha256=one, model="test", precision="fp32", data=b""))
    talk.session.flush()
    taken_out(talk, "Hill School")
    assert talk.session.scalars(select(Vector.text_sha256)).all() == [other]


def test_what_is_foreseen_is_what_happens(talk):
    talk.mark("a whole hour with mum")
    talk.mark("The caseloads crept up")
    new = paper(TALK.replace("crept up", "went up"))
    seen = foresee(talk.session, talk.transcript, new)
    assert (len(seen.moves), seen.new_looks) == (1, 1)
    assert talk.transcript.version == 1
    done = correct(talk.session, talk.transcript, new, made_by=None)
    assert (done.moved, done.needs_look) == (1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "talk (corrected).txt",
        "Talk_v2.docx",
        "talk-final.txt",
        "talk (1).txt",
        "TALK version 3.txt",
    ],
)
def test_a_file_of_the_same_name_is_likely_a_corrected_one(talk, name):
    other = paper("P1: Something that was never said before, by anyone we ever met anywhere.")
    found = likely_corrects(talk.session, talk.built.study_id, name, other)
    assert found is not None
    assert found.id == talk.transcript.id
    assert likely_corrects(talk.session, talk.built.study_id, "a talk.txt", other) is None


def test_a_file_that_says_mostly_the_same_is_likely_a_corrected_one(talk):
    mended = paper(TALK.replace("tick", "cross").replace("hour", "morning").replace("P1", "Asha"))
    found = likely_corrects(talk.session, talk.built.study_id, "recording-0007.txt", mended)
    assert found is not None
    assert found.id == talk.transcript.id


def test_among_two_hundred_transcripts_it_is_found_while_one_waits(talk):
    random = Random(7)  # noqa: S311 - the same every time
    words = [f"word{number}" for number in range(3_000)]
    texts = [" ".join(random.choices(words, k=6_000)) for _ in range(200)]
    for number, text in enumerate(texts):
        other = Transcript(
            study_id=talk.built.study_id, name=f"Talk {number}", file_name=f"{number}.txt",
            file_sha256=f"talk {number}", kind="interview",
        )  # fmt: skip
        talk.session.add(other)
        talk.session.flush()
        talk.session.add(TranscriptVersion(transcript_id=other.id, text=text, text_sha256=""))
    talk.session.flush()
    mended = Reading("new.txt", texts[120].replace("word7", "Word 7,"), ())
    begun = time.process_time()
    found = likely_corrects(talk.session, talk.built.study_id, "new.txt", mended)
    assert time.process_time() - begun < 6  # 0.4 s on the machine of docs/measurements.md
    assert found is not None
    assert found.name == "Talk 120"


def test_at_random_every_coding_goes_with_its_words_or_is_listed(store: Store):
    tally = Tally()
    with store.writing() as session:
        built = build_study(session)
        for seed in range(CORRECTED):
            corrected_at_random(session, built, seed, tally)
        assert session.scalar(select(func.count()).select_from(NeedsLook)) == 0
    assert tally.corrections == 4 * CORRECTED
    assert tally.stand > tally.passages / 2


CORRECTED = 75
"""Transcripts, each corrected four times; `python -m benchmarks.correcting` does a thousand."""
