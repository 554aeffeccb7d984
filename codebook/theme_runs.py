"""What the last look for candidate themes changed, or what another would: told theme by theme."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.corrections.hanging import UNNAMED
from capture.errors import Conflict
from capture.job_rows import unfinished
from capture.models import CandidateTheme, Discovery, ThemeChange
from capture.runs import discoveries
from capture.runs.looking_again import APPLY, PREVIEW, ask_to_look
from capture.runs.undoing import undo_run, worked_with_since
from codebook.asking import ANALYSIS, ask_for_analysis
from codebook.candidate_record import title

WHAT = ("new", "gone", "kept", "locked")


@dataclass(frozen=True, slots=True)
class Told:
    """What a run did with one theme. `id` is none while a new one is only foreseen."""

    id: int | None
    title: str
    before: str
    """The label it had, where that is another now."""
    becomes: str
    """The label it would have, where that is another than now."""
    says: str
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A run at one granularity: what is new, gone, kept and locked."""

    run: int
    at: datetime
    sentence: str
    preview: bool
    new: list[Told]
    gone: list[Told]
    changed: list[Told]
    same: list[Told]
    locked: list[Told]
    summary: str
    can_undo: bool
    changes_nothing: bool
    """Whether themes of all granularities are found as they stand, and nothing is offered."""
    in_the_way: str
    """The theme that people have worked with since, so that the run is not undone."""
    forgotten: bool
    """Whether what the themes were before is forgotten, because words were taken out since."""

    @property
    def empty(self) -> bool:
        """Whether there was nothing to compare with: the first look of a study."""
        return not (self.new or self.gone or self.changed or self.same or self.locked)


def account(session: Session, study_id: int, granularity: str, *, preview: bool) -> Account | None:
    """What the last run changed at one granularity, or with `preview` what another would."""
    run = discoveries.latest(session, study_id, "previewed" if preview else "stands")
    if run is None:
        return None
    changes = session.scalars(
        select(ThemeChange)
        .where(ThemeChange.discovery_id == run.id, ThemeChange.granularity == granularity)
        .order_by(ThemeChange.size_now.desc(), ThemeChange.size_before.desc(), ThemeChange.id)
    ).all()
    themes = _themes(session, changes)
    locked = {one.candidate_id for one in changes if one.what == "locked"}
    told = {
        what: [_told(c, themes, run, locked) for c in changes if c.what == what] for what in WHAT
    }
    kept = told["kept"]
    in_the_way = None if preview else worked_with_since(session, run)
    return Account(
        run=run.id,
        at=run.created_at,
        sentence=run.sentence,
        preview=preview,
        new=told["new"],
        gone=told["gone"],
        changed=[one for one in kept if not one.unchanged],
        same=[one for one in kept if one.unchanged],
        locked=told["locked"],
        summary=_summary(changes, themes, preview=preview),
        changes_nothing=not _changes_anything(session, run),
        can_undo=run.before is not None and in_the_way is None,
        in_the_way="" if in_the_way is None or run.before is None else title(in_the_way),
        forgotten=any(one.label == UNNAMED for one in changes),
    )


def _changes_anything(session: Session, run: Discovery) -> bool:
    moved = (ThemeChange.came > 0) | (ThemeChange.went > 0)
    asked = select(ThemeChange.id).where(
        ThemeChange.discovery_id == run.id, moved | ThemeChange.what.in_(("new", "gone"))
    )
    return session.scalar(asked.limit(1)) is not None


def preview_waits(session: Session, study_id: int) -> bool:
    """Whether a look was taken that nobody has applied or left yet."""
    return discoveries.latest(session, study_id, "previewed") is not None


def told_of_last(session: Session, study_id: int) -> bool:
    """Whether the last run had earlier themes to compare with, so that there is an account."""
    run = discoveries.latest(session, study_id)
    asked = select(func.count(ThemeChange.id)).where(
        ThemeChange.discovery_id == (run.id if run else 0)
    )
    return bool(session.scalar(asked))


def look_again(session: Session, study_id: int, user_id: int, *, apply: bool) -> None:
    """Ask for another look, to show what it would change or to change it; Conflict meanwhile."""
    if discoveries.latest(session, study_id) is None:
        raise Conflict(
            "There are no candidate themes yet, so there is nothing to look at again.",
            way_out="Ask for an analysis on the study's home.",
        )
    if unfinished(session, study_id, ANALYSIS) is not None:
        raise Conflict(
            "An analysis is under way.",
            way_out="Nothing was changed. Ask again when it is done.",
        )
    ask_to_look(session, study_id, APPLY if apply else PREVIEW)
    ask_for_analysis(session, study_id, user_id)


