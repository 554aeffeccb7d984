"""Who speaks in a draft: how much, when, with which first words, where else under that label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from capture.appearances import UNNAMED, facilitators_of
from capture.draft.account import on_record, words_on_record
from capture.draft.elsewhere import Elsewhere, labels_elsewhere
from capture.draft.said import DraftSaid, Span
from transcripts.manifest_entries import SpeakerEntry
from transcripts.turns import Reading

FIRST_WORDS = 14
"""How many of a speaker's first words are shown, so that they can be told from others."""


@dataclass(frozen=True, slots=True)
class SpeakerLook:
    """One label of the file; `said` is what was said of it itself, None where nobody did."""

    label: str
    """As the file writes it; empty for words that no label stands before."""
    shown: str
    words: int
    """Without those off the record."""
    turns: int
    first_words: str
    """Off the record aside."""
    first_at: float | None
    """When they first speak, in seconds."""
    last_at: float | None
    asks: bool
    """Taken for a facilitator, as things stand."""
    said: SpeakerEntry
    elsewhere: tuple[Elsewhere, ...]
    """Where this label stands in the study already; someone else, unless mapped to the same."""


def speakers_of(
    session: Session, study_id: int, reading: Reading, said: DraftSaid
) -> tuple[SpeakerLook, ...]:
    """Every label of a reading, in its order; `said` has an entry for each."""
    asking = facilitators_of(reading, said.entry())
    turns: dict[str, list[int]] = {}
    for at, turn in enumerate(reading.turns):
        turns.setdefault(turn.speaker or "", []).append(at)
    elsewhere = labels_elsewhere(session, study_id, list(turns), but=said.corrects)
    return tuple(
        _speaker(reading, label, own, label in asking, said, elsewhere)
        for label, own in turns.items()
    )


def _speaker(
    reading: Reading,
    label: str,
    turns: Sequence[int],
    asks: bool,
    said: DraftSaid,
    elsewhere: Mapping[str, tuple[Elsewhere, ...]],
) -> SpeakerLook:
    own = [reading.turns[at] for at in turns]
    spans = [(turn.start, turn.end) for turn in own]
    words = _first(reading.text, spans, said.off_record)
    times = [turn.starts_at for turn in own if turn.starts_at is not None]
    return SpeakerLook(
        label=label,
        shown=label or UNNAMED,
        words=sum(words_on_record(reading.text, span, said.off_record) for span in spans),
        turns=len(own),
        first_words=" ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else ""),
        first_at=times[0] if times else None,
        last_at=times[-1] if times else None,
        asks=asks,
        said=said.speakers[label],
        elsewhere=elsewhere.get(label, ()),
    )


def _first(text: str, turns: Sequence[Span], off: Sequence[Span]) -> list[str]:
    """The words of the first turn that says anything on the record."""
    spoken = (" … ".join(on_record(text, span, off)).split() for span in turns)
    return next(filter(None, spoken), [])
