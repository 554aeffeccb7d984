"""What people put together and parted, and what stands, for the theme finder to hold to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import CandidateAction, CandidateTheme
from capture.runs.standing import Strengths, members_of, merge_targets, standing_themes
from capture.theming.found import LEVELS, Bonds, Level

AT_THE_BORDER = 10
"""So many of the strongest of either side say what a split parted."""


def bonds(session: Session, study_id: int, position_of: Mapping[int, int]) -> dict[Level, Bonds]:
    """What people put together and parted, as positions of segments, for each granularity."""
    themes = standing_themes(session, study_id)
    members = members_of(session, themes)
    own = _own(themes, members)
    by_id = {theme.id: theme for theme in themes}
    together: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    apart: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for theme_id in sorted(merge_targets(session, list(by_id))):
        if by_id[theme_id].state != "dismissed":
            together[by_id[theme_id].granularity].append(
                tuple(position_of[p] for p in own[theme_id] if p in position_of)
            )
    for one_id, other_id in _partings(session, list(by_id)):
        if other_id in by_id:
            sides = [
                [position_of[p] for p in own[side][:AT_THE_BORDER] if p in position_of]
                for side in (one_id, other_id)
            ]
            apart[by_id[one_id].granularity] += [(a, b) for a in sides[0] for b in sides[1]]
    return {
        level: Bonds(tuple(together[level]), tuple(apart[level]))
        for level in LEVELS
        if together[level] or apart[level]
    }


def stood(
    session: Session, study_id: int, position_of: Mapping[int, int]
) -> dict[Level, NDArray[np.int64]]:
    """In which theme each segment stands, of each granularity that has any; -1 for none."""
    themes = standing_themes(session, study_id)
    own = _own(themes, members_of(session, themes))
    found: dict[Level, NDArray[np.int64]] = {}
    for level in LEVELS:
        here = [theme.id for theme in themes if theme.granularity == level]
        if not here:
            continue
        found[level] = np.full(len(position_of), -1)
        for number, theme_id in enumerate(here):
            at = [position_of[p] for p in own[theme_id] if p in position_of]
            found[level][at] = number
    return found


def _partings(session: Session, ids: Sequence[int]) -> list[tuple[int, int]]:
    """(the theme that was split, the one that was made of it), oldest first."""
    rows = session.scalars(
        select(CandidateAction)
        .where(
            CandidateAction.candidate_id.in_(ids),
            CandidateAction.action == "split",
            CandidateAction.undone.is_(False),
        )
        .order_by(CandidateAction.id)
    )
    return [(row.candidate_id, row.before["made"]) for row in rows]


def _own(
    themes: Sequence[CandidateTheme], members: Mapping[int, Strengths]
) -> dict[int, list[int]]:
    """Theme id → passages that belong to no other of its granularity more, strongest first."""
    most: dict[tuple[str, int], float] = {}
    for theme in themes:
        for passage, strength in members[theme.id].items():
            key = (theme.granularity, passage)
            most[key] = max(most.get(key, 0.0), strength)
    return {
        theme.id: [
            passage
            for passage, strength in sorted(
                members[theme.id].items(), key=lambda item: (-item[1], item[0])
            )
            if strength >= most[theme.granularity, passage]
        ]
        for theme in themes
    }
