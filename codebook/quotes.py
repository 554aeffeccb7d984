"""The quote bank: passages that people coded, by theme and code, as far as they may be quoted."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Quote as ChosenRow
from capture.models import Theme, ThemeCode, User
from codebook.code_paths import CodePath, code_paths
from codebook.codings import Coding, codings
from codebook.said import Said, passages_said
from codebook.sharing import Attribution, Held, Release, release

NO_THEME = "Not in a theme yet"
LAST = 1_000_000
"""Where quotes without a theme stand: after all that have one."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the bank is wanted; empty means all. Attributes by name, each with its values."""

    theme_ids: frozenset[int] = frozenset()
    code_ids: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    waves: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    stances: frozenset[str] = frozenset()
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chosen_only: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation under one theme and code. `text` is `text[start:end]` of the stored text.

    Where the words are to stay unattributed, role, place, transcript and attributes are empty:
    they are not hidden by the page but absent from it.
    """

    passage_id: int
    text: str
    theme: str
    code: str
    """The code's path: facet › parent › name."""
    stance: str | None
    attribution: Attribution
    kind: str
    wave: int | None
    role: str | None
    place: str | None
    transcript: str | None
    file: str | None
    version: int
    start: int
    end: int
    attributes: Mapping[str, str]
    confirmed_by: tuple[str, ...]
    confirmed_at: datetime
    chosen: bool
    theme_id: int | None = None
    code_id: int = 0

    @property
    def credit(self) -> str:
        """The attribution as it is printed under the words."""
        if self.attribution == "unattributed":
            return "Someone who took part"
        where = [self.role or "Role not recorded", self.place, self.wave and f"wave {self.wave}"]
        return ", ".join(str(part) for part in where if part)


@dataclass(frozen=True, slots=True)
class QuoteBank:
    """Quotes in the report's order, and what was held back: reason -> passages."""

    study: str
    quotes: tuple[Quote, ...]
    held: Mapping[Held, int]
    disputed: int
    """Passages left out because two coders disagree about the code."""

    @property
    def held_sentence(self) -> str:
        """What the bank doesn't show, in a sentence."""
        parts = [f"{count} {reason}" for reason, count in sorted(self.held.items())]
        parts += [f"{self.disputed} in dispute between coders"] if self.disputed else []
        total = sum(self.held.values()) + self.disputed
        if not total:
            return "Nothing was held back."
        noun = "coded passage was" if total == 1 else "coded passages were"
        return f"{total} {noun} held back: {'; '.join(parts)}."


def quote_bank(
    session: Session, study_id: int, study: str, filters: Filters | None = None
) -> QuoteBank:
    """The quote bank of a study: only codings that stand, only words that may be quoted."""
    wanted = filters or Filters()
    placed = _placed(session, study_id, wanted)
    said = passages_said(session, {coding.passage_id for coding, _ in placed})
    chosen = set(
        session.scalars(select(ChosenRow.passage_id).where(ChosenRow.study_id == study_id))
    )
    names = dict(session.execute(select(User.id, User.name)).tuples().all())
    sorting = _Sorting(wanted)
    for coding, place in placed:
        passage = said[coding.passage_id]
        if wants_event(passage, wanted, chosen):
            answer = release(passage.voices, passage.record)
            sorting.put(coding, place, passage, answer, _Words(names, chosen))
    return sorting.bank(study)


@dataclass(frozen=True, slots=True)
class _Place:
    """A theme a coding counts for, and its code."""

    theme_id: int | None
    theme: str
    theme_order: int
    code: CodePath


@dataclass(frozen=True, slots=True)
class _Words:
    """What a quote needs beside its passage: people's names, and which passages are chosen."""

    names: Mapping[int, str]
    chosen: Collection[int]


