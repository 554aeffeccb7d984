import datetime
import unicodedata

import pytest

from transcripts.errors import RefusedManifest
from transcripts.manifest import FileEntry, read_manifest
from transcripts.survey import SurveyColumns

HEAD = "file,kind,record,date,wave,speaker,participant,role,place,scope,facilitator,innovation\n"
GROUP = (
    HEAD
    + "group.txt,focus group,verbatim,2021-05-04,2,Facilitator,,,Salford,,yes,\n"
    + "group.txt,,,,,P1,Robin,social worker,Bury,quote with role,,Mockingbird\n"
    + "group.txt,,,,,,,practitioner,,quote unattributed,,\n"
)


def entry(text: str, name: str = "group.txt") -> FileEntry:
    found = read_manifest("manifest.csv", text.encode()).rows_for(name)
    assert found is not None
    return found


def test_a_file_is_described_once_for_all_its_rows():
    group = entry(GROUP)
    assert (group.kind, group.record, group.date, group.wave) == (
        "focus group", "verbatim", datetime.date(2021, 5, 4), 2,
    )  # fmt: skip
    assert group.place is None  # the speakers' places differ


def test_each_speaker_has_an_own_entry_and_further_columns_are_attributes():
    robin = entry(GROUP).speakers["P1"]
    assert (robin.participant, robin.role, robin.place) == ("Robin", "social worker", "Bury")
    assert robin.scope == "quote with role"
    assert robin.attributes == {"innovation": "Mockingbird"}
    assert read_manifest("m.csv", GROUP.encode()).attribute_names == ("innovation",)


def test_an_empty_cell_says_nothing():
    facilitator = entry(GROUP).speakers["Facilitator"]
    assert facilitator.facilitator is True
    assert (facilitator.participant, facilitator.role, facilitator.scope) == (None, None, None)


def test_the_row_without_a_speaker_speaks_for_everyone_who_has_no_better_word():
    group = entry(GROUP)
    someone, robin = group.entry_for("P7"), group.entry_for("p1")
    assert someone is not None
    assert (someone.role, someone.scope, someone.participant) == (
        "practitioner", "quote unattributed", None,
    )  # fmt: skip
    assert robin is not None
    assert (robin.role, robin.scope) == ("social worker", "quote with role")


MERGED = (
    "file,kind,speaker,same_as,participant,role,scope,audience\n"
    "group.txt,,P2,Practitioner 2,,social worker,,\n"
    "group.txt,,Pract. 2,p2,Ash,,quote with role,\n"
    "group.txt,,P3,,Robin,,,\n"
    "group.txt,,Robin B,,Robin,,analysis only,\n"
    "group.txt,,,,,,quote unattributed,public\n"
)


def test_labels_said_to_be_the_same_are_one_person_with_all_that_is_said_of_any():
    group = entry(MERGED)
    people = [group.person(label) for label in ("P2", "PRACTITIONER 2", "Pract. 2", "p2")]
    assert len(set(people)) == 1
    for label in ("P2", "Practitioner 2", "pract. 2"):
        one = group.entry_for(label)
        assert (one.participant, one.role, one.scope, one.audience) == (
            "Ash", "social worker", "quote with role", "public",
        )  # fmt: skip


def test_labels_of_one_participant_are_one_person_and_others_stay_apart():
    group = entry(MERGED)
    assert group.person("P3") == group.person("Robin B") != group.person("P2")
    assert group.entry_for("P3").scope == "analysis only"
    assert group.person("P4") != group.person("p4")  # nobody said that these are one


def test_stretches_off_the_record_are_gathered_from_all_rows_of_a_file():
    text = (
        "file,kind,speaker,off_record\n"
        "a.txt,,P1,00:12:31-00:14:02 | turn it off … back on\n"
        "a.txt,,P2,he left\n"
    )
    said = entry(text, "a.txt").off_record
    assert [one.written for one in said] == [
        "00:12:31-00:14:02", "turn it off … back on", "he left",
    ]  # fmt: skip
    assert said[2].place == "line 3, column off_record"


def test_a_file_may_be_given_a_title():
    assert entry("file,kind,speaker,title\na.txt,,,The first group\n", "a.txt").title == (
        "The first group"
    )


