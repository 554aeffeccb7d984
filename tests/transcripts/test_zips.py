"""Zips of transcripts: every file inside read or told, every trap refused with a sentence."""

import io
import stat
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts import zips
from transcripts.errors import RefusedFile, RefusedManifest
from transcripts.folders import TAKEN
from transcripts.intake import MIB, MOST_BYTES, MOST_ENTRIES, MOST_UNPACKED
from transcripts.zip_names import LONGEST_NAME
from transcripts.zips import MOST_ZIP_BYTES, is_zip, unpack

TALK = b"Asha: We met on Tuesday.\n"


def a_zip(*files, packing=zipfile.ZIP_DEFLATED):
    """The bytes of a zip; each file is a name or a ZipInfo, and its content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as package:
        for name, content in files:
            package.writestr(name, content)
    return buffer.getvalue()


def as_bytes(name: bytes) -> bytes:
    """A zip of one file whose name is these bytes, without the mark that says UTF-8."""
    placeholder = b"#" * len(name)
    return a_zip((placeholder.decode(), TALK)).replace(placeholder, name)


def listed(data: bytes, **fields: int) -> bytes:
    """The zip with numbers of its first entry changed in its list."""
    at = data.index(b"PK\x01\x02")
    places = {"flags": (8, 2), "packing": (10, 2), "size": (24, 4)}
    for field, value in fields.items():
        start, width = places[field]
        start += at
        data = data[:start] + value.to_bytes(width, "little") + data[start + width :]
    return data


def unpacked(data):
    found = unpack("all.zip", data)
    return {file.name: file.load() for file in found.files}


def test_the_files_inside_are_taken_by_their_bare_names():
    data = a_zip(("talks/a.txt", TALK), ("talks/deeper/B.DOCX", b"b"), ("talks/deeper/", b""))
    assert unpacked(data) == {"a.txt": TALK, "B.DOCX": b"b"}
    assert unpack("all.zip", data).skipped == ()


def test_zips_are_among_what_one_may_choose():
    assert ".zip" in TAKEN
    assert is_zip("Interviews.ZIP")
    assert not is_zip("interviews.docx")


def test_what_is_passed_over_is_told_with_the_reason():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = a_zip(
        ("a.txt", TALK),
        ("README.md", b"about"),
        (".hidden.txt", b"x"),
        ("~$a.docx", b"x"),
        ("recording.mp3", b"x"),
        ("more/old.zip", a_zip(("b.txt", TALK))),
        ("more/manifest.csv", b"x"),
        ("__MACOSX/._a.txt", b"x"),
        ("__MACOSX/more/._b.txt", b"x"),
        ("more/.git/config.txt", b"x"),
        (link, b"/etc/passwd"),
    )
    assert list(unpacked(data)) == ["a.txt"]
    assert dict(unpack("all.zip", data).skipped) == {
        "README.md": "it describes the folder",
        ".hidden.txt": "it is hidden, or a lock file of an open document",
        "~$a.docx": "it is hidden, or a lock file of an open document",
        "recording.mp3": "files that end in .mp3 are not read",
        "more/old.zip": "it is a zip inside a zip; upload it by itself",
        "more/manifest.csv": "it is a manifest, and only the one at the top of a zip is used",
        "__MACOSX (2 files)": "it is what macOS notes about the files",
        "more/.git (1 file)": "it is a hidden folder",
        "link.txt": "it is a link; links are not followed",
    }


def test_two_files_of_one_name_are_kept_apart_by_their_folders():
    data = a_zip(
        ("all/north/talk.txt", b"n"), ("all/south/old/talk.txt", b"s"), ("all/one.txt", b"o")
    )
    assert unpacked(data) == {
        "talk (north).txt": b"n",
        "talk (south, old).txt": b"s",
        "one.txt": b"o",
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_even_files_of_one_path_are_all_kept():
    data = a_zip(("x/talk.txt", b"1"), ("x/talk.txt", b"2"), ("x/TALK.txt", b"3"))
    assert unpacked(data) == {"TALK.txt": b"3", "talk (2).txt": b"1", "talk (3).txt": b"2"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Zoë Ngũgĩ.txt".encode(), "Zoë Ngũgĩ.txt"),  # macOS says UTF-8 nowhere
        ("Zoë.txt".encode("cp437"), "Zoë.txt"),
        (b"north\\talk.txt", "talk.txt"),
        (b"a\x1b[31m.txt", "a\ufffd[31m.txt"),
    ],
)
def test_names_are_read_as_they_were_meant(written, meant):
    assert list(unpacked(as_bytes(written))) == [meant]


def test_a_name_marked_as_utf_8_is_read_as_such():
    assert list(unpacked(a_zip(("Łucja – 1.txt", TALK)))) == ["Łucja – 1.txt"]


def test_an_endless_name_is_cut_and_keeps_its_suffix():
    files = ((f"{'a' * 60_000}{at}.txt", TALK) for at in range(3))
    names = list(unpacked(a_zip(*files)))
    assert len(set(names)) == 3
    assert all(len(name) <= LONGEST_NAME and name.endswith(".txt") for name in names)


def test_a_manifest_in_the_zip_speaks_for_its_files():
    rows = b"file,kind,speaker,scope\na.txt,interview,Asha,quote with role\ngone.txt,interview,,\n"
    for top in ("", "all/"):
        found = unpack("all.zip", a_zip((f"{top}a.txt", TALK), (f"{top}manifest.csv", rows)))
        assert [file.name for file in found.files] == ["a.txt"]
        assert found.skipped == ()
        assert found.manifest.rows_for("a.txt").entry_for("Asha").scope == "quote with role"
        assert found.missing == ("gone.txt",)


def test_a_manifest_that_cannot_be_followed_refuses_the_zip():
    with pytest.raises(RefusedManifest, match=r"all\.zip/manifest\.csv, line 1"):
        unpack("all.zip", a_zip(("a.txt", TALK), ("manifest.csv", b"file,kind,speakr\n")))


LOCKED = listed(a_zip(("a.txt", TALK)), flags=1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "damaged or cut short"),
        (a_zip(("a.txt", TALK))[:-30], "damaged or cut short"),
        (a_zip(), "no transcript in this zip"),
        (a_zip(("a.mp3", b"x")), "no transcript in this zip"),
        (a_zip(("../a.txt", TALK)), "points outside"),
        (a_zip(("b/../../a.txt", TALK)), "points outside"),
        (a_zip(("/etc/a.txt", TALK)), "points outside"),
        (a_zip(("C:\\a.txt", TALK)), "points outside"),
        (LOCKED, "locked with a password"),
        (a_zip(*((f"{at}.txt", b"") for at in range(MOST_ENTRIES + 1))), "2,001 parts"),
        (a_zip(("a.txt", b"a: b\n" * MIB)), "grows .* times"),
    ],
)
def test_a_zip_beyond_the_limits_is_refused_with_one_sentence(data, reason):
    with pytest.raises(RefusedFile, match=reason) as refused:
        unpack("all.zip", data)
    assert refused.value.sentence.startswith("all.zip: ")
    assert refused.value.way_out


def test_files_that_unpack_to_too_much_together_are_refused():
    each = MOST_BYTES - 1
    count = MOST_UNPACKED // each + 1
    data = a_zip(*((f"{at}.txt", b"") for at in range(count)))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data = data[: at + 24] + each.to_bytes(4, "little") + data[at + 28 :]
    with pytest.raises(RefusedFile, match=r"unpack to 22\d MB; at most 200"):
        unpack("all.zip", data)


def test_a_zip_itself_has_a_limit(monkeypatch):
    monkeypatch.setattr(zips, "MOST_ZIP_BYTES", 100)
    with pytest.raises(RefusedFile, match="at most 0 MB are taken in"):
        unpack("all.zip", a_zip(("a.txt", TALK)))
    assert MOST_ZIP_BYTES == MOST_UNPACKED


def test_a_list_too_long_to_be_listed_is_refused():
    with pytest.raises(RefusedFile, match="lists 150,000 parts"):
        unpack("all.zip", b"PK\x01\x02" * 150_000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (listed(a_zip(("a.txt", TALK)), size=MOST_BYTES + 1), "has 25.1 MB; at most 25 MB"),
        (listed(a_zip(("a.txt", TALK)), size=5), "damaged"),
        (
            a_zip(("a.txt", TALK), packing=zipfile.ZIP_STORED).replace(b"met on", b"sat on"),
            "damaged",
        ),
        (a_zip(("a.txt", TALK * 9), packing=zipfile.ZIP_LZMA), "packed in a way that no document"),
        (a_zip(("a.txt", TALK * 9), packing=zipfile.ZIP_BZIP2), "packed in a way that no document"),
        (listed(a_zip(("a.txt", TALK)), packing=99), "packed in a way that no document"),
    ],
)
def test_a_bad_file_in_a_good_zip_is_refused_by_itself(data, reason):
    (file,) = unpack("all.zip", data).files
    with pytest.raises(RefusedFile, match=reason) as refused:
        file.load()
    assert refused.value.sentence.startswith("all.zip, a.txt: ")


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_any_bytes_are_unpacked_or_refused(content, at, change):
    whole = a_zip(("a/talk.txt", content), ("talk.txt", TALK), ("manifest.csv", b"file\n"))
    for data in (content, whole[:at] + change + whole[at + len(change) :], whole[:at]):
        with suppress(RefusedFile, RefusedManifest):
            for file in unpack("all.zip", data).files:
                assert len(file.load()) < 1_000
