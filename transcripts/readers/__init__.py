"""Readers, one module a format; `read` picks one by the file's suffix."""

from transcripts.errors import RefusedFile
from transcripts.intake import check_bytes, suffix_of
from transcripts.readers.txt import read_txt
from transcripts.survey import SurveyColumns
from transcripts.turns import Reading

READABLE: frozenset[str] = frozenset({".txt", ".docx", ".vtt", ".csv"})


def read(name: str, data: bytes, *, survey: SurveyColumns | None = None) -> Reading:
    """Read one file; `survey` says what the columns of a .csv are. Raises RefusedFile."""
    check_bytes(name, data)
    return read_txt(name, data)
