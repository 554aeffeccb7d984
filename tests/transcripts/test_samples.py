"""The sample study is what its README says, and its manifest knows everyone in it."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import docx
import pytest

from transcripts.samples import SAMPLE_ATTRIBUTES, SAMPLE_MANIFEST, SAMPLE_STUDY, sample_folder

MANIFEST_COLUMNS = [
    *("file", "kind", "record", "date", "wave", "speaker", "participant", "role", "place"),
    *("scope", "facilitator", "innovation", "survey_id", "survey_attributes", "survey_questions"),
]
SCOPES = {"quote with role", "quote unattributed", "analysis only", "withdrawn"}

Spoken = tuple[str, str]


def _labelled(text: str) -> list[Spoken]:
    found = [re.fullmatch(r"([^:\n]{2,40}): (.+)", turn) for turn in text.strip().split("\n\n")]
    assert all(found), "every paragraph of a sample opens with its speaker"
    return [(match[1], match[2]) for match in found if match]


def _turns(path: Path) -> list[Spoken]:
    if path.suffix == ".docx":
        paragraphs = docx.Document(str(path)).paragraphs
        return _labelled("\n\n".join(paragraph.text for paragraph in paragraphs))
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".vtt":
        return re.findall(r"^<v ([^>]+)>(.+)$", text, flags=re.MULTILINE)
    return _labelled(text)


@cache
def _conversations() -> dict[str, list[Spoken]]:
    paths = sorted(sample_folder().iterdir())
    return {path.name: _turns(path) for path in paths if path.suffix in {".txt", ".docx", ".vtt"}}


@cache
def _manifest() -> list[dict[str, str]]:
    with (sample_folder() / SAMPLE_MANIFEST).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _survey_row() -> dict[str, str]:
    (row,) = (row for row in _manifest() if row["kind"] == "survey")
    return row


@cache
def _respondents() -> list[dict[str, str]]:
    path = sample_folder() / _survey_row()["file"]
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _answers() -> list[str]:
    questions = _survey_row()["survey_questions"].split(" | ")
    return [row[question] for row in _respondents() for question in questions if row[question]]


def _everything_said() -> Iterator[str]:
    for turns in _conversations().values():
        yield from (words for _, words in turns)
    yield from _answers()


def test_the_study_has_a_name_and_says_it_is_invented() -> None:
    readme = (sample_folder() / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {SAMPLE_STUDY}\n")
    assert "invented" in readme


def test_there_are_transcripts_of_every_kind() -> None:
    kind_of = {row["file"]: row["kind"] for row in _manifest()}
    assert Counter(kind_of.values()) == {
        "interview": 6,
        "focus group": 3,
        "reflective session": 2,
        "survey": 1,
    }
    notes = {row["file"] for row in _manifest() if row["record"] == "notes"}
    assert [kind_of[name] for name in notes] == ["reflective session"]


def test_every_format_of_the_first_readers_is_there() -> None:
    suffixes = Counter(Path(row).suffix for row in {row["file"] for row in _manifest()})
    assert suffixes[".txt"] >= 3
    assert suffixes[".docx"] >= 2
    assert suffixes[".vtt"] >= 1
    assert suffixes[".csv"] == 1


def test_the_manifest_names_every_file_and_no_other() -> None:
    readable = {".txt", ".docx", ".vtt", ".csv"}
    there = {path.name for path in sample_folder().iterdir() if path.suffix in readable}
    assert there - {SAMPLE_MANIFEST} == {row["file"] for row in _manifest()}


@pytest.mark.parametrize("name", sorted(_conversations()))
def test_everyone_who_speaks_has_a_manifest_row_and_no_one_else(name: str) -> None:
    heard = {speaker for speaker, _ in _conversations()[name]}
    listed = [row["speaker"] for row in _manifest() if row["file"] == name]
    assert sorted(heard) == sorted(listed)


def test_the_manifest_has_the_known_columns_and_known_values() -> None:
    assert list(_manifest()[0]) == MANIFEST_COLUMNS
    assert set(SAMPLE_ATTRIBUTES) <= set(MANIFEST_COLUMNS)
    assert {row["scope"] for row in _manifest()} == SCOPES
    assert {row["wave"] for row in _manifest()} == {"1", "2", "3"}
    assert {row["facilitator"] for row in _manifest()} == {"yes", "no"}


def test_rows_of_one_file_agree_on_when_and_how_it_was_recorded() -> None:
    said = defaultdict(set)
    for row in _manifest():
        said[row["file"]].add((row["kind"], row["record"], row["date"], row["wave"]))
    assert all(len(versions) == 1 for versions in said.values())


def test_some_people_come_back_in_another_role() -> None:
    roles = defaultdict(set)
    for row in _manifest():
        roles[row["participant"]].add(row["role"])
    assert sum(len(held) > 1 for person, held in roles.items() if person) >= 2


def test_two_people_are_called_practitioner_1() -> None:
    same_label = [row for row in _manifest() if row["speaker"] == "Practitioner 1"]
    assert len({row["participant"] for row in same_label}) == len(same_label) == 2


def test_forty_respondents_answer_in_the_columns_the_manifest_names() -> None:
    row = _survey_row()
    columns = [row["survey_id"], *row["survey_attributes"].split(" | ")]
    assert list(_respondents()[0]) == [*columns, *row["survey_questions"].split(" | ")]
    assert len({answer[row["survey_id"]] for answer in _respondents()}) == 40
    assert {respondent["Scope"] for respondent in _respondents()} <= SCOPES | {""}
    assert 60 <= len(_answers()) <= 80


def test_the_study_is_about_ten_thousand_words_long() -> None:
    assert 9_500 <= sum(len(words.split()) for words in _everything_said()) <= 13_000


def test_nobody_says_the_same_sentence_twice() -> None:
    sentences = Counter(
        " ".join(re.findall(r"\w+", sentence.lower()))
        for words in _everything_said()
        for sentence in re.split(r"(?<=[.?!])\s+", words)
    )
    assert [said for said, times in sentences.items() if times > 1 and len(said.split()) > 8] == []


def test_subtitle_times_run_forwards() -> None:
    for path in sample_folder().glob("*.vtt"):
        times = re.findall(r"\d\d:\d\d:\d\d\.\d{3}", path.read_text(encoding="utf-8"))
        assert times
        assert times == sorted(times)
