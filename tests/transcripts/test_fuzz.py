"""Random files of every format: read whole, or refused for a reason that was foreseen.

`make fuzz` tries 20,000 files a format instead of 200; `make fuzz FORMAT=docx` one format alone.
"""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transcripts.accounting import check_accounts
from tests.transcripts.fuzz import packages, pages, plain, portable, rich, tables
from tests.transcripts.fuzz.making import Made
from transcripts.intake import suffix_of
from transcripts.readers import READABLE
from transcripts.turns import Reading

EXAMPLES = 20_000 if settings.get_current_profile_name() == "fuzz" else 200
FILES = {
    "txt": plain.TXT,
    "md": plain.MD,
    "docx": packages.DOCX,
    "odt": packages.ODT,
    "rtf": rich.RTF,
    "pdf": portable.PDF,
    "html": pages.HTML,
    "vtt": plain.VTT,
    "srt": plain.SRT,
    "sbv": plain.SBV,
    "csv": tables.CSV,
    "xlsx": tables.XLSX,
}


@pytest.mark.parametrize("suffix", FILES)
def test_every_reader_keeps_or_tells_every_word_of_any_file(suffix):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None if EXAMPLES == 200 else settings().database,
    )
    @given(FILES[suffix])
    def check(made: Made) -> None:
        name = f"talk.{suffix}"
        reading = check_accounts(name, made.data)
        assert reading == check_accounts(name, made.data)
        if reading is not None and made.words is not None:
            check_letters(name, reading, made.words)

    check()


WORD = re.compile(r"[^\W\d_]+")
SAID_ONCE = {".pdf", ".vtt", ".srt", ".sbv"}
"""A running head is told once, and the name of somebody who goes on speaking stands once."""


def check_letters(name: str, reading: Reading, words: str) -> None:
    """Each letter of the file is in the text, in what was left out, or said of a respondent."""
    told = [item.what for item in reading.left_out if not item.stored]
    beside = [value for values in reading.attributes.values() for value in values.values()]
    kept = " ".join([reading.text, *told, *beside, *map(str, reading.attributes)])
    if suffix_of(name) in SAID_ONCE:
        assert set(WORD.findall(words)) <= set(WORD.findall(kept))
        return
    missing = _letters(words) - _letters(kept)
    assert not missing, missing


def _letters(words: str) -> Counter[str]:
    return Counter(letter for letter in words if letter.isalpha())


def test_every_format_is_tried():
    assert {f".{suffix}" for suffix in FILES} == READABLE - {".htm"}


BEGINNINGS = {
    ".vtt": b"WEBVTT\n\n", ".docx": b"PK\x03\x04", ".odt": b"PK\x03\x04", ".xlsx": b"PK\x03\x04",
    ".pdf": b"%PDF-1.7\n", ".rtf": b"{\\rtf1 ",
}  # fmt: skip


@given(st.sampled_from(sorted(READABLE)), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(suffix, data):
    check_accounts(f"talk{suffix}", BEGINNINGS.get(suffix, b"") + data)
