"""Who speaks in a draft: how much, when, with which first words, where else under that label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from capture.appearances import UNNAMED, facilitators_of
from capture.draft_said import DraftSaid
from capture.elsewhere import Elsewhere, labels_elsewhere
from transcripts.manifest_entries import SpeakerEntry
from transcripts.turns import Reading, count_words

FIRST_WORDS = 14
"""How many of a speaker's first words are shown, so that they can be told from others."""


@dataclass(frozen=True, slots=True)
class SpeakerLook:
    """One label of the file; `said` is what was said of it itself, None where nobody did."""

    label: str
    """As the file writes it; empty for words that no label stands before."""
    shown: str
    words: int
    turns: int
    first_words: str
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
        _speaker(reading, label, own, label in asking, said.speakers, elsewhere)
        for label, own in turns.items()
    )


def _speaker(
    reading: Reading,
    label: str,
    turns: Sequence[int],
    asks: bool,
    said: Mapping[str, SpeakerEntry],
    elsewhere: Mapping[str, tuple[Elsewhere, ...]],
) -> SpeakerLook:
    own = [reading.turns[at] for at in turns]
    words = reading.text[own[0].start : own[0].end].split()
    times = [turn.starts_at for turn in own if turn.starts_at is not None]
    return SpeakerLook(
        label=label,
        shown=label or UNNAMED,
        words=sum(count_words(reading.text[turn.start : turn.end]) for turn in own),
        turns=len(own),
        first_words=" ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else ""),
        first_at=times[0] if times else None,
        last_at=times[-1] if times else None,
        asks=asks,
        said=said[label],
        elsewhere=elsewhere.get(label, ()),
    )