def leave_preview(session: Session, study_id: int) -> None:
    """Leave the themes as they are; what another look would have changed is forgotten."""
    discoveries.forget_previews(session, study_id)


def undo(session: Session, study_id: int, run_id: int, user_id: int) -> None:
    """Put the themes back to before the last run, and have what is new placed among them."""
    if unfinished(session, study_id, ANALYSIS) is not None:
        raise Conflict(
            "An analysis is under way.",
            way_out="Nothing was changed. Undo the run when it is done.",
        )
    undo_run(session, study_id, run_id)
    ask_for_analysis(session, study_id, user_id)


def _themes(session: Session, changes: Sequence[ThemeChange]) -> dict[int, CandidateTheme]:
    ids = {one for c in changes for one in (c.candidate_id, c.other_id) if one is not None}
    rows = session.scalars(select(CandidateTheme).where(CandidateTheme.id.in_(ids)))
    return {row.id: row for row in rows}


def _told(
    change: ThemeChange,
    themes: dict[int, CandidateTheme],
    run: Discovery,
    locked: Collection[int | None],
) -> Told:
    theme = themes.get(change.candidate_id or 0)
    other = themes.get(change.other_id or 0)
    name = change.label if theme is None else title(theme)
    before = change.label if theme is not None and change.what == "kept" else ""
    foreseen = run.state == "previewed" and not (theme and theme.name)
    becomes = (change.before or {}).get("becomes", "") if foreseen else ""
    return Told(
        id=change.candidate_id,
        title=name,
        before="" if before in (name, UNNAMED) or (theme and theme.name) else before,
        becomes=becomes if becomes != name else "",
        says=_says(change, theme, other, run, locked),
        unchanged=change.what == "kept" and not (change.came or change.went),
    )


def _says(
    change: ThemeChange,
    theme: CandidateTheme | None,
    other: CandidateTheme | None,
    run: Discovery,
    locked: Collection[int | None],
) -> str:
    if change.what == "new":
        most = f", most of them from “{title(other)}”" if other else ""
        return f"{_passages(change.size_now)}{most}"
    if change.what == "gone":
        return f"{_passages(change.size_before)}{_where(other, run, locked)}"
    if change.what == "locked":
        state = theme.state if theme is not None else "decided"
        state = "put together or parted by hand" if state == "undecided" else state
        to_look_at = "" if state == "dismissed" else " to look at"
        near = f"; {_passages(change.came)} near it{to_look_at}" if change.came else ""
        return f"{state}, {_passages(change.size_now)}{near}"
    if change.came or change.went:
        return f"{_passages(change.size_now)}: {change.came} came, {change.went} went"
    again = run.state == "previewed" or (theme is not None and theme.discovery_id == run.id)
    found = "" if again else "; not found again, it stays because it was named"
    return f"{_passages(change.size_now)}{found}"


def _where(other: CandidateTheme | None, run: Discovery, locked: Collection[int | None]) -> str:
    """Where most passages of a theme that is gone are, to follow their number."""
    if other is None:
        return ""
    would = "would be" if run.state == "previewed" else "are"
    if other.id in locked:
        return f"; most of them {would} offered to “{title(other)}”, for a person to add or leave"
    return f"; most of them {would} in “{title(other)}”"


def _summary(
    changes: Sequence[ThemeChange], themes: dict[int, CandidateTheme], *, preview: bool
) -> str:
    """One sentence: how many are kept, new, gone and locked."""
    count = {what: sum(1 for one in changes if one.what == what) for what in WHAT}
    other = sum(1 for one in changes if one.what == "kept" and (one.came or one.went))
    aside = {theme.id for theme in themes.values() if theme.state == "dismissed"}
    near = sum(c.came for c in changes if c.what == "locked" and c.candidate_id not in aside)
    would = "would be " if preview else ""
    parts = [f"{count['kept']} {would}kept" + (f" ({other} with other passages)" if other else "")]
    parts += [f"{count['new']} new"] if count["new"] else []
    parts += [f"{count['gone']} gone"] if count["gone"] else []
    if count["locked"]:
        offered = f" ({_passages(near)} near them to look at)" if near else ""
        parts.append(f"{count['locked']} locked{offered}")
    return ", ".join(parts) + "."


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count:,} passages"
