"""The command line as people use it, mistakes included."""

import csv
import json
import re
import socket
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from api.cli import main
from tests.commands import greenshoots, well
from tests.transcripts.made import docx
from transcripts.samples import SAMPLE_STUDY

TALK = "Facilitator: What changed?\n\nPractitioner 1: We had an hour with mum, and it helped.\n"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command in this process; gives exit status, standard output and standard error."""
    data = tmp_path / "data"
    monkeypatch.setenv("GREENSHOOTS_DATA", str(data))

    def run(*args):
        monkeypatch.setattr("sys.argv", ["greenshoots", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    run.data = data
    return run


def rows(data, query):
    with closing(sqlite3.connect(data / "greenshoots.sqlite")) as connection:
        return connection.execute(query).fetchall()


def a_file(folder, name, content):
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_an_empty_file_is_a_sentence_and_nothing_of_it_is_stored(run, tmp_path):
    file = a_file(tmp_path, "empty.txt", "")
    status, _, told = run("ingest", file, "--study", "S")
    assert status == 1
    assert "empty.txt: the file is empty." in told
    assert rows(run.data, "SELECT count(*) FROM transcript") == [(0,)]


def test_a_file_that_cannot_be_read_costs_only_itself(run, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    a_file(folder, "talk.txt", TALK)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not really")
    status, said, told = run("ingest", folder, "--study", "S")
    assert status == 1
    assert "1 added, 1 refused" in said
    assert "broken.docx" in told
    assert rows(run.data, "SELECT file_name FROM transcript") == [("talk.txt",)]


def test_a_wrong_manifest_column_names_file_and_column_before_anything_is_stored(run, tmp_path):
    file = a_file(tmp_path, "talk.txt", TALK)
    manifest = a_file(tmp_path, "people.csv", "file,kind,speakr\ntalk.txt,interview,P1\n")
    status, _, told = run("ingest", file, "--study", "S", "--manifest", manifest)
    assert status == 1
    assert "people.csv" in told
    assert "speakr" in told or "speaker" in told
    assert not (run.data / "greenshoots.sqlite").exists()


def test_a_codebook_with_two_codes_of_one_name_is_refused_whole(run, tmp_path):
    file = a_file(tmp_path, "codes.csv", "name,definition\nTrust,One.\ntrust,Two.\n")
    status, _, told = run("codebook", file, "--study", "S")
    assert status == 1
    assert "codes.csv, line 3" in told
    assert not (run.data / "greenshoots.sqlite").exists()


def test_a_study_that_is_not_there_is_a_sentence(run):
    status, _, told = run("analyse", "--study", "Nobody")
    assert status == 1
    assert 'No study is called "Nobody".' in told


def test_a_path_that_is_not_there_is_a_sentence(run, tmp_path):
    status, _, told = run("ingest", tmp_path / "nowhere", "--study", "S")
    assert status == 1
    assert "nowhere" in told


def test_a_named_file_of_an_unread_type_fails_the_command(run, tmp_path):
    file = a_file(tmp_path, "notes.pages", "words")
    status, _, told = run("ingest", file, "--study", "S")
    assert status == 1
    assert "files that end in .pages are not read" in told


def test_a_zip_is_read_as_its_files_alone_or_in_a_folder(run, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    with zipfile.ZipFile(folder / "interviews.zip", "w") as package:
        package.writestr("interviews/a.txt", TALK)
        package.writestr("interviews/b.txt", TALK.replace("mum", "dad"))
        package.writestr("interviews/voice.mp3", "x")
    a_file(folder, "c.txt", TALK.replace("mum", "gran"))
    people = a_file(tmp_path, "people.csv", "file,kind,speaker\na.txt,interview,\nd.txt,,\n")
    status, said, told = run("ingest", folder, "--study", "S", "--manifest", people)
    assert "3 added, 1 skipped" in said
    assert "Skipped interviews.zip/interviews/voice.mp3: files that end in .mp3" in told
    assert "names d.txt, which is not among" in told
    assert "names a.txt" not in told
    assert status == 0
    status, said, _ = run("ingest", folder / "interviews.zip", "--study", "S")
    assert (status, "0 added, 2 there already" in said) == (0, True)


def test_ingesting_a_folder_twice_adds_nothing(run, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    a_file(folder, "talk.txt", TALK)
    run("ingest", folder, "--study", "S")
    counts = "SELECT (SELECT count(*) FROM transcript), (SELECT count(*) FROM passage)"
    before = rows(run.data, counts)
    status, said, _ = run("ingest", folder, "--study", "S")
    assert (status, rows(run.data, counts)) == (0, before)
    assert "1 there already" in said


def test_a_study_of_three_sentences_is_analysed_without_error(run, tmp_path):
    run("ingest", a_file(tmp_path, "talk.txt", TALK), "--study", "S")
    done = greenshoots(run.data, "analyse", "--study", "S")
    assert done.returncode == 0, done.stderr
    assert rows(run.data, "SELECT state FROM job") == [("done",)]
    assert rows(run.data, "SELECT count(*) FROM candidate_theme") == [(0,)]


def test_an_own_codebook_comes_out_as_it_went_in(run, tmp_path):
    file = a_file(tmp_path, "codes.csv", "name,definition\nTrust,That someone relies on us.\n")
    out, again = tmp_path / "out.yaml", tmp_path / "again.yaml"
    assert run("codebook", file, "--study", "S")[0] == 0
    assert run("export", "codebook", "--study", "S", "-o", out)[0] == 0
    assert run("codebook", out, "--study", "Other")[0] == 0
    assert run("export", "codebook", "--study", "Other", "-o", again)[0] == 0
    assert out.read_text() == again.read_text()
    assert "That someone relies on us." in out.read_text()


def test_a_person_who_is_added_gets_a_link_and_the_role(run):
    status, said, _ = run("user", "add", "Jo@Example.org", "--study", "S", "--role", "coder")
    assert status == 0
    assert "http://127.0.0.1:8000/sign-in/link/" in said
    assert rows(run.data, "SELECT email, role FROM user JOIN membership ON user_id = id") == [
        ("jo@example.org", "coder")
    ]


def test_links_begin_with_the_public_address_where_there_is_one(run, monkeypatch):
    monkeypatch.setenv("GREENSHOOTS_ADDRESS", "https://research.example.org/")
    _, said, _ = run("user", "add", "jo@example.org", "--study", "S")
    assert "https://research.example.org/sign-in/link/" in said


@pytest.mark.parametrize(("name", "value"), [("PORT", "abc"), ("ADDRESS", "research.example.org")])
def test_a_setting_that_cannot_be_is_a_sentence(run, monkeypatch, name, value):
    monkeypatch.setenv(f"GREENSHOOTS_{name}", value)
    status, said, told = run("serve")
    assert (status, said) == (1, "")
    assert f"GREENSHOOTS_{name} can't be “{value}”" in told


def test_a_taken_port_is_a_sentence_before_anything_is_announced(run, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("GREENSHOOTS_PORT", str(other.getsockname()[1]))
        for command in ("serve", "demo"):
            status, said, told = run(command)
            assert (status, said) == (1, "")
            assert f"Port {other.getsockname()[1]} is taken." in told
            assert "Set GREENSHOOTS_PORT to another one." in told
            assert not run.data.exists()


def test_an_address_of_another_machine_is_a_sentence(run, monkeypatch):
    monkeypatch.setenv("GREENSHOOTS_HOST", "192.0.2.1")
    status, said, told = run("serve")
    assert (status, said) == (1, "")
    assert "Nothing can listen at 192.0.2.1:8000" in told


def test_what_cannot_be_a_role_or_an_address_is_refused_and_no_study_made(run):
    status, _, told = run("user", "add", "jo@example.org", "--study", "S", "--role", "boss")
    assert status == 1
    assert "There is no such role." in told
    status, _, told = run("user", "add", "nobody", "--study", "S")
    assert status == 1
    assert "That is not an e-mail address." in told
    assert rows(run.data, "SELECT name FROM study") == []


def test_the_last_admin_cannot_be_made_anything_else(run):
    assert run("user", "add", "jo@example.org", "--study", "S", "--role", "admin")[0] == 0
    status, _, told = run("user", "add", "jo@example.org", "--study", "S", "--role", "coder")
    assert status == 1
    assert "admin" in told
    assert rows(run.data, "SELECT role FROM membership") == [("admin",)]


def test_an_export_format_we_do_not_write_is_refused(run, tmp_path):
    run("init")
    status, _, told = run("export", "quotes", "--study", "S", "-o", tmp_path / "q.pdf")
    assert status == 1
    assert '"pdf" is not a format.' in told


def test_the_sample_study_gives_eight_or_more_themes_none_with_a_third_of_it(analysed):
    report = json.loads(well(greenshoots(analysed, "themes", "--study", SAMPLE_STUDY, "--json")))
    middle = [theme for theme in report["themes"] if theme["granularity"] == "middle"]
    heard = {member["passage"] for theme in middle for member in theme["members"]}
    assert len(middle) >= 8
    assert max(len(theme["members"]) for theme in middle) < len(heard) / 3


def test_json_themes_quote_the_stored_text(analysed):
    report = json.loads(well(greenshoots(analysed, "themes", "--study", SAMPLE_STUDY, "--json")))
    texts = dict(
        rows(
            analysed,
            "SELECT t.file_name, v.text FROM transcript t"
            " JOIN transcript_version v ON v.transcript_id = t.id",
        )
    )
    members = [member for theme in report["themes"] for member in theme["members"]]
    assert members
    for one in members:
        assert texts[one["file"]][one["start"] : one["end"]] == one["text"]


def test_analysing_again_does_nothing_again(analysed_copy):
    counts = "SELECT (SELECT count(*) FROM candidate_theme), (SELECT count(*) FROM suggestion)"
    before = rows(analysed_copy, counts)
    well(greenshoots(analysed_copy, "analyse", "--study", SAMPLE_STUDY))
    assert rows(analysed_copy, counts) == before
    last = "SELECT id FROM job ORDER BY created_at DESC LIMIT 1"
    steps = f"SELECT count(*) FROM job_step WHERE job_id = ({last})"  # noqa: S608
    assert rows(analysed_copy, steps) == [(0,)]


GROUP = """Group at the library

