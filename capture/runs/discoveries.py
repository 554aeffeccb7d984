"""Keeping what the theme finder found: the same theme keeps its row, and people's themes stay.

Which found theme is which is told in theme_matching.py. What a run changes is written down as rows,
so that it can be read before and after, and undone (run_undoing.py).
"""

from collections.abc import Sequence

from sqlalchemy import delete, null, select, update
from sqlalchemy.orm import Session

from capture.encoding.embed import Embedder
from capture.keeping_out import NEVER_LOOKED_AT
from capture.models import Discovery as DiscoveryRow
from capture.models import Study, ThemeChange
from capture.runs.changes import Level, change, foreseen, gone, left_alone, offers
from capture.runs.matching import Standing, match
from capture.runs.offering import offer
from capture.runs.rows import Place, as_it_stands, fill, make
from capture.runs.seeing import Seen, mark, seen
from capture.runs.standing import holds, members_of, standing_themes
from capture.study_segments import StudySegment
from capture.theming.found import LEVELS, Discovery


def latest(session: Session, study_id: int, *states: str) -> DiscoveryRow | None:
    """The last run of the theme finder over a study that stands, or is in one of these states."""
    return session.scalar(
        select(DiscoveryRow)
        .where(DiscoveryRow.study_id == study_id, DiscoveryRow.state.in_(states or ("stands",)))
        .order_by(DiscoveryRow.id.desc())
        .limit(1)
    )


def keep(
    session: Session,
    study_id: int,
    found: Discovery,
    segments: Sequence[StudySegment],
    *,
    fingerprint: str,
    embedder: Embedder,
    method: str = "",
    leant: bool = False,
    preview: bool = False,
) -> DiscoveryRow:
    """Store a run: themes found again keep their rows, new ones come, open ones may go.

    What people decided on, put together or parted is never touched: passages near it are offered.
    `leant` is whether what stood was leant on. With `preview` nothing changes but what would change
    is written down.
    """
    forget_previews(session, study_id)
    before = seen(session, study_id)
    row = DiscoveryRow(
        study_id=study_id,
        fingerprint=fingerprint,
        model=embedder.model,
        precision=embedder.precision,
        parameters={
            "granularities": [one.name for one in found.granularities],
            "method": method,
            "leant": leant,
        },
        segments=len(segments),
        unthemed=found.unthemed,
        sentence=found.sentence,
        state="previewed" if preview else "stands",
    )
    again = latest(session, study_id) is not None
    session.add(row)
    session.flush()
    for level in _levels(session, row, found, segments, before):
        changes = foreseen(level) if preview else _carried_out(session, level, segments)
        session.add_all(changes if again else [])
    session.get_one(Study, study_id).look_again = None
    if not preview:
        _forget_earlier(session, row)
        row.before = {"later": sorted(before.later), "new": sorted(before.new)} if again else None
        mark(session, [s.passage_id for s in segments if s.kept_out not in NEVER_LOOKED_AT], row.id)
    session.flush()
    return row


def forget_previews(session: Session, study_id: int) -> None:
    """A preview is of one moment: whatever comes after it takes it away."""
    previews = select(DiscoveryRow.id).where(
        DiscoveryRow.study_id == study_id, DiscoveryRow.state == "previewed"
    )
    session.execute(delete(ThemeChange).where(ThemeChange.discovery_id.in_(previews)))
    session.execute(
        delete(DiscoveryRow).where(
            DiscoveryRow.study_id == study_id, DiscoveryRow.state == "previewed"
        )
    )


def _levels(
    session: Session,
    row: DiscoveryRow,
    found: Discovery,
    segments: Sequence[StudySegment],
    before: Seen,
) -> list[Level]:
    themes = standing_themes(session, row.study_id)
    members, hold = members_of(session, themes), holds(session, themes)
    known = {p for one in members.values() for p in one} | before.first | before.later
    cuts = {one.name: one.themes for one in found.granularities}
    levels = []
    for name in LEVELS:
        here = {theme.id: theme for theme in themes if theme.granularity == name}
        standing = [Standing(key, members[key], hold[key]) for key in here]
        themes_found = cuts.get(name, ())
        held = [
            {segments[m.index].passage_id: float(m.strength) for m in theme.members}
            for theme in themes_found
        ]
        matched = match(standing, held, known)
        levels.append(Level(row, name, here, members, hold, themes_found, matched))
    return levels


def _carried_out(
    session: Session, level: Level, segments: Sequence[StudySegment]
) -> list[ThemeChange]:
    """Write what was found to the record; gives what changed."""
    changes, stands_as = [], dict[int, int]()
    for position, (theme, fate) in enumerate(zip(level.found, level.matched.fates, strict=True)):
        place = Place(level.row.study_id, level.row.id, level.name, position)
        if fate.what == "locked":
            stands_as[position] = fate.key or 0
            continue
        told = change(level, theme, fate)
        if fate.what == "kept":
            standing = level.standing[fate.key or 0]
            told.before = as_it_stands(session, standing)
            fill(session, standing, place, theme, fate.members, segments)
        else:
            standing = make(session, place, theme, fate.members, segments)
            told.candidate_id = standing.id
        stands_as[position] = standing.id
        changes.append(told)
    for lost in level.matched.gone:
        level.standing[lost.key].superseded = True
    offered = {key: offer(session, key, near, level.row.id) for key, near in offers(level).items()}
    session.flush()
    return changes + gone(level, stands_as) + left_alone(level, offered)


def _forget_earlier(session: Session, row: DiscoveryRow) -> None:
    """Only the last run can be undone, so what undoing earlier ones needs is kept no longer."""
    earlier = select(DiscoveryRow.id).where(
        DiscoveryRow.study_id == row.study_id, DiscoveryRow.id != row.id
    )
    session.execute(
        update(ThemeChange).where(ThemeChange.discovery_id.in_(earlier)).values(before=null())
    )
    session.execute(update(DiscoveryRow).where(DiscoveryRow.id.in_(earlier)).values(before=null()))
