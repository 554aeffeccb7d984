"""The quote bank: passages that people coded or chose, as far as they may be quoted.

This is the only place where words are taken from the record to be shown to report authors, and
every passage here goes through the gate (`codebook.sharing.release`) before a quote is made of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.errors import Unfit
from capture.models import Theme, User
from codebook.bank import (
    CHOSEN_WITHOUT_CODE,
    NO_THEME,
    HeldBack,
    Quote,
    QuoteBank,
    Reason,
    ThemeLine,
    Warrant,
)
from codebook.narrowing import Choices, Filters, choices, narrow
from codebook.placings import Placing, chosen_in, placings
from codebook.said import Person, Said, passages_said
from codebook.sharing import INSIDE, PUBLIC, Attribution
from transcripts.turns import Audience

__all__ = [
    "Choices",
    "Filters",
    "Quote",
    "QuoteBank",
    "audience_of",
    "choices",
    "narrow",
    "quote_bank",
]

AUDIENCES: Mapping[str, Audience] = {"programme": INSIDE, "public": PUBLIC}
"""For whom a bank can be made, by the words that addresses and commands have for it."""
LAST = 1_000_000
"""Where quotes without a theme or code stand: after all that have one."""
Point = tuple[int, bool, int, str]
"""What quotes say together: theme, for or against, code, stance."""


class Shown(NamedTuple):
    """A passage in its place, with the gate's answer for it."""

    placing: Placing
    said: Said
    attribution: Attribution
    travels: Audience


@dataclass(frozen=True, slots=True)
class _Words:
    """What a quote needs beside its passage: people's names, and who chose which passage."""

    names: Mapping[int, str]
    chosen: Mapping[int, str]


def quote_bank(
    session: Session,
    study_id: int,
    study: str,
    filters: Filters | None = None,
    *,
    audience: Audience = INSIDE,
) -> QuoteBank:
    """The quote bank of a study, made for an audience: only codings that stand, only words that
    may be quoted there.
    """
    chosen = chosen_in(session, study_id)
    placed = placings(session, study_id, chosen)
    said = passages_said(session, study_id, {one.passage_id for one in placed})
    words = _Words(dict(iter(session.execute(select(User.id, User.name)))), chosen)
    shown: list[Shown] = []
    held: list[HeldBack] = []
    answers = {passage_id: passage.released(audience) for passage_id, passage in said.items()}
    for one in placed:
        answer = answers[one.passage_id]
        if answer.attribution is None:
            held.append(
                _held(one, said[one.passage_id], answer.held or "for analysis only", chosen)
            )
        elif one.coding is not None and one.coding.state == "disputed":
            held.append(_held(one, said[one.passage_id], "in dispute", chosen))
        else:
            shown.append(Shown(one, said[one.passage_id], answer.attribution, answer.travels))
    shown.sort(key=_order)
    warrants = _warrants(shown)
    quotes = tuple(_quote(one, words, warrants[_point(one.placing)]) for one in shown)
    bank = QuoteBank(study, audience, quotes, _theme_lines(session, study_id, shown), tuple(held))
    return narrow(bank, filters or Filters())


def audience_of(said: str) -> Audience:
    """The audience that a word names. Raises Unfit for any other word: nothing is guessed here."""
    if said not in AUDIENCES:
        known = ", ".join(AUDIENCES)
        raise Unfit(f"“{said}” is no audience.", way_out=f"Say one of: {known}.")
    return AUDIENCES[said]


def _order(one: Shown) -> tuple[int, int, bool, int, int, int, str]:
    """The report's order. Unattributed words come last and by the alphabet: in the transcripts'
    order their neighbours would say where they were spoken.
    """
    placing, said = one.placing, one.said
    open_ = one.attribution == "with role"
    return (
        placing.theme.position if placing.theme else LAST,
        placing.theme.id if placing.theme else LAST,
        placing.against,
        placing.code.order if placing.code else LAST,
        said.transcript.id if open_ else LAST,
        said.start if open_ else 0,
        "" if open_ else said.text,
    )


def _point(placing: Placing) -> Point:
    return (
        placing.theme.id if placing.theme else 0,
        placing.against,
        placing.code.id if placing.code else 0,
        (placing.coding.stance if placing.coding else None) or "",
    )


def _warrants(shown: Iterable[Shown]) -> dict[Point, Warrant]:
    people: dict[Point, set[Person]] = defaultdict(set)
    places: dict[Point, set[str]] = defaultdict(set)
    for placing, said, attribution, _ in shown:
        people[_point(placing)] |= said.people
        if attribution == "with role" and said.place:
            places[_point(placing)].add(said.place)
    # Words without a code say nothing together: only a code makes two passages say the same.
    return {
        point: Warrant(len(who), len(places[point])) if point[2] else Warrant(0, 0)
        for point, who in people.items()
    }


def _theme_lines(session: Session, study_id: int, shown: Iterable[Shown]) -> tuple[ThemeLine, ...]:
    lines = {
        theme.id: ThemeLine(theme.id, theme.name, theme.claim, theme.counter_evidence)
        for theme in session.scalars(
            select(Theme).where(Theme.study_id == study_id).order_by(Theme.position, Theme.id)
        )
    }
    by_theme: dict[int, list[Shown]] = defaultdict(list)
    for one in shown:
        by_theme[one.placing.theme.id if one.placing.theme else 0].append(one)
    return tuple(_line(line, by_theme[line.id]) for line in lines.values())


def _line(line: ThemeLine, shown: list[Shown]) -> ThemeLine:
    holds = [(one.said, one.attribution) for one in shown if not one.placing.against]
    people = {person for said, _ in holds for person in said.people}
    places = {said.place for said, how in holds if how == "with role" and said.place}
    return replace(
        line,
        quotes=len({said.passage_id for said, _ in holds}),
        against=len({one.said.passage_id for one in shown if one.placing.against}),
        people=len(people),
        places=len(places),
    )


def _held(placing: Placing, said: Said, reason: Reason, chosen: Mapping[int, str]) -> HeldBack:
    return HeldBack(
        passage_id=said.passage_id,
        reason=reason,
        theme_id=placing.theme.id if placing.theme else None,
        code_id=placing.code.id if placing.code else None,
        stance=placing.coding.stance if placing.coding else None,
        kind=said.transcript.kind,
        wave=said.transcript.wave,
        chosen=said.passage_id in chosen,
    )


def _quote(shown: Shown, words: _Words, warrant: Warrant) -> Quote:
    placing, said, attribution, travels = shown
    open_ = attribution == "with role"
    coding, code = placing.coding, placing.code
    return Quote(
        passage_id=said.passage_id,
        text=said.text,
        theme_id=placing.theme.id if placing.theme else None,
        theme=placing.theme.name if placing.theme else NO_THEME,
        against=placing.against,
        code_id=code.id if code else None,
        code=code.path if code else CHOSEN_WITHOUT_CODE,
        facet_key=code.facet_key if code else "",
        stance=coding.stance if coding else None,
        attribution=attribution,
        audience=travels,
        kind=said.transcript.kind,
        wave=said.transcript.wave,
        role=said.role if open_ else None,
        place=said.place if open_ else None,
        transcript=said.transcript.name if open_ else None,
        file=said.transcript.file_name if open_ else None,
        version=said.version if open_ else None,
        start=said.start if open_ else None,
        end=said.end if open_ else None,
        attributes=said.attributes if open_ else {},
        confirmed_by=tuple(words.names[user] for user in coding.confirmed_by) if coding else (),
        confirmed_at=coding.confirmed_at if coding else None,
        chosen_by=words.chosen.get(said.passage_id),
        warrant=warrant,
    )
