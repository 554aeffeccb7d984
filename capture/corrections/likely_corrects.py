"""Which transcript of a study a file is likely a corrected version of."""

import re
import unicodedata
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Transcript, TranscriptVersion
from transcripts.turns import Reading

SHINGLE = 5
"""Words that are looked for together."""
LOOKED_FOR = 160
"""Shingles of the file, evenly spread, that are looked for in every transcript."""
SHARED = 0.5
"""Share of them that a transcript must hold to be the same talk."""
_RUNS = re.compile(r"([\s.-])[\s.-]+")
"""Of many spaces and dashes one says as much, and takes no time to look through."""
_VERSION = re.compile(
    r"""[\s_.-]* [(\[]? \b(?: corrected | correction | final | edited | checked | revised | copy
        | clean(?:ed)? | version\s*\d* | v\s*\d+ (?:\.\d+)? | \d{1,2} (?=[)\]]) )\b [)\]]? """,
    re.VERBOSE,
)


def likely_corrects(
    session: Session, study_id: int, file_name: str, reading: Reading
) -> Transcript | None:
    """The transcript that a file seems to be a corrected version of; None where none is.

    It holds most of what was said in it; else its file has the same name, but for what people
    write to tell versions apart ("(corrected)", "v2", "final").
    """
    shingles = _shingles(_plain(reading.text))
    best: tuple[float, Transcript] | None = None
    named: Transcript | None = None
    rows = session.execute(
        select(Transcript, TranscriptVersion.text)
        .join(TranscriptVersion, TranscriptVersion.transcript_id == Transcript.id)
        .where(Transcript.study_id == study_id, TranscriptVersion.number == Transcript.version)
        .order_by(Transcript.id)
    )
    wanted = same_file(file_name)
    for transcript, text in rows:
        if wanted and same_file(transcript.file_name) == wanted:
            named = named or transcript
        share = _share(shingles, text)
        if share >= SHARED and (best is None or share > best[0]):
            best = share, transcript
    return best[1] if best else named


def says_most_of(session: Session, transcript: Transcript, reading: Reading) -> bool:
    """Whether a transcript holds most of what a file says, whatever either is called."""
    text = session.scalars(
        select(TranscriptVersion.text).where(
            TranscriptVersion.transcript_id == transcript.id,
            TranscriptVersion.number == transcript.version,
        )
    ).one()
    return _share(_shingles(_plain(reading.text)), text) >= SHARED


def same_file(name: str) -> str:
    """A file's name as compared: without suffix, case, and what tells versions of it apart."""
    stem = unicodedata.normalize("NFC", PurePath(name).stem).casefold().replace("_", " ")
    stem = _RUNS.sub(r"\1", stem)
    bare = _VERSION.sub(" ", stem)
    return " ".join(re.findall(r"\w+", bare if re.search(r"\w", bare) else stem))


def _share(shingles: list[str], text: str) -> float:
    """The share of shingles that stand in a text; given up early where they can't be half."""
    if not shingles:
        return 0.0
    plain = _plain(text)
    first = shingles[:: max(1, len(shingles) // 16)]
    if not any(one in plain for one in first):
        return 0.0
    return sum(one in plain for one in shingles) / len(shingles)


def _shingles(plain: str) -> list[str]:
    words = plain.split()
    last = len(words) - SHINGLE
    if last < 0:
        return []
    step = max(1, (last + 1) // LOOKED_FOR)
    return [f" {' '.join(words[at : at + SHINGLE])} " for at in range(0, last + 1, step)]


def _plain(text: str) -> str:
    """Words in small letters with one space between, so that a phrase can be looked for."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "
