"""What a run of the theme finder changes among the candidate themes, as rows to be read."""

from dataclasses import dataclass

from capture.models import CandidateTheme, Discovery, ThemeChange
from capture.runs.matching import Fate, Hold, Matched
from capture.runs.rows import label_from
from capture.runs.standing import Strengths
from capture.theming.found import FoundTheme


@dataclass(frozen=True, slots=True)
class Level:
    """One granularity of a run: what stands there, what was found, and what becomes of it."""

    row: Discovery
    name: str
    standing: dict[int, CandidateTheme]
    members: dict[int, Strengths]
    hold: dict[int, Hold]
    found: tuple[FoundTheme, ...]
    matched: Matched


def foreseen(level: Level) -> list[ThemeChange]:
    """What would change, without changing it."""
    fates = list(zip(level.found, level.matched.fates, strict=True))
    changes = []
    for theme, fate in fates:
        if fate.what != "locked":
            changes.append(told := change(level, theme, fate))
            if fate.what == "kept" and fate.key is not None:
                label = label_from(level.standing[fate.key].label, theme)
                told.before = {"becomes": label}
    stands_as = {at: fate.key for at, (_, fate) in enumerate(fates) if fate.key is not None}
    new = {at for at, (_, fate) in enumerate(fates) if fate.what == "new"}
    stands_as = {at: key for at, key in stands_as.items() if at not in new}
    offered = {
        key: len(near.keys() - level.members[key].keys()) for key, near in offers(level).items()
    }
    return changes + gone(level, stands_as) + left_alone(level, offered)


def change(level: Level, theme: FoundTheme, fate: Fate) -> ThemeChange:
    """What becomes of a theme that is kept or new; a new one has no candidate yet."""
    kept = fate.what == "kept" and fate.key is not None
    had = set(level.members[fate.key]) if kept and fate.key is not None else set()
    has = set(fate.members)
    return ThemeChange(
        discovery_id=level.row.id,
        candidate_id=fate.key if kept else None,
        granularity=level.name,
        what=fate.what,
        other_id=None if kept else fate.key,
        label=level.standing[fate.key].label if kept and fate.key is not None else theme.label,
        size_before=len(had),
        size_now=len(has),
        came=len(has - had),
        went=len(had - has),
    )


def gone(level: Level, stands_as: dict[int, int]) -> list[ThemeChange]:
    """Themes not found again. `stands_as` says which theme a found one (its place) stands as."""
    return [
        ThemeChange(
            discovery_id=level.row.id,
            candidate_id=one.key,
            granularity=level.name,
            what="gone",
            other_id=None if one.into is None else stands_as.get(one.into),
            label=level.standing[one.key].label,
            size_before=len(level.members[one.key]),
            went=len(level.members[one.key]),
        )
        for one in level.matched.gone
    ]


def left_alone(level: Level, offered: dict[int, int]) -> list[ThemeChange]:
    """Themes a run may not touch, and named ones that it did not find again."""
    again = {fate.key for fate in level.matched.fates if fate.what == "kept"}
    return [
        ThemeChange(
            discovery_id=level.row.id,
            candidate_id=key,
            granularity=level.name,
            what="locked" if level.hold[key] == "closed" else "kept",
            label=theme.label,
            size_before=len(level.members[key]),
            size_now=len(level.members[key]),
            came=offered.get(key, 0),
        )
        for key, theme in level.standing.items()
        if level.hold[key] == "closed" or (level.hold[key] == "named" and key not in again)
    ]


def offers(level: Level) -> dict[int, Strengths]:
    """Closed theme → what was found near it and it does not have, with the greatest strength."""
    found: dict[int, Strengths] = {}
    for fate in level.matched.fates:
        if fate.what == "locked" and fate.key is not None:
            near = found.setdefault(fate.key, {})
            for passage, strength in fate.offered.items():
                near[passage] = max(strength, near.get(passage, 0.0))
    return found
