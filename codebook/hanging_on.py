"""What people made of passages that wait: codes as they stand, quotes, themes, reviews."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.models import Quote, Review, Theme, ThemePassage, User
from codebook.code_paths import code_paths
from codebook.codings import codings


@dataclass(frozen=True, slots=True)
class HangingCode:
    """A code on a passage; `disputed` where coders disagree."""

    name: str
    facet_key: str
    stance: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Hanging:
    """All that hangs on one passage."""

    codes: tuple[HangingCode, ...]
    quoted_by: str | None
    themes: tuple[str, ...]
    reviewers: int
    """People who went through it, whatever they found."""


def hanging_on(session: Session, study_id: int, passage_ids: Collection[int]) -> dict[int, Hanging]:
    """What hangs on passages, by passage; each of them is in it."""
    codes = _codes(session, study_id, passage_ids)
    quoted = _quoted(session, passage_ids)
    themes = _themes(session, passage_ids)
    reviewers = _reviewers(session, passage_ids)
    return {
        one: Hanging(
            tuple(codes.get(one, ())),
            quoted.get(one),
            tuple(themes.get(one, ())),
            reviewers.get(one, 0),
        )
        for one in passage_ids
    }


def _codes(
    session: Session, study_id: int, passage_ids: Collection[int]
) -> dict[int, list[HangingCode]]:
    names = code_paths(session, study_id)
    found: dict[int, list[HangingCode]] = defaultdict(list)
    for one in codings(session, study_id, passage_ids=passage_ids, waiting=True):
        code = names[one.code_id]
        disputed = one.state == "disputed"
        found[one.passage_id].append(
            HangingCode(code.name, code.facet_key, one.stance or "", disputed)
        )
    return found


def _quoted(session: Session, passage_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Quote.passage_id, User.name)
        .join(User, User.id == Quote.chosen_by)
        .where(Quote.passage_id.in_(passage_ids))
    )
    return dict(rows.all())


def _themes(session: Session, passage_ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for passage_id, name in session.execute(
        select(ThemePassage.passage_id, Theme.name)
        .join(Theme, Theme.id == ThemePassage.theme_id)
        .where(ThemePassage.passage_id.in_(passage_ids))
        .order_by(Theme.position, Theme.id)
    ):
        found[passage_id].append(name)
    return found


def _reviewers(session: Session, passage_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Review.passage_id, func.count(Review.user_id.distinct()))
        .where(Review.passage_id.in_(passage_ids))
        .group_by(Review.passage_id)
    )
    return dict(rows.all())
