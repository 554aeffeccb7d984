"""What a transcript's pages are given: gathered here, so that the routes stay thin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.clock import clock
from api.policies import RESEARCHERS, Access
from capture.models import Passage
from capture.transcript_list import Wanted, choices, list_transcripts
from capture.transcript_view import (
    Between,
    SaidTurn,
    Speaker,
    TranscriptText,
    load_text,
    words_by_speaker,
)
from codebook.choices import codes_to_choose
from codebook.margin import coded_passages, margin
from codebook.reading import LaidTurn, lay_out


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker in the left column, with how much they said."""

    speaker: Speaker
    words: int


def list_page(session: Session, access: Access, wanted: Wanted) -> dict[str, Any]:
    """The list of transcripts, what it can be filtered by, and what is in it altogether."""
    everything = list_transcripts(session, access.study.id)
    shown = [one for one in everything if wanted.takes(one.transcript)]
    return {
        "shown": shown,
        "total": len(everything),
        "wanted": wanted,
        "choices": choices(everything),
        "coded": coded_passages(session, access.study.id),
        "words": sum(one.words for one in shown),
        "to_look_at": sum(bool(one.needs_a_look) for one in shown),
        "describes": access.may(RESEARCHERS),
    }


def reading_page(
    session: Session, access: Access, transcript_id: int, speaker_id: int | None
) -> dict[str, Any]:
    """A transcript read in full, or the turns of one of its speakers."""
    read = load_text(session, access.study.id, transcript_id, speaker_id=speaker_id)
    spoken = words_by_speaker(session, read.version.id)
    codes = codes_to_choose(session, access.study.id)
    stance_codes = [code.id for facet in codes if facet.takes_stance for code in facet.codes]
    return {
        **_laid(session, access, read, None),
        "voices": [Voice(one, spoken.get(one.id, 0)) for one in read.speakers],
        "only": next((one for one in read.speakers if one.id == speaker_id), None),
        "words": sum(spoken.values()),
        "lasts": _lasts(read.turns),
        "left_out_words": sum(int(item["words"]) for item in read.version.left_out),
        "codes": codes,
        "stance_codes": " ".join(str(one) for one in stance_codes),
        "describes": access.may(RESEARCHERS),
    }


def turns_around(
    session: Session, access: Access, transcript_id: int, passage: Passage
) -> dict[str, Any]:
    """The turns a passage touches, as they stand now: what a change on the page brings back."""
    between = (passage.start, passage.end)
    read = load_text(session, access.study.id, transcript_id, between=between)
    return _laid(session, access, read, _whole(read.turns))


def turn_at(turns: Sequence[SaidTurn], seconds: float) -> SaidTurn | None:
    """The turn that was being spoken so many seconds in: the last that began by then."""
    timed = [turn for turn in turns if turn.starts_at is not None]
    begun = [turn for turn in timed if (turn.starts_at or 0.0) <= seconds]
    return begun[-1] if begun else next(iter(timed), None)


def _laid(
    session: Session, access: Access, read: TranscriptText, between: Between | None
) -> dict[str, Any]:
    notes = margin(session, access.study.id, read.version.id, access.user.id, between)
    laid: list[LaidTurn] = lay_out(read.version.text, read.turns, notes)
    return {
        "here": f"/studies/{access.study.id}/transcripts/{read.transcript.id}",
        "transcript": read.transcript,
        "version": read.version,
        "timed": read.timed,
        "laid": laid,
        "clock": clock,
    }


def _whole(turns: Sequence[SaidTurn]) -> Between | None:
    """The span of whole turns: a turn comes back with all its notes, not only those touched."""
    return (turns[0].start, turns[-1].end) if turns else None


def _lasts(turns: Sequence[SaidTurn]) -> int | None:
    """Minutes the recording runs, as far as the turns tell."""
    starts = [turn.starts_at for turn in turns if turn.starts_at is not None]
    return max(1, round(max(starts) / 60)) if starts else None
