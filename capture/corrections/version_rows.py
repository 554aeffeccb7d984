"""The rows of one version of a text: what it says, what its file left out, and its turns."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256

from sqlalchemy.orm import Session

from capture.models import TranscriptVersion, Turn
from transcripts.spoken_words import Span
from transcripts.turns import LeftOut, Reading

UPLOADED = "uploaded"


def add_version(
    session: Session,
    transcript_id: int,
    reading: Reading,
    *,
    number: int = 1,
    why: str = UPLOADED,
    file_sha256: str | None = None,
    made_by: int | None = None,
    hides_earlier: bool = False,
) -> TranscriptVersion:
    """Store a reading's text as a version of a transcript."""
    version = TranscriptVersion(
        transcript_id=transcript_id,
        number=number,
        text=reading.text,
        text_sha256=sha256(reading.text.encode()).hexdigest(),
        left_out=[asdict(one) for one in reading.left_out],
        why=why,
        file_sha256=file_sha256,
        hides_earlier=hides_earlier,
        made_by=made_by,
    )
    session.add(version)
    session.flush()
    return version


def left_out_of(version: TranscriptVersion, spoken: Sequence[Span]) -> tuple[LeftOut, ...]:
    """What was left out of a version. `spoken` are its turns: rows of an older release don't say
    what stands in the text, so that is looked up: it is a whole line beside them."""
    starts = [0, *(end for _, end in spoken)]
    ends = [*(start for start, _ in spoken), len(version.text)]
    pieces = (version.text[start:end] for start, end in zip(starts, ends, strict=True))
    beside = {" ".join(line.split()) for piece in pieces for line in piece.split("\n")}
    return tuple(
        LeftOut(
            one["what"],
            one["where"],
            one["why"],
            one["words"],
            one["stored"] if "stored" in one else " ".join(one["what"].split()) in beside,
        )
        for one in version.left_out
    )


def add_turns(
    session: Session,
    version_id: int,
    reading: Reading,
    appearances: Mapping[str, int],
) -> list[Turn]:
    """Store a reading's turns; `appearances` says whose label is whose, "" for who has none."""
    turns = [
        Turn(
            version_id=version_id,
            position=position,
            appearance_id=appearances.get(turn.speaker or ""),
            start=turn.start,
            end=turn.end,
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
            question=turn.question,
        )
        for position, turn in enumerate(reading.turns)
    ]
    session.add_all(turns)
    session.flush()
    return turns