class _Sorting:
    """Quotes and what was held back, as they are sorted into a bank."""

    def __init__(self, wanted: Filters) -> None:
        self._wanted = wanted
        self._quotes: list[tuple[tuple[int, ...], Quote]] = []
        self._held: dict[int, Held] = {}
        self._disputed: set[int] = set()

    def put(
        self, coding: Coding, place: _Place, passage: Said, answer: Release, words: _Words
    ) -> None:
        """Take one coding in: as a quote, as held back, or as disputed."""
        if answer.attribution is None:
            self._held[coding.passage_id] = answer.held or "for analysis only"
        elif coding.state == "disputed":
            self._disputed.add(coding.passage_id)
        else:
            quote = _quote(coding, place, passage, answer.attribution, words)
            if wants_person(quote, self._wanted):
                order = (
                    place.theme_order,
                    place.code.order,
                    passage.transcript_id,
                    passage.start,
                    passage.end,
                )
                self._quotes.append((order, quote))

    def bank(self, study: str) -> QuoteBank:
        """The quotes in the report's order."""
        ordered = sorted(self._quotes, key=lambda pair: pair[0])
        return QuoteBank(
            study=study,
            quotes=tuple(quote for _, quote in ordered),
            held=Counter(self._held.values()),
            disputed=len(self._disputed),
        )


def _placed(session: Session, study_id: int, wanted: Filters) -> list[tuple[Coding, _Place]]:
    """Every coding under every theme its code counts for, or under none."""
    codes = code_paths(session, study_id)
    themes: dict[int, list[Theme]] = defaultdict(list)
    for code_id, theme in session.execute(
        select(ThemeCode.code_id, Theme)
        .join(Theme, Theme.id == ThemeCode.theme_id)
        .where(Theme.study_id == study_id)
        .order_by(Theme.position, Theme.id)
    ).tuples():
        themes[code_id].append(theme)
    placed = []
    for coding in codings(session, study_id):
        code = codes[coding.code_id]
        places = [
            _Place(theme.id, theme.name, theme.position, code) for theme in themes[code.id]
        ] or [_Place(None, NO_THEME, LAST, code)]
        placed += [(coding, place) for place in places if _wants_code(coding, place, wanted)]
    return placed


def _wants_code(coding: Coding, place: _Place, wanted: Filters) -> bool:
    return (
        (not wanted.theme_ids or (place.theme_id or 0) in wanted.theme_ids)
        and (not wanted.code_ids or coding.code_id in wanted.code_ids)
        and (not wanted.stances or (coding.stance or "none") in wanted.stances)
    )


def wants_event(passage: Said, wanted: Filters, chosen: Collection[int]) -> bool:
    """Whether a passage's event is wanted; held-back passages are counted within this."""
    return (
        (not wanted.kinds or passage.kind in wanted.kinds)
        and (not wanted.waves or passage.wave in wanted.waves)
        and (not wanted.chosen_only or passage.passage_id in chosen)
    )


def wants_person(quote: Quote, wanted: Filters) -> bool:
    """Whether who spoke is wanted, going only by what the quote may say of them.

    Filtering an unattributed quote by role would say the role after all.
    """
    return (
        (not wanted.roles or quote.role in wanted.roles)
        and (not wanted.places or quote.place in wanted.places)
        and all(
            not values or quote.attributes.get(name) in values
            for name, values in wanted.attributes.items()
        )
    )


def _quote(
    coding: Coding, place: _Place, passage: Said, attribution: Attribution, words: _Words
) -> Quote:
    open_ = attribution == "with role"
    return Quote(
        passage_id=passage.passage_id,
        text=passage.text,
        theme=place.theme,
        code=place.code.path,
        stance=coding.stance,
        attribution=attribution,
        kind=passage.kind,
        wave=passage.wave,
        role=passage.role if open_ else None,
        place=passage.place if open_ else None,
        transcript=passage.transcript if open_ else None,
        file=passage.file if open_ else None,
        version=passage.version,
        start=passage.start,
        end=passage.end,
        attributes=passage.attributes if open_ else {},
        confirmed_by=tuple(words.names[user] for user in coding.confirmed_by),
        confirmed_at=coding.confirmed_at,
        chosen=passage.passage_id in words.chosen,
        theme_id=place.theme_id,
        code_id=coding.code_id,
    )
