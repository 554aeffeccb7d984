import pytest

from transcripts.errors import UnknownPath
from transcripts.folders import list_files


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.DOCX", "manifest.csv", "topics.json", ".hidden.txt", "~$a.docx"):
        (tmp_path / name).write_text("x")
    (tmp_path / "deeper" / ".git").mkdir(parents=True)
    (tmp_path / "deeper" / "c.vtt").write_text("x")
    (tmp_path / "deeper" / ".git" / "d.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    return tmp_path


def test_files_to_read_are_sorted_and_found_in_folders_below(folder):
    listing = list_files([folder])
    assert [path.name for path in listing.files] == ["a.DOCX", "b.txt", "c.vtt"]


def test_what_is_passed_over_is_told_with_the_reason(folder):
    told = {item.path.name: item.why for item in list_files([folder]).skipped}
    assert set(told) == {"manifest.csv", "topics.json", ".hidden.txt", "~$a.docx", "link.txt"}
    assert told["topics.json"] == "files that end in .json are not read"
    assert told["manifest.csv"] == "it is the manifest"


def test_a_manifest_of_another_name_is_no_survey(folder):
    people = folder / "people.csv"
    people.write_text("x")
    listing = list_files([folder], manifest=people)
    assert people not in listing.files


def test_a_file_named_twice_is_listed_once(folder):
    assert len(list_files([folder, folder / "b.txt"]).files) == 3


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnknownPath, match="no file or folder"):
        list_files([tmp_path / "nothing"])


def test_a_readme_describes_the_folder_and_is_no_transcript(folder):
    (folder / "README.md").write_text("x")
    told = {item.path.name: item.why for item in list_files([folder]).skipped}
    assert told["README.md"] == "it describes the folder"
