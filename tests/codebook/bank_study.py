"""A study with themes and codings on the builders' rows, for tests of the quote bank."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Appearance, Passage, Quote, Theme, ThemeCode, TranscriptVersion
from codebook.decisions import Verdict, record_act
from tests.builders import SAID, Built, build_study

ASKED, HOUR, CASELOADS, RANG, ROOM = range(len(SAID))
"""Turns by a facilitator, P1 (with role), P2 (unattributed), P1 again, P3 (withdrawn)."""


def confirm(session: Session, built: Built, at: int, code: str, **said: str) -> None:
    """One person (a coder, unless `by` says otherwise) confirms a code on a passage."""
    act(session, built, at, code, "confirm", **said)


def act(
    session: Session, built: Built, at: int, code: str, verdict: str, by: str = "coder", **said: str
) -> None:
    """One person judges a code on a passage."""
    record_act(
        session,
        study_id=built.study_id,
        user_id=built.users[by],
        passage_id=built.passage_ids[at],
        verdicts=[Verdict(built.codes[code], verdict, **said)],  # type: ignore[arg-type]
        outcome="reviewed",
    )


def add_theme(session: Session, built: Built, name: str, *codes: str, **said: str) -> Theme:
    """A theme that rests on codes, after those there are."""
    position = len(session.scalars(select(Theme.id)).all())
    theme = Theme(study_id=built.study_id, name=name, position=position, **said)  # type: ignore[arg-type]
    session.add(theme)
    session.flush()
    session.add_all(ThemeCode(theme_id=theme.id, code_id=built.codes[code]) for code in codes)
    session.flush()
    return theme


def choose(session: Session, built: Built, at: int, by: str = "researcher") -> None:
    """Choose a passage for the report."""
    session.add(
        Quote(
            study_id=built.study_id,
            passage_id=built.passage_ids[at],
            chosen_by=built.users[by],
        )
    )
    session.flush()


def add_passage(session: Session, built: Built, first: int, last: int) -> int:
    """A passage from the start of one turn to the end of another; its index in `passage_ids`."""
    begins, ends = (session.get_one(Passage, built.passage_ids[at]) for at in (first, last))
    made = Passage(version_id=begins.version_id, start=begins.start, end=ends.end, origin="person")
    session.add(made)
    session.flush()
    built.passage_ids.append(made.id)
    return len(built.passage_ids) - 1


def publish(session: Session, built: Built, *labels: str) -> None:
    """Speakers of these labels agree that their words may travel to the public."""
    spoken = Appearance.transcript_id.in_(built.transcript_ids), Appearance.label.in_(labels)
    for appearance in session.scalars(select(Appearance).where(*spoken)):
        appearance.audience = "public"
    session.flush()


def stored(session: Session, passage_id: int) -> str:
    """The words of a passage, taken from the stored text."""
    passage = session.get_one(Passage, passage_id)
    version = session.get_one(TranscriptVersion, passage.version_id)
    return version.text[passage.start : passage.end]


def coded_study(session: Session) -> Built:
    """Every kind of speaker coded in both transcripts; one theme on relational practice."""
    built = build_study(session)
    for at in range(len(built.passage_ids)):
        confirm(session, built, at, "relational")
    add_theme(session, built, "Time with families", "relational", claim="Time changes the talk.")
    return built
