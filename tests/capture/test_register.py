"""The register: one name one pseudonym in the whole study, and a log of what was taken out."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.correcting import correct
from capture.corrections.versions import reading_of_version
from capture.errors import Conflict, NotFound, Unfit
from capture.ingest import content_key, ingest
from capture.models import (
    Draft,
    Participant,
    RegisterEntry,
    Replacement,
    Study,
    Transcript,
    TranscriptVersion,
)
from capture.names.entries import (
    EntrySaid,
    add_entry,
    change_entry,
    listed_entries,
    read_entry_form,
    remove_entry,
)
from capture.names.lists import Brought, bring, read_list, read_pasted
from capture.names.putting_back import put_back
from capture.names.register import (
    carry_replacements,
    known_names,
    note_replacements,
    proposed_finds,
    replacements_of,
)
from capture.names.replaced import log_page
from capture.names.still_standing import still_standing
from capture.transcript_view import find_transcript, standing_version
from transcripts.reading_json import reading_to_json
from transcripts.replacing import OFF_THE_RECORD, OFF_THE_RECORD_MARK, Stretch, take_out
from transcripts.turns import Reading, Turn

SAID = (
    ("Mary Okafor", "My son Callum went to Hill Primary School, in Brayfold. Ring 07700 900123."),
    ("Interviewer", "And did Callum like it, Mary? What about Dr Lowe?"),
    ("Mary Okafor", "Callum's teacher did. Okafor is my name, by the way."),
)


def reading(said=SAID, name: str = "talk.txt") -> Reading:
    text, turns = "", []
    for who, words in said:
        start = len(text) + len(who) + 2
        text += f"{who}: {words}\n"
        turns.append(Turn(who, start, start + len(words)))
    return Reading(name, text, tuple(turns))


@pytest.fixture
def session(store):
    with store.writing() as opened:
        yield opened


@pytest.fixture
def study(session: Session) -> int:
    row = Study(name="Walking with families")
    session.add(row)
    session.flush()
    return row.id


def proposed(session: Session, study: int, what: Reading) -> dict[str, str]:
    return {one.words: one.instead for one in proposed_finds(session, study, what)}


def stored(session: Session, study: int, said=SAID, off: str = "") -> Transcript:
    """A transcript with everything replaced that was proposed, as accepting a draft does it."""
    what = reading(said)
    stretches = [
        Stretch(one.start, one.end, one.instead, one.kind)
        for one in proposed_finds(session, study, what)
    ]
    if off:
        start = what.text.index(off)
        stretches.append(Stretch(start, start + len(off), OFF_THE_RECORD_MARK, OFF_THE_RECORD))
    clean = take_out(what, stretches)
    key = content_key(what.text.encode())
    took = ingest(session, study, clean.reading, key=key)
    transcript = find_transcript(session, study, took.transcript_id)
    version = standing_version(session, transcript)
    note_replacements(session, study, version.id, clean.log)
    return transcript


def named(session: Session, study: int) -> dict[str, str]:
    return {one.name: one.stands_as for one in known_names(session, study)}


def test_each_find_has_what_is_to_stand_instead_and_one_name_one_pseudonym(session, study):
    assert proposed(session, study, reading()) == {
        "Mary Okafor": "[person 1]",
        "Mary": "[person 1]",
        "Okafor": "[person 1]",
        "Callum": "[child 1]",
        "Hill Primary School": "[School A]",
        "Brayfold": "[place A]",
        "07700 900123": "[phone number]",
        "Lowe": "[colleague 1]",
    }


def test_another_file_gets_the_same_for_what_is_known_and_something_new_for_the_rest(
    session, study
):
    stored(session, study)
    other = reading(
        (("P1", "Callum left Mill Primary School for Hill Primary School. Dr Osei ..."),)
    )
    assert proposed(session, study, other) == {
        "Callum": "[child 1]",
        "Mill Primary School": "[School B]",
        "Hill Primary School": "[School A]",
        "Osei": "[colleague 2]",
    }


def test_names_of_files_that_wait_are_the_same_too(session, study):
    text = "P1: We were at Hill Primary School."
    start = text.index("Hill")
    find = {"start": start, "end": len(text) - 1, "kind": "organisation", "accepted": None}
    waiting = Draft(
        study_id=study,
        file_name="a.txt",
        file_sha256="a",
        data=b"",
        reading=reading_to_json(Reading("a.txt", text, ())),
        said={"finds": [find | {"instead": "[School A]"}]},
    )
    session.add(waiting)
    session.flush()
    other = reading((("P1", "First Mill Primary School, then Hill Primary School."),))
    assert proposed(session, study, other) == {
        "Mill Primary School": "[School B]",
        "Hill Primary School": "[School A]",
    }


def test_a_pseudonym_of_a_participant_stands_for_nobody_else(session, study):
    session.add(Participant(study_id=study, pseudonym="child 1"))
    session.flush()
    assert proposed(session, study, reading())["Callum"] == "[child 2]"


def test_a_speakers_label_that_is_a_name_is_found_wherever_they_are_spoken_of(session, study):
    what = reading((("Xanthe", "I said it."), ("Practitioner 2", "xanthe did, I was there.")))
    places = [one.start for one in proposed_finds(session, study, what)]
    assert places == [0, what.text.index("xanthe")]


def test_a_label_with_the_surname_first_is_one_name_of_one_person(session, study):
    said = (
        ("Rowan, Asha (Childrens Services)", "What did Tam do first?"),
        ("O&Neil, Tam (Guest)", "We asked Asha Rowan."),
    )
    assert proposed(session, study, reading(said)) == {
        "Rowan, Asha": "[person 2]",
        "Asha Rowan": "[person 2]",
        "O&Neil, Tam": "[person 1]",
        "Tam": "[person 1]",
    }


def test_a_whole_name_whose_parts_are_one_persons_is_that_persons(session, study):
    callum = EntrySaid("Callum", "person", "[person 1]", also=("Brandreth",))
    add_entry(session, study, callum, made_by=None)
    add_entry(session, study, EntrySaid("Ray", "person", "[P9]"), made_by=None)
    found = proposed(session, study, reading((("P1", "Callum Brandreth met Callum Ray."),)))
    assert found["Callum Brandreth"] == "[person 1]"
    assert found["Callum Ray"] not in {"[person 1]", "[P9]"}


def test_what_was_taken_out_is_kept_and_names_are_entered_with_their_kinds(session, study):
    transcript = stored(session, study, off="by the way")
    rows = replacements_of(session, transcript.id)
    text = standing_version(session, transcript).text
    assert all(text[one.start : one.end] == one.instead for one in rows)
    assert [one.original for one in rows if one.kind == OFF_THE_RECORD] == ["by the way"]
    entries = session.scalars(select(RegisterEntry).order_by(RegisterEntry.name)).all()
    assert [(one.name, one.kind, one.stands_as, one.also) for one in entries] == [
        ("Brayfold", "place", "[place A]", []),
        ("Callum", "person", "[child 1]", []),
        ("Hill Primary School", "organisation", "[School A]", []),
        ("Lowe", "person", "[colleague 1]", []),
        ("Mary Okafor", "person", "[person 1]", []),
    ]
    of_mary = {one.original for one in rows if one.entry_id == entries[-1].id}
    assert of_mary == {"Mary Okafor", "Mary", "Okafor"}
    assert not [one for one in rows if one.kind == "phone number" and one.entry_id]


def test_another_spelling_of_what_has_the_same_pseudonym_becomes_one_of_its_spellings(
    session, study
):
    stored(session, study)
    what = reading((("P1", "They call it the Hilly."),))
    start = what.text.index("Hilly")
    clean = take_out(what, [Stretch(start, start + 5, "[School A]", "organisation")])
    took = ingest(session, study, clean.reading, key="k")
    transcript = find_transcript(session, study, took.transcript_id)
    note_replacements(session, study, standing_version(session, transcript).id, clean.log)
    school = session.scalars(
        select(RegisterEntry).where(RegisterEntry.stands_as == "[School A]")
    ).one()
    assert (school.name, school.also) == ("Hill Primary School", ["Hilly"])


def test_names_that_share_a_bracket_that_names_nothing_stay_two(session, study):
    what = reading((("P1", "Then Zed told Yon."),))
    spans = [(what.text.index(word), word) for word in ("Zed", "Yon")]
    clean = take_out(what, [Stretch(at, at + 3, "[name removed]", "name") for at, _ in spans])
    took = ingest(session, study, clean.reading, key="k")
    transcript = find_transcript(session, study, took.transcript_id)
    note_replacements(session, study, standing_version(session, transcript).id, clean.log)
    assert named(session, study) == {"Yon": "[name removed]", "Zed": "[name removed]"}


def test_a_participants_real_name_is_entered_as_theirs(session, study):
    person = Participant(study_id=study, pseudonym="P2")
    session.add(person)
    session.flush()
    entry = add_entry(session, study, EntrySaid("Mary Okafor", "person", "[P2]"), made_by=None)
    assert entry.participant_id == person.id
    (row,) = listed_entries(session, study)
    assert row.participant == "P2"


def test_the_log_of_a_version_goes_on_to_the_next_where_its_brackets_still_stand(session, study):
    transcript = stored(session, study)
    old = standing_version(session, transcript)
    new = TranscriptVersion(transcript_id=transcript.id, number=2, text="", text_sha256="")
    session.add(new)
    session.flush()
    gone = replacements_of(session, transcript.id)[0].start

    def place(start, end):
        return None if start == gone else (start + 1, end + 1)

    before = len(replacements_of(session, transcript.id))
    assert carry_replacements(session, old.id, new.id, place) == before - 1
    transcript.version = 2
    session.flush()
    assert len(replacements_of(session, transcript.id)) == before - 1


def test_words_are_put_back_where_they_stood_and_nowhere_else(session, study):
    transcript = stored(session, study)
    text = standing_version(session, transcript).text
    (school,) = [one for one in replacements_of(session, transcript.id) if "Hill" in one.original]
    done = put_back(session, study, school.id, made_by=None)
    assert done.version.why == "put back"
    assert done.version.text == text.replace("[School A]", "Hill Primary School")
    rows = replacements_of(session, transcript.id)
    assert "Hill Primary School" not in {one.original for one in rows}
    assert all(done.version.text[one.start : one.end] == one.instead for one in rows)
    with pytest.raises(Conflict):
        put_back(session, study, school.id, made_by=None)


def test_a_name_inside_a_stretch_that_comes_back_is_still_known(session, study):
    transcript = stored(session, study)
    before = standing_version(session, transcript)
    words = "went to [School A], in [place A]"
    start = before.text.index(words)
    off = Stretch(start, start + len(words), OFF_THE_RECORD_MARK, OFF_THE_RECORD)
    clean = take_out(reading_of_version(session, before), [off])
    correct(session, transcript, clean.reading, made_by=None, log=clean.log)
    rows = replacements_of(session, transcript.id)
    assert "Brayfold" not in {one.original for one in rows}
    (stretch,) = [one for one in rows if one.kind == OFF_THE_RECORD]
    done = put_back(session, study, stretch.id, made_by=None)
    assert done.version.text == before.text
    rows = replacements_of(session, transcript.id)
    assert {"Brayfold", "Hill Primary School"} < {one.original for one in rows}
    assert all(before.text[one.start : one.end] == one.instead for one in rows)


def test_a_speakers_label_is_not_put_back_but_said_where_speakers_are(session, study):
    transcript = stored(session, study)
    with pytest.raises(Unfit, match="label"):
        put_back(session, study, replacements_of(session, transcript.id)[0].id, made_by=None)


def test_what_was_taken_out_of_another_study_looks_as_if_it_were_not_there(session, study):
    transcript = stored(session, study)
    with pytest.raises(NotFound):
        put_back(session, study + 1, replacements_of(session, transcript.id)[0].id, made_by=None)


def test_the_log_shows_each_in_context_a_page_at_a_time(session, study):
    many = tuple(("P1", f"So Callum said {n}.") for n in range(60))
    transcript = stored(session, study, many)
    page = log_page(session, study, transcript.id, number=2)
    assert (page.total, page.number, page.pages, len(page.rows)) == (60, 2, 2, 10)
    last = page.rows[-1]
    assert (last.replacement.original, last.in_turn) == ("Callum", True)
    assert last.before.endswith("So ")
    assert last.after.startswith(" said 59.")


def test_a_name_is_entered_once_and_what_stands_for_it_is_nobody_elses(session, study):
    add_entry(session, study, EntrySaid("Mill School", "organisation"), made_by=None)
    assert named(session, study) == {"Mill School": "[School A]"}
    with pytest.raises(Conflict, match="in the register already"):
        add_entry(session, study, EntrySaid("mill  SCHOOL", "place"), made_by=None)
    with pytest.raises(Conflict, match="stands for"):
        add_entry(session, study, EntrySaid("Hill", "place", "[school a]"), made_by=None)


def test_an_entry_is_changed_and_the_texts_stay_what_they_were(session, study):
    transcript = stored(session, study)
    text = standing_version(session, transcript).text
    (school,) = [one for one in listed_entries(session, study) if "Hill" in one.entry.name]
    assert [(one.transcript_id, one.times) for one in school.replaced] == [(transcript.id, 1)]
    said = EntrySaid("Hill Primary School", "organisation", "[the first school]", ("Hilly",))
    change_entry(session, study, school.entry.id, said)
    assert named(session, study)["Hill Primary School"] == "[the first school]"
    assert standing_version(session, transcript).text == text
    other = reading((("P1", "I saw Hilly."),))
    assert proposed(session, study, other) == {"Hilly": "[the first school]"}


def test_a_name_that_was_removed_comes_back_with_what_was_replaced_by_it(session, study):
    stored(session, study)
    (mary,) = [one for one in listed_entries(session, study) if "Okafor" in one.entry.name]
    times = mary.times
    said = remove_entry(session, study, mary.entry.id)
    assert "Mary Okafor" not in named(session, study)
    assert session.scalars(select(Replacement).where(Replacement.original == "Mary Okafor")).all()
    add_entry(session, study, said, made_by=None)
    (again,) = [one for one in listed_entries(session, study) if "Okafor" in one.entry.name]
    assert again.times == times > 2


def test_what_is_typed_of_a_name_is_read_or_refused_with_a_sentence():
    said = read_entry_form(
        {"name": " Mary  Okafor ", "kind": "Person", "stands_as": "P2", "also": "Mazza; ;Mo"}
    )
    assert said == EntrySaid("Mary Okafor", "person", "[P2]", ("Mazza", "Mo"))
    for wrong in (
        {"name": "  ", "kind": "person"},
        {"name": "…", "kind": "person"},
        {"name": "x" * 200, "kind": "person"},
        {"name": "Mary", "kind": "teacher"},
        {"name": "Mary", "kind": "person", "stands_as": "[mary]"},
    ):
        with pytest.raises(Unfit):
            read_entry_form(wrong)


def test_a_list_is_brought_in_whole_or_not_at_all(session, study):
    csv = b"Name,Kind,Stands as,Also\nMary Okafor,person,P2,Mazza; Mo\nHill School,organisation,,\n"
    assert bring(session, study, read_list("people.csv", csv), made_by=None) == Brought(2, 0)
    assert named(session, study) == {"Hill School": "[School A]", "Mary Okafor": "[P2]"}
    again = read_pasted("Mary Okafor\nAsha Rahman\nTarrow, place")
    assert bring(session, study, again, made_by=None) == Brought(2, 1)
    assert named(session, study)["Tarrow"] == "[place A]"
    for wrong, line in (
        (b"name,role\nMary,x\n", "role"),
        (b"name,kind\nAnn,person\nMary,teacher\n", "Line 3"),
        (b"name,kind\n,person\n", "Line 2"),
        (b'name\n"Mary\n', "line 2"),
    ):
        with pytest.raises(Unfit, match=line):
            read_list("people.csv", wrong)
    clash = read_pasted("Kofi\nAma, person, P2")
    with pytest.raises(Conflict, match="Line 2"):
        bring(session, study, clash, made_by=None)
    assert "Kofi" not in named(session, study)


def test_a_name_entered_later_is_found_in_texts_that_are_stored(session, study):
    clean = stored(session, study)
    assert still_standing(session, study) == []
    words = "Mrs Brann came, and Ida asked. Brann was late. I will brann nothing."
    later = ingest(session, study, reading((("P1", words),)), key=content_key(b"later"))
    add_entry(session, study, EntrySaid("Ida Brann", "person"), made_by=None)
    found = still_standing(session, study)
    assert {(one.transcript_id, one.words, one.times) for one in found} == {
        (later.transcript_id, "Brann", 2),
        (later.transcript_id, "Ida", 1),
        (later.transcript_id, "brann", 1),
    }
    assert {one.stands_as for one in found} == {"[person 2]"}
    assert clean.id not in {one.transcript_id for one in found}
