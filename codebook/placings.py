"""Where passages stand: under which theme, for or against it, and by which code.

A theme rests on codes, on passages and on candidate themes. Codes bring their codings, passages
themselves. A candidate is the machine's proposal, so of its members only those come in that a
person chose for the report.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import (
    CandidateMember,
    Quote,
    Theme,
    ThemeCandidate,
    ThemeCode,
    ThemePassage,
    User,
)
from codebook.code_paths import CodePath, code_paths
from codebook.codings import Coding, codings


@dataclass(frozen=True, slots=True)
class Placing:
    """A passage under a theme (None: in none yet), with its coding where it has one."""

    passage_id: int
    theme: Theme | None = None
    against: bool = False
    coding: Coding | None = None
    code: CodePath | None = None


class Passes(NamedTuple):
    """A passage under a theme, by ids."""

    theme_id: int
    passage_id: int


@dataclass(frozen=True, slots=True)
class Rests:
    """What people laid under the themes of a study."""

    themes: Mapping[int, Theme]
    """By id, in the report's order."""
    by_code: Mapping[int, list[int]]
    """Code -> the themes that rest on it."""
    stood: Mapping[Passes, bool]
    """Passages stood under a theme directly -> whether they speak against it."""
    proposed: frozenset[Passes]
    """Chosen passages that a candidate theme brings along."""


def placings(session: Session, study_id: int, chosen: Mapping[int, str]) -> list[Placing]:
    """Every place where a passage of the study stands; `chosen` are the passages chosen."""
    rests = _rests(session, study_id)
    codes = code_paths(session, study_id)
    placed = list(_coded(codings(session, study_id, waiting=True), codes, rests))
    there = {
        Passes(one.theme.id, one.passage_id)
        for one in placed
        if one.theme is not None and one.coding is not None and one.coding.state == "stands"
    }
    for place in sorted({*rests.stood, *rests.proposed} - there):
        against = rests.stood.get(place, False)
        placed.append(Placing(place.passage_id, rests.themes[place.theme_id], against))
    somewhere = {one.passage_id for one in placed if _shows(one)}
    placed += [Placing(passage_id) for passage_id in sorted(set(chosen) - somewhere)]
    return placed


def chosen_in(session: Session, study_id: int) -> dict[int, str]:
    """Passages chosen for the report -> who chose them."""
    rows = session.execute(
        select(Quote.passage_id, User.name)
        .join(User, User.id == Quote.chosen_by)
        .where(Quote.study_id == study_id)
    )
    return dict(iter(rows))


def _shows(one: Placing) -> bool:
    return one.coding is None or one.coding.state == "stands"


def _coded(found: list[Coding], codes: Mapping[int, CodePath], rests: Rests) -> Iterator[Placing]:
    for coding in found:
        code = codes[coding.code_id]
        for theme_id in rests.by_code.get(code.id, []):
            against = rests.stood.get(Passes(theme_id, coding.passage_id), False)
            theme = rests.themes[theme_id]
            yield Placing(coding.passage_id, theme, against, coding, code)
        if code.id not in rests.by_code:
            yield Placing(coding.passage_id, None, False, coding, code)


def _rests(session: Session, study_id: int) -> Rests:
    themes = {
        theme.id: theme
        for theme in session.scalars(
            select(Theme).where(Theme.study_id == study_id).order_by(Theme.position, Theme.id)
        )
    }
    by_code: dict[int, list[int]] = defaultdict(list)
    for row in session.scalars(select(ThemeCode).where(ThemeCode.theme_id.in_(themes))):
        by_code[row.code_id].append(row.theme_id)
    stood = session.scalars(select(ThemePassage).where(ThemePassage.theme_id.in_(themes)))
    members = session.execute(
        select(ThemeCandidate.theme_id, CandidateMember.passage_id)
        .join(CandidateMember, CandidateMember.candidate_id == ThemeCandidate.candidate_id)
        .join(Quote, Quote.passage_id == CandidateMember.passage_id)
        .where(ThemeCandidate.theme_id.in_(themes), Quote.study_id == study_id)
    )
    return Rests(
        themes=themes,
        by_code=by_code,
        stood={Passes(row.theme_id, row.passage_id): row.against for row in stood},
        proposed=frozenset(Passes(*row) for row in members),
    )
