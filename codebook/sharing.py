"""The one gate for people's words: what was agreed with whoever spoke decides what may leave.

Every exit (quote bank, exports) passes `release`, and says for whom the words are: an agreement has
a scope (how they may be attributed) and an audience (how far they may travel). Words of several
voices go by the strictest agreement among them. Nothing is guessed: a scope we don't know releases
nothing, and an audience we don't know is the programme.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from transcripts.turns import Audience

Held = Literal[
    "withdrawn",
    "for analysis only",
    "agreed only inside the programme",
    "a facilitator's words",
    "notes, not anyone's words",
    "nobody is named as the speaker",
    "names or headings among the words",
    "its text was corrected since",
]
Attribution = Literal["with role", "unattributed"]
Beside = Literal["nothing", "labels", "more"]
"""What a passage holds beside what was said: speakers' labels, or also headings and the like."""

INSIDE: Audience = "inside the programme"
PUBLIC: Audience = "public"

_RANK = {"quote with role": 0, "quote unattributed": 1, "analysis only": 2, "withdrawn": 3}


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who speaks in a passage, as far as sharing is concerned."""

    scope: str
    facilitator: bool
    audience: str = INSIDE


@dataclass(frozen=True, slots=True)
class Release:
    """The gate's answer: how the words may be attributed and how far they may travel, or why they
    are held back.
    """

    attribution: Attribution | None = None
    held: Held | None = None
    travels: Audience = INSIDE


def release(
    voices: Sequence[Voice],
    record: str,
    beside: Beside = "nothing",
    *,
    audience: Audience = INSIDE,
) -> Release:
    """Whether a passage may be quoted for an audience, given all who speak in it and how it was
    recorded.

    Labels between two voices ("Health visitor:") say who spoke, so they only go with a role.
    """
    if not voices:
        return Release(held="nobody is named as the speaker")
    strictest = max(_RANK.get(voice.scope, 2) for voice in voices)
    if strictest == _RANK["withdrawn"]:
        return Release(held="withdrawn")
    if record != "verbatim":
        return Release(held="notes, not anyone's words")
    if any(voice.facilitator for voice in voices):
        return Release(held="a facilitator's words")
    if strictest == _RANK["analysis only"]:
        return Release(held="for analysis only")
    if beside == "more" or (beside == "labels" and strictest):
        return Release(held="names or headings among the words")
    travels = PUBLIC if all(voice.audience == PUBLIC for voice in voices) else INSIDE
    if audience != INSIDE and travels == INSIDE:
        return Release(held="agreed only inside the programme")
    return Release(attribution="unattributed" if strictest else "with role", travels=travels)
