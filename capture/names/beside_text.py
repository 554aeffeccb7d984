"""What is said of a transcript beside its text, without the names that leave the text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.ingest import title_of
from capture.models import Appearance, AttributeValue, Transcript
from transcripts.redaction import NAMES
from transcripts.redaction.known_names import is_distinctive, parts_of
from transcripts.redaction.name_words import GENERIC, NOT_NAMES
from transcripts.redaction.words import without_marks
from transcripts.replacing import OFF_THE_RECORD, Renamed, TakenOut

_CAPITAL_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORTEST = 3
"""Letters of a part of a name that is looked for."""


def renamed_by(log: Iterable[TakenOut]) -> Renamed:
    """The names of a log, to be replaced beside the text too."""
    return Renamed({one.original: one.instead for one in log if one.kind != OFF_THE_RECORD})


def rename_beside(session: Session, transcript: Transcript, log: Sequence[TakenOut]) -> None:
    """Names that were taken out of the text leave title, file name, places, roles and attributes,
    whatever their capitals there."""
    renamed = renamed_by(log)
    by_file = transcript.name == title_of(transcript.file_name)
    transcript.file_name = renamed.in_file_name(transcript.file_name)
    name = title_of(transcript.file_name) if by_file else transcript.name
    transcript.name = renamed.as_heading(name)
    transcript.place = maybe(transcript.place, renamed)
    here = Appearance.transcript_id == transcript.id
    for row in session.scalars(select(Appearance).where(here)):
        row.role, row.place = maybe(row.role, renamed), maybe(row.place, renamed)
    of_transcript = AttributeValue.transcript_id == transcript.id
    for value in session.scalars(select(AttributeValue).where(of_transcript)):
        value.value = renamed.as_heading(value.value)
    session.flush()


def maybe(words: str | None, renamed: Renamed) -> str | None:
    """The words without the names, if there are any."""
    return renamed.as_heading(words) if words else words


def gives_away(title: str | None, file_name: str, going: Iterable[TakenOut]) -> tuple[str, ...]:
    """Sentences on parts of replaced names that will stand in the title, or in the file's name,
    still; `title` is None where the file's name gives it.

    What kind of thing it is ("School", "Lane") is no part of a name here.
    """
    log = list(going)
    renamed, parts = renamed_by(log), _parts(log)
    file_name = renamed.in_file_name(file_name)
    title = title_of(file_name) if title is None else renamed.as_heading(title)
    told = []
    if left := _left(title, parts, any_case=False):
        told.append(f"The name “{title}” holds part of a name that is replaced: {left}. Change it.")
    if left := _left(file_name, parts, any_case=True):
        told.append(
            f"The file’s name holds part of a name that is replaced: {left}. Coders see it: put "
            "the file aside, call it otherwise, and upload it again."
        )
    return tuple(told)


def _parts(log: Iterable[TakenOut]) -> set[str]:
    parts = {part for one in log if one.kind in NAMES for part in parts_of(one.original)}
    return {part for part in parts if len(part) >= _SHORTEST} - GENERIC - NOT_NAMES


def _left(called: str, parts: set[str], *, any_case: bool) -> str:
    """The words that are such parts; in a title an everyday word only with a capital."""
    apart = _CAPITAL_INSIDE.sub(" ", unicodedata.normalize("NFC", called))
    left = [
        word
        for word in re.findall(r"[^\W\d_]+", apart)
        if parts & set(parts_of(word))
        and (any_case or not word.islower() or is_distinctive(without_marks(word)))
    ]
    return ", ".join(f"“{word}”" for word in dict.fromkeys(left))
