"""What a quote bank holds: quotes, the themes they stand under, and what was held back. Pure.

Whoever shows or writes quotes is handed a `QuoteBank` and nothing else, so that nothing can be
shown that did not pass the gate for sharing (`codebook.sharing`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from codebook.sharing import INSIDE, Attribution, Held
from transcripts.turns import Audience

NO_THEME = "Not in a theme yet"
CHOSEN_WITHOUT_CODE = "Without a code"
Reason = Held | Literal["in dispute"]


@dataclass(frozen=True, slots=True)
class Warrant:
    """Whose words say the same: all in the study's bank under one theme, code and stance.

    Places are counted only where they may be named, so `places` is what can be defended aloud.
    """

    people: int
    places: int

    @property
    def sentence(self) -> str:
        """For the line under a quote; empty when nobody else says so."""
        if self.people < 2:
            return ""
        where = f" in {self.places} places" if self.places > 1 else ""
        return f"{self.people} people{where} are coded the same"


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation under one theme and code. `text` is `text[start:end]` of the stored text.

    Where the words are to stay unattributed, role, place, transcript, offsets and attributes are
    empty: they are not hidden by the page but absent from it.
    """

    passage_id: int
    text: str
    theme_id: int | None
    theme: str
    against: bool
    """It speaks against the theme it stands under."""
    code_id: int | None
    """None for words that people stood under the theme, or chose, without a code."""
    code: str
    """The code's path: facet › parent › name."""
    facet_key: str
    stance: str | None
    attribution: Attribution
    audience: Audience
    """How far the words may travel."""
    kind: str
    wave: int | None
    role: str | None
    place: str | None
    transcript: str | None
    file: str | None
    version: int | None
    start: int | None
    end: int | None
    attributes: Mapping[str, str]
    confirmed_by: tuple[str, ...]
    confirmed_at: datetime | None
    chosen_by: str | None
    warrant: Warrant

    @property
    def chosen(self) -> bool:
        """Whether it was chosen for the report."""
        return self.chosen_by is not None

    @property
    def reference(self) -> int | None:
        """The passage's number, to find it again; none where that would say which event it was."""
        return self.passage_id if self.attribution == "with role" else None

    @property
    def credit(self) -> str:
        """The attribution as it is printed under the words."""
        if self.attribution == "unattributed":
            return "Someone who took part"
        role = self.role or "role not recorded"
        where = [role[0].upper() + role[1:], self.place, self.wave and f"wave {self.wave}"]
        return ", ".join(str(part) for part in where if part)

    @property
    def agreed(self) -> str:
        """Who stands behind it, in words."""
        count = len(self.confirmed_by)
        if not count:
            return f"chosen by {self.chosen_by}" if self.chosen_by else "put here without a code"
        number = {1: "one coder", 2: "two coders", 3: "three coders"}.get(count, f"{count} coders")
        return f"confirmed by {number}"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A passage that is not shown: why, and where it would have stood. Without a word of it."""

    passage_id: int
    reason: Reason
    theme_id: int | None
    code_id: int | None
    stance: str | None
    kind: str
    wave: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with what its quotes amount to, in the whole bank of the study."""

    id: int
    name: str
    claim: str
    counter_evidence: str
    quotes: int = 0
    """Passages that speak for it."""
    against: int = 0
    people: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class QuoteBank:
    """Quotes in the report's order, the themes, and what was held back."""

    study: str
    audience: Audience = INSIDE
    """For whom it was made: whatever may not go so far is held back."""
    quotes: tuple[Quote, ...] = ()
    themes: tuple[ThemeLine, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    narrowed: bool = field(default=False, compare=False)
    """Filters were used: this is a part of the study's bank."""

    @property
    def audience_sentence(self) -> str:
        """For whom it was made, for its pages and for every file made of it."""
        if self.audience != INSIDE:
            return "Made for the public."
        inside = len({quote.passage_id for quote in self.quotes if quote.audience == INSIDE})
        stays = f" {inside} of its passages may not leave it." if inside else ""
        return f"Made for use inside the programme.{stays}"

    @property
    def passages(self) -> int:
        """Different passages quoted; one may stand under several themes and codes."""
        return len({quote.passage_id for quote in self.quotes})

    @property
    def held(self) -> dict[Held, int]:
        """Reason -> passages that may not be quoted, most frequent first."""
        reasons = {h.passage_id: h.reason for h in self.held_back if h.reason != "in dispute"}
        return dict(Counter(reasons.values()).most_common())

    @property
    def disputed(self) -> int:
        """Passages with a code that coders disagree about; they may stand under another."""
        return len({h.passage_id for h in self.held_back if h.reason == "in dispute"})

    @property
    def held_sentence(self) -> str:
        """What the bank doesn't show and why, in a sentence."""
        total = sum(self.held.values())
        said = "Nothing was held back."
        if total:
            why = "; ".join(f"{count} {reason}" for reason, count in self.held.items())
            said = f"{total} {'passage was' if total == 1 else 'passages were'} held back: {why}."
        if self.disputed:
            are = "passage is" if self.disputed == 1 else "passages are"
            said += f" {self.disputed} {are} left out where coders disagree about the code."
        return said
