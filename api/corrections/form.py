"""What was typed where a text is corrected: a box and a speaker for each turn of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from capture.errors import Unfit
from capture.models import Appearance
from transcripts.manifest_entries import same_name
from transcripts.rewriting import Edit
from transcripts.turns import Reading

TURNS_A_PAGE = 20
NEW = "new"
"""Chosen where somebody speaks who isn't in the list."""
LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Box:
    """One turn as the form shows it."""

    position: int
    turn_id: int
    words: str
    speaker: str
    """The id of who speaks, or NEW."""
    at: float | None
    question: str | None

    @property
    def rows(self) -> int:
        """Lines the box should have, so that most turns are seen whole."""
        lines = sum(1 + len(line) // 72 for line in self.words.split("\n"))
        return min(max(lines + 1, 2), 24)


def typed_words(typed: str) -> str:
    """Words as they are stored: a browser sends every line's end as CR and LF."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def new_speaker(typed: Mapping[str, str], there: Sequence[Appearance]) -> str:
    """The label of a speaker who is new; one who is there already is that one."""
    label = " ".join(typed.get("new_speaker", "").split())
    if len(label) > LONGEST_LABEL or ":" in label:
        raise Unfit(
            f"A new speaker's name has at most {LONGEST_LABEL} characters and no colon.",
            way_out="Shorten it; who they are can be said under “Who spoke”.",
        )
    known = {same_name(name): row.label for row in there for name in called(row)}
    return known.get(same_name(label), label)


def called(speaker: Appearance) -> tuple[str, ...]:
    """All labels that are written for a speaker."""
    return (speaker.label, *speaker.also_called)


def labels_of(there: Sequence[Appearance], new: str) -> dict[str, tuple[str, ...]]:
    """For every speaker's label all that is written for them, the new speaker's too."""
    labels = {row.label: called(row) for row in there}
    return labels | ({new: (new,)} if new and new not in labels else {})


def edits_of(
    typed: Mapping[str, str], reading: Reading, there: Sequence[Appearance], new: str
) -> dict[int, Edit]:
    """The turns that were typed otherwise than they stand, by position."""
    labels = {str(row.id): row.label for row in there}
    edits: dict[int, Edit] = {}
    for position, turn in enumerate(reading.turns):
        if f"words-{position}" not in typed:
            continue
        words = typed_words(typed[f"words-{position}"])
        chosen = typed.get(f"speaker-{position}", "")
        speaker = labels.get(chosen, turn.speaker)
        if chosen == NEW:
            speaker = new or None
        if chosen == NEW and not new:
            raise Unfit(
                f"Turn {position + 1} is said by a new speaker who has no name yet.",
                way_out="Write the name at the foot of the page.",
            )
        stands = reading.text[turn.start : turn.end]
        if words.strip() != stands.strip() or speaker != turn.speaker:
            edits[position] = Edit(speaker, words)
    return edits