def test_without_a_row_for_everyone_an_unknown_speaker_has_no_entry():
    assert entry(HEAD + "group.txt,,,,,P1,,,,,,\n").entry_for("P2") is None


def test_survey_columns_are_names_between_bars():
    text = (
        "file,kind,speaker,survey_id,survey_attributes,survey_questions\n"
        "s.csv,survey,,Ref,Role | Place,What helped? | What got in the way?\n"
    )
    assert entry(text, "s.csv").survey == SurveyColumns(
        "Ref", ("Role", "Place"), ("What helped?", "What got in the way?")
    )


def test_a_file_is_found_by_its_bare_name_however_its_accents_are_composed():
    text = HEAD + "folder/Siân.txt,interview,,,,,,,,,,\n"
    manifest = read_manifest("m.csv", text.encode())
    assert manifest.rows_for(unicodedata.normalize("NFD", "Siân.txt")) is not None
    assert manifest.rows_for("other.txt") is None


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("file,speaker\na.txt,P1\n", "line 1", 'column "kind" is missing'),
        ("file,kind,speaker,particpant\n", 'line 1, column 4 ("particpant")', '"participant"'),
        ("file,kind,speaker,Role\n", 'line 1, column 4 ("Role")', '"role"'),
        ("file,kind,speaker,kind\n", "line 1, column 4", "two columns"),
        ("file,kind,speaker\n,interview,P1\n", "line 2, column file", "empty"),
        ("file,kind,speaker\na.txt,interveiw,P1\n", "line 2, column kind", '"interveiw"'),
        ("file,kind,speaker,record\na.txt,,,audio\n", "line 2, column record", '"audio"'),
        ("file,kind,speaker,scope\na.txt,,,public\n", "line 2, column scope", '"public"'),
        ("file,kind,speaker,facilitator\na.txt,,,maybe\n", "line 2, column facilitator", "maybe"),
        ("file,kind,speaker,date\na.txt,,,4/5/21\n", "line 2, column date", "not a date"),
        ("file,kind,speaker,date\na.txt,,,2021-02-30\n", "line 2, column date", "calendar"),
        ("file,kind,speaker,wave\na.txt,,,1.5\n", "line 2, column wave", "whole number"),
        ("file,kind,speaker\na.txt,,P1\na.txt,,p1\n", "line 3, column speaker", "line 2"),
        ("file,kind,speaker\na.t,survey,P\na.t,interview,Q\n", "line 3, column kind", "line 2"),
        ("file,kind,speaker,wave\na.txt,,A,1\na.txt,,B,2\n", "line 3, column wave", "contradicts"),
        ("file,kind,speaker,survey_id\na,survey,,Ref\n", "line 2, column survey_questions", "no"),
        ("file,kind,speaker\na.txt,interview,P1,more\n", "line 2", "4 cells"),
        ("file,kind,speaker,audience\na.txt,,,the press\n", "line 2, column audience", "press"),
        ("file,kind,speaker,same_as\na.txt,,,P1\n", "line 2, column same_as", "no speaker"),
        ("file,kind,speaker,title\na,,A,One\na,,B,Two\n", "line 3, column title", "contradicts"),
        ("file,kind,speaker,off_record\na,,,x … y … z\n", "line 2, column off_record", "find"),
        (
            "file,kind,speaker,off_record\na,,,00:02:00-00:01:00\n",
            "line 2, column off_record",
            "ends before it begins",
        ),
        (
            "file,kind,speaker,same_as,scope\na,,P2,,withdrawn\na,,B,P2,quote with role\n",
            "line 3, column scope",
            "“B” and “P2” are one speaker",
        ),
        (
            "file,kind,speaker,participant,role\na,,P2,Ash,nurse\na,,B,Ash,teacher\n",
            "line 3, column role",
            "the role of the one is “teacher”",
        ),
        (
            "file,kind,speaker,participant,facilitator\na,,P2,Ash,yes\na,,B,Ash,no\n",
            "line 3, column facilitator",
            "of the other “yes”",
        ),
        ("", "", "no words"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused_by_line_and_column(text, place, reason):
    with pytest.raises(RefusedManifest) as refused:
        read_manifest("manifest.csv", text.encode())
    assert refused.value.place == place
    assert reason in refused.value.reason
    assert "manifest.csv" in refused.value.sentence
