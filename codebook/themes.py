"""Themes: what people conclude, in the order of the report.

Taking a theme away takes only the conclusion: codes, codings and quotes stay what they were.
"""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from capture.errors import Conflict, NotFound, Unfit
from capture.models import Theme, ThemeCandidate, ThemeCode, ThemePassage

LONGEST_NAME = 120
LONGEST_CLAIM = 400
LONGEST_COUNTER_EVIDENCE = 4_000


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """What a person says of a theme: its name, its claim, and what speaks against it."""

    name: str
    claim: str = ""
    counter_evidence: str = ""


def themes_of(session: Session, study_id: int) -> list[Theme]:
    """The themes of a study in the report's order."""
    return list(
        session.scalars(
            select(Theme).where(Theme.study_id == study_id).order_by(Theme.position, Theme.id)
        )
    )


def find_theme(session: Session, study_id: int, theme_id: int) -> Theme:
    """A theme of this study; NotFound also where it belongs to another."""
    theme = session.get(Theme, theme_id)
    if theme is None or theme.study_id != study_id:
        raise NotFound("There is no such theme in this study.", way_out="Go back to the themes.")
    return theme


def create_theme(session: Session, study_id: int, said: ThemeSaid, *, user_id: int) -> Theme:
    """A new theme, last in the report. Raises Unfit or Conflict when what is said won't do."""
    said = _checked(session, study_id, said)
    last = session.scalar(select(func.max(Theme.position)).where(Theme.study_id == study_id))
    theme = Theme(
        study_id=study_id,
        name=said.name,
        claim=said.claim,
        counter_evidence=said.counter_evidence,
        position=0 if last is None else last + 1,
        created_by=user_id,
    )
    session.add(theme)
    session.flush()
    return theme


def edit_theme(session: Session, study_id: int, theme_id: int, said: ThemeSaid) -> Theme:
    """Change what a theme says. Raises Unfit or Conflict when it won't do."""
    theme = find_theme(session, study_id, theme_id)
    said = _checked(session, study_id, said, but=theme_id)
    theme.name, theme.claim, theme.counter_evidence = said.name, said.claim, said.counter_evidence
    session.flush()
    return theme


def move_theme(session: Session, study_id: int, theme_id: int, *, up: bool) -> Theme:
    """Move a theme one place up or down in the report; at the end nothing changes."""
    theme = find_theme(session, study_id, theme_id)
    order = themes_of(session, study_id)
    at = order.index(theme)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order.insert(to, order.pop(at))
    for position, each in enumerate(order):
        each.position = position
    session.flush()
    return theme


def delete_theme(session: Session, study_id: int, theme_id: int) -> str:
    """Take a theme away, with what it rested on, but no code, coding or quote; gives its name."""
    theme = find_theme(session, study_id, theme_id)
    for laid_under in (ThemeCode, ThemeCandidate, ThemePassage):
        session.execute(delete(laid_under).where(laid_under.theme_id == theme_id))
    session.delete(theme)
    session.flush()
    return theme.name


def _checked(
    session: Session, study_id: int, said: ThemeSaid, *, but: int | None = None
) -> ThemeSaid:
    """What was said, tidied, when it will do; `but` is the theme that may keep its name."""
    name, claim = " ".join(said.name.split()), " ".join(said.claim.split())
    counter_evidence = said.counter_evidence.replace("\r\n", "\n").strip()
    if not name:
        raise Unfit("A theme needs a name.", way_out="Give it the words the report will use.")
    for what, text, most in (
        ("name", name, LONGEST_NAME),
        ("claim", claim, LONGEST_CLAIM),
        ("counter-evidence", counter_evidence, LONGEST_COUNTER_EVIDENCE),
    ):
        if len(text) > most:
            raise Unfit(
                f"The {what} has {len(text):,} characters; {most:,} is the most.",
                way_out="Shorten it.",
            )
    for theme in themes_of(session, study_id):
        if theme.id != but and theme.name.casefold() == name.casefold():
            raise Conflict(
                f"There is a theme called “{theme.name}” already.",
                way_out="Choose another name, or add to the one that is there.",
            )
    return ThemeSaid(name, claim, counter_evidence)