Facilitator: What has changed since the spring, if anything?

P2: Deborah Quill rang me herself. Her number is 07700 900123, if you want it.

Practitioner 2: The caseloads crept up, and nobody said so until the autumn.

Practitioner 1: We used to knock, tick the box and go. Now I get a whole hour.
"""


def test_a_check_tells_what_a_file_would_become_and_stores_nothing(run, tmp_path):
    file = a_file(tmp_path, "group.txt", GROUP)
    status, said, _ = run("ingest", file, "--study", "S", "--check")
    assert status == 0
    assert "Three people besides the facilitator speak, so it looks like a focus group." in said
    assert "Likely one speaker: P2, Practitioner 2. “P2” looks short for “Practitioner 2”." in said
    assert "left out, line 1: Group at the library (4 words)" in said
    assert "1 possible name and 1 phone number stand in these texts." in said
    assert "Nothing was stored. 1 file can be taken" in said
    assert not run.data.exists()


def test_a_file_that_is_too_large_is_refused_with_its_whole_size(run, tmp_path):
    file = tmp_path / "large.txt"
    with file.open("wb") as written:
        written.truncate(31 * 1024 * 1024)
    _, _, told = run("ingest", file, "--study", "S")
    assert "the file has 31 MB; at most 25 MB are read." in told


def test_one_of_a_thing_is_not_said_as_many(run, tmp_path):
    file = a_file(tmp_path, "talk.txt", "P1: Yes\nP2: No\n")
    _, said, _ = run("ingest", file, "--study", "S", "--check")
    assert all(f" 1 {noun}s" not in said for noun in ("word", "turn", "speaker", "minute"))
    assert "1 turn" in said
    _, said, _ = run("ingest", a_file(tmp_path, "one.txt", "P1: Yes\n"), "--study", "S")
    assert ": 1 turn, 1 segment, 1 word" in said


def test_a_file_that_belies_its_name_is_refused_though_its_words_are_here(run, tmp_path):
    data = docx("<w:p><w:r><w:t>P1: We went to the park.</w:t></w:r></w:p>")
    (tmp_path / "talk.docx").write_bytes(data)
    (tmp_path / "talk.txt").write_bytes(data)
    run("ingest", tmp_path / "talk.docx", "--study", "S")
    status, _, told = run("ingest", tmp_path / "talk.txt", "--study", "S")
    assert status == 1
    assert "the name ends in .txt, but this is" in told


def test_a_check_leaves_the_store_that_is_there_as_it_is(run, tmp_path):
    run("ingest", a_file(tmp_path, "talk.txt", TALK), "--study", "S")
    _, said, _ = run("ingest", a_file(tmp_path, "again.txt", TALK), "--study", "S", "--check")
    assert "It is in the study already, as “Talk”: nothing would be added." in said
    run("ingest", a_file(tmp_path, "group.txt", GROUP), "--study", "Other", "--check")
    assert rows(run.data, "SELECT name FROM study") == [("S",)]
    assert rows(run.data, "SELECT count(*) FROM transcript") == [(1,)]


def test_a_check_fails_where_a_file_cannot_be_taken(run, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    a_file(folder, "group.txt", GROUP)
    a_file(folder, "empty.txt", "")
    status, said, told = run("ingest", folder, "--study", "S", "--check")
    assert status == 1
    assert "empty.txt: the file is empty." in told
    assert "1 file can be taken, 0 skipped, 1 refused" in said


def test_a_stretch_that_is_not_in_the_file_fails_the_check_by_line_and_column(run, tmp_path):
    file = a_file(tmp_path, "group.txt", GROUP)
    manifest = a_file(
        tmp_path, "m.csv", "file,kind,speaker,off_record\ngroup.txt,,,never said … here\n"
    )
    status, _, told = run("ingest", file, "--study", "S", "--manifest", manifest, "--check")
    assert status == 1
    assert "m.csv, line 2, column off_record" in told.replace("\n", "")
    status, _, _ = run("ingest", file, "--study", "S", "--manifest", manifest)
    assert status == 1
    assert rows(run.data, "SELECT count(*) FROM transcript") == [(0,)]


def test_a_check_tells_what_a_manifest_does_to_a_file(run, tmp_path):
    file = a_file(tmp_path, "group.txt", GROUP)
    rows = "group.txt,,P2,Practitioner 2,we used … a whole hour\n"
    manifest = a_file(tmp_path, "m.csv", "file,kind,speaker,same_as,off_record\n" + rows)
    _, said, _ = run("ingest", file, "--study", "S", "--manifest", manifest, "--check")
    assert "Two people besides the facilitator speak, so it looks like an interview." in said
    assert "One speaker: P2, Practitioner 2." in said
    assert "off the record: 15 words" in said
    assert "Likely one" not in said


def filled(finds, **decisions):
    """The table of finds with its column accept filled in by the words of the rows."""
    with finds.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    for row in table:
        row["accept"] = decisions.get(row["words"].split()[0], "")
    done = finds.with_name("decided.csv")
    with done.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    return done


def checked(run, tmp_path):
    file, finds = a_file(tmp_path, "group.txt", GROUP), tmp_path / "finds.csv"
    run("ingest", file, "--study", "S", "--check", "--finds", finds)
    return file, finds


def test_finds_are_written_in_context_and_what_is_accepted_is_taken_out_when_storing(run, tmp_path):
    file, finds = checked(run, tmp_path)
    assert "»Deborah Quill« rang me herself" in finds.read_text("utf-8")
    assert finds.stat().st_mode & 0o077 == 0
    decided = filled(finds, Deborah="[the grandmother]")
    status, said, told = run("ingest", file, "--study", "S", "--replace", decided)
    assert status == 0
    assert "1 phone number stands in these texts as they are." in told
    assert "decided.csv: 1 place replaced, 0 left as decided." in said
    ((stored,),) = rows(run.data, "SELECT text FROM transcript_version")
    assert "P2: [the grandmother] rang me herself. Her number is 07700 900123" in stored
    assert rows(run.data, "SELECT original, instead FROM replacement") == [
        ("Deborah Quill", "[the grandmother]")
    ]


def test_one_name_in_two_places_is_counted_by_its_places(run, tmp_path):
    file = a_file(tmp_path, "group.txt", GROUP.replace("rang me herself.", "rang. Deborah rang."))
    _, said, _ = run("ingest", file, "--study", "S", "--check")
    assert "possible names in 2 places and 1 phone number stand in these texts." in said


def test_a_table_of_decisions_is_not_applied_to_another_file(run, tmp_path):
    file, finds = checked(run, tmp_path)
    decided = filled(finds, Deborah="yes")
    a_file(tmp_path, "group.txt", GROUP.replace("Deborah", "Philipa"))
    status, _, told = run("ingest", file, "--study", "S", "--replace", decided)
    assert status == 1
    assert "group.txt is not the file that was checked." in told
    assert rows(run.data, "SELECT count(*) FROM transcript") == [(0,)]


def test_a_decision_that_is_neither_yes_nor_no_is_refused_before_anything_is_stored(run, tmp_path):
    file, finds = checked(run, tmp_path)
    decided = filled(finds, Deborah="perhaps")
    status, _, told = run("ingest", file, "--study", "S", "--replace", decided)
    assert status == 1
    assert "line 2, column accept: “perhaps” is neither yes nor no." in told
    assert not run.data.exists()


def test_one_name_gets_the_same_brackets_in_all_files_of_a_check(run, tmp_path):
    folder, finds = tmp_path / "files", tmp_path / "finds.csv"
    folder.mkdir()
    a_file(folder, "a.txt", GROUP)
    a_file(folder, "b.txt", GROUP.replace("Deborah Quill", "Tobias Fenn"))
    a_file(folder, "c.txt", GROUP.replace("hour", "morning"))
    run("ingest", folder, "--study", "S", "--check", "--finds", finds)
    with finds.open(encoding="utf-8-sig", newline="") as file:
        found = {(row["file"], row["words"]): row["instead"] for row in csv.DictReader(file)}
    assert found["a.txt", "Deborah Quill"] == found["c.txt", "Deborah Quill"]
    assert found["a.txt", "Deborah Quill"] != found["b.txt", "Tobias Fenn"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--finds", "f.csv"), "--finds belongs to --check."),
        (("--json",), "--json belongs to --check."),
        (("--check", "--replace", "f.csv"), "--check stores nothing."),
    ],
)
def test_options_that_would_go_unheard_are_refused(run, tmp_path, options, told):
    status, _, said = run("ingest", a_file(tmp_path, "t.txt", TALK), "--study", "S", *options)
    assert status == 1
    assert told in said


def test_a_check_for_programs_has_the_documented_shape(run, tmp_path):
    _, said, _ = run(
        "ingest", a_file(tmp_path, "group.txt", GROUP), "--study", "S", "--check", "--json"
    )
    page = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text("utf-8")
    blocks = map(json.loads, re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    example = next(block for block in blocks if "refused" in block)
    real = json.loads(said)
    assert real.keys() == example.keys()
    assert real["files"][0].keys() == example["files"][0].keys()
    for part in ("speakers", "likely_one", "left_out"):
        assert real["files"][0][part][0].keys() == example["files"][0][part][0].keys()
    assert real["files"][0]["found"] == {"possible name": 1, "phone number": 1}


@pytest.mark.parametrize("check", [(), ("--check",)])
def test_a_manifest_that_names_somebody_who_does_not_speak_is_told_before_storing(
    run, tmp_path, check
):
    file = a_file(tmp_path, "group.txt", GROUP)
    people = a_file(
        tmp_path, "m.csv", "file,kind,speaker,scope\ngroup.txt,,Practicioner 2,withdrawn\n"
    )
    status, _, told = run("ingest", file, "--study", "S", "--manifest", people, *check)
    assert status == 1
    assert 'The manifest names "Practicioner 2", who does not speak in group.txt.' in told
    people.write_text("file,kind,speaker,scope\ngroup.txt,,Practitioner 2,withdrawn\n")
    assert run("ingest", file, "--study", "S", "--manifest", people)[0] == 0
    scopes = rows(run.data, "SELECT scope FROM appearance WHERE label = 'Practitioner 2'")
    assert scopes == [("withdrawn",)]
