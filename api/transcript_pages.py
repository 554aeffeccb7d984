"""What a transcript's pages are given: gathered here, so that the routes stay thin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.clock import clock
from api.corrections.standing_text import standing_text, waiting_in_study
from api.policies import RESEARCHERS, Access
from api.turn_markup import turns_markup
from capture.draft.drafts import waiting
from capture.models import Passage
from capture.transcript_list import Wanted, choices, list_transcripts
from capture.transcript_view import (
    SaidTurn,
    Speaker,
    TranscriptText,
    load_text,
    words_by_speaker,
)
from codebook.choices import codes_to_choose
from codebook.margin import coded_passages, margin
from codebook.overview import not_analysed
from codebook.reading import LaidTurn, lay_out

TURNS_A_LEAF = 40
"""The page lays out only the leaves near the screen: so many turns make one."""
FIRST_LEAVES = 3
LATE_SECONDS = 60
"""So long after the last turn began, it is said that this was the last."""
LEAVES_AT_A_TIME = 40


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some turns that follow each other on the page; `number` counts from 1."""

    number: int
    laid: Sequence[LaidTurn]

    @property
    def first(self) -> SaidTurn:
        """Its first turn."""
        return self.laid[0].turn

    @property
    def last(self) -> SaidTurn:
        """Its last turn."""
        return self.laid[-1].turn

    @property
    def characters(self) -> int:
        """How much is said on it: the page makes room by that before it lays a leaf out."""
        return sum(one.turn.end - one.turn.start for one in self.laid)

    @property
    def notes(self) -> int:
        """Notes beside its words."""
        return sum(len(one.notes) for one in self.laid)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker in the left column, with how much they said."""

    speaker: Speaker
    words: int


def list_page(session: Session, access: Access, wanted: Wanted) -> dict[str, Any]:
    """The list of transcripts, what it can be filtered by, and what is in it altogether."""
    everything = list_transcripts(session, access.study.id)
    need_look = waiting_in_study(session, access)
    shown = [one for one in everything if wanted.takes(one.transcript)]
    return {
        "shown": shown,
        "total": len(everything),
        "wanted": wanted,
        "choices": choices(everything),
        "coded": coded_passages(session, access.study.id),
        "words": sum(one.words for one in shown),
        "to_look_at": sum(
            bool(one.needs_a_look or need_look.get(one.transcript.id)) for one in shown
        ),
        "need_look": need_look,
        "describes": access.may(RESEARCHERS),
        "to_analyse": not_analysed(session, access.study.id),
        "waiting": waiting(session, access.study.id).drafts,
    }


def reading_page(
    session: Session,
    access: Access,
    transcript_id: int,
    speaker_id: int | None = None,
    *,
    beside: bool = False,
) -> dict[str, Any]:
    """A transcript read in full, or one speaker's turns, with those beside them where asked.

    Its turns are laid out as the page is sent, so the session has to last until then.
    """
    read = load_text(session, access.study.id, transcript_id, speaker_id=speaker_id, beside=beside)
    spoken = words_by_speaker(session, read.version.id)
    codes = codes_to_choose(session, access.study.id)
    stance_codes = [code.id for facet in codes if facet.takes_stance for code in facet.codes]
    return {
        **_place(access, read),
        "leaves": leaves(session, access, read),
        "said_turns": sum(_by(turn, speaker_id) for turn in read.turns),
        **standing_text(session, access, read.transcript),
        # Who speaks only in an earlier version of the text is not listed beside this one.
        "voices": [
            Voice(one, spoken.get(one.id, 0))
            for one in read.speakers
            if one.id in spoken or read.version.number == 1
        ],
        "only": next((one for one in read.speakers if one.id == speaker_id), None),
        "beside": beside,
        "words": sum(spoken.values()),
        "lasts": _lasts(read.turns),
        "left_out": _left_out(access, read.version.left_out),
        "left_out_words": sum(int(item["words"]) for item in read.version.left_out),
        "codes": codes,
        "stance_codes": " ".join(str(one) for one in stance_codes),
        "describes": access.may(RESEARCHERS),
    }


def leaves(session: Session, access: Access, read: TranscriptText) -> Iterator[Leaf]:
    """The turns with their margin, leaf by leaf; the margin is fetched for some leaves at a time.

    The first lot is small, so that the first words stand on the page while the rest is made.
    """
    before: SaidTurn | None = None
    number = 1
    for lot in _lots(read.turns):
        between = (before.end if before else 0, lot[-1].end)
        notes = margin(session, access.study.id, read.version.id, access.user.id, between)
        laid = lay_out(read.version.text, lot, notes, before)
        for at in range(0, len(laid), TURNS_A_LEAF):
            yield Leaf(number, laid[at : at + TURNS_A_LEAF])
            number += 1
        before = lot[-1]


def _lots(turns: Sequence[SaidTurn]) -> Iterator[Sequence[SaidTurn]]:
    at, many = 0, FIRST_LEAVES * TURNS_A_LEAF
    while at < len(turns):
        yield turns[at : at + many]
        at, many = at + many, LEAVES_AT_A_TIME * TURNS_A_LEAF


def turns_around(
    session: Session, access: Access, transcript_id: int, passage: Passage
) -> dict[str, Any]:
    """The turns a passage touches, as they stand now: what a change on the page brings back."""
    between = (passage.start, passage.end)
    read = load_text(session, access.study.id, transcript_id, between=between)
    # Whole turns: one comes back with all its notes, not only those that were touched.
    whole = (read.turns[0].start, read.turns[-1].end) if read.turns else None
    notes = margin(session, access.study.id, read.version.id, access.user.id, whole)
    return {**_place(access, read), "laid": lay_out(read.version.text, read.turns, notes)}


def turn_at(turns: Sequence[SaidTurn], seconds: float) -> tuple[SaidTurn | None, str]:
    """The turn that was being spoken so many seconds in (the last that began by then), with a
    sentence where there is none, or only one that is far from it.
    """
    timed = [(turn.starts_at, turn) for turn in turns if turn.starts_at is not None]
    if not timed:
        return None, "Nothing says when this was spoken, so there are no times to go to."
    begun = [one for one in timed if one[0] <= seconds]
    at, turn = begun[-1] if begun else timed[0]
    if not begun:
        return turn, f"Nobody speaks before {clock(at)}."
    late = len(begun) == len(timed) and seconds - at > LATE_SECONDS
    return turn, f"The last turn begins at {clock(at)}." if late else ""


def _place(access: Access, read: TranscriptText) -> dict[str, Any]:
    return {
        "here": f"/studies/{access.study.id}/transcripts/{read.transcript.id}",
        "transcript": read.transcript,
        "version": read.version,
        "timed": read.timed,
        "clock": clock,
        "turns": turns_markup,
    }


def _left_out(access: Access, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was left out of the text. Nobody looked for names in it, so its words, and what a sheet
    or the like is called, are told to researchers alone."""
    if access.may(RESEARCHERS):
        return list(items)
    places = ({"where": one["where"].partition('"')[0].strip()} for one in items)
    return [{**one, **place, "what": ""} for one, place in zip(items, places, strict=True)]


def _by(turn: SaidTurn, speaker_id: int | None) -> bool:
    return turn.speaker is not None and turn.speaker.id == speaker_id


def _lasts(turns: Sequence[SaidTurn]) -> int | None:
    """Minutes the recording runs, as far as the turns tell."""
    starts = [turn.starts_at for turn in turns if turn.starts_at is not None]
    return max(1, round(max(starts) / 60)) if starts else None
