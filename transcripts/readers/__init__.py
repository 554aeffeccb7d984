"""Readers, one module a format; `read` picks one by the file's suffix."""

from transcripts.survey import SurveyColumns
from transcripts.turns import Reading

READABLE: frozenset[str] = frozenset({".txt", ".docx", ".vtt", ".csv"})


def read(name: str, data: bytes, *, survey: SurveyColumns | None = None) -> Reading:
    """Read one file; `survey` says what the columns of a .csv are. Raises RefusedFile."""
    raise NotImplementedError
