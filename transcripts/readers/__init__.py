"""Readers, one module a format; `read` picks one by the file's suffix."""

import re
from collections.abc import Callable

from transcripts.errors import GreenshootsError, RefusedFile
from transcripts.intake import MOST_WORDS, OUT_OF_MEMORY, check_bytes, suffix_of
from transcripts.readers.csv_survey import read_csv
from transcripts.readers.docx import read_docx
from transcripts.readers.html_page import read_html
from transcripts.readers.md import read_md
from transcripts.readers.odt import read_odt
from transcripts.readers.pdf import read_pdf
from transcripts.readers.rtf import read_rtf
from transcripts.readers.txt import read_txt
from transcripts.readers.vtt import read_subtitles, read_vtt
from transcripts.readers.xlsx_survey import read_xlsx
from transcripts.survey import SurveyColumns
from transcripts.turns import Reading

_READERS: dict[str, Callable[[str, bytes], Reading]] = {
    ".txt": read_txt,
    ".md": read_md,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".vtt": read_vtt,
    ".srt": read_subtitles,
    ".sbv": read_subtitles,
}
_SURVEY_READERS: dict[str, Callable[[str, bytes, SurveyColumns | None], Reading]] = {
    ".csv": read_csv,
    ".xlsx": read_xlsx,
}
READABLE: frozenset[str] = frozenset({*_READERS, *_SURVEY_READERS})
"""Suffixes of the files that are read, in lower case."""
_WORD = re.compile(r"\S+")
UNFORESEEN = (
    "the file is damaged in a way we did not foresee, and can't be read.",
    "Save it again, or as plain text.",
)


def check(name: str, data: bytes) -> None:
    """Refuse what needn't be opened to be refused: suffix, size, first bytes."""
    if suffix_of(name) not in READABLE:
        known = ", ".join(sorted(READABLE))
        reason = f"files that end in {suffix_of(name) or 'nothing'} are not read."
        raise RefusedFile(name, "", reason, f"Save it as one of {known}.")
    check_bytes(name, data)


def read(name: str, data: bytes, *, survey: SurveyColumns | None = None) -> Reading:
    """Read one file; `survey` says what the columns of a survey are. Raises RefusedFile."""
    check(name, data)
    try:
        reading = _read_by_suffix(name, data, survey)
    except GreenshootsError:
        raise
    except MemoryError as too_much:
        raise RefusedFile(name, "", *OUT_OF_MEMORY) from too_much
    # A hostile file may upset a parser in ways nobody listed. It must cost its sender a sentence,
    # not everyone the service; nothing else in Greenshoots may catch as much as this.
    except Exception as unforeseen:
        raise RefusedFile(name, "", *UNFORESEEN) from unforeseen
    if not reading.turns:
        raise RefusedFile(name, "", "nobody says anything in this file.", "Check what it holds.")
    _check_words(name, reading)
    return reading


def _check_words(name: str, reading: Reading) -> None:
    if sum(1 for _ in _WORD.finditer(reading.text)) > MOST_WORDS:
        reason = f"it holds too many words; at most {MOST_WORDS:,} are read from one file."
        raise RefusedFile(name, "", reason, "Split it, and upload its parts.")


def _read_by_suffix(name: str, data: bytes, survey: SurveyColumns | None) -> Reading:
    suffix = suffix_of(name)
    if suffix in _SURVEY_READERS:
        return _SURVEY_READERS[suffix](name, data, survey)
    return _READERS[suffix](name, data)
