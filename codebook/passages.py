"""Passages people mark themselves: coding a selection, and choosing words as a quote."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.waiting import check_stands
from capture.errors import Conflict, NotFound, Unfit
from capture.models import Act, Appearance, Passage, Quote, Transcript, TranscriptVersion
from capture.transcript_view import TranscriptText, find_transcript, load_text
from codebook.chosen import chosen, keep, leave_out, why_held
from codebook.decisions import Verdict, check_passage, record_act
from codebook.sharing import Held
from codebook.undo import undo_last, undoable

REFUSALS: Mapping[Held, tuple[str, str]] = {
    "withdrawn": (
        "{who} has withdrawn: their words may not be quoted.",
        "Choose somebody else's words.",
    ),
    "for analysis only": (
        "{who}'s words are for analysis only: they may be coded, but not quoted.",
        "If they have agreed to be quoted, a researcher can say so under “Who spoke”.",
    ),
    "a facilitator's words": (
        "{who} asks here; facilitators are coded, but not quoted.",
        "Select only the answer, or have a researcher make them a participant.",
    ),
    "notes, not anyone's words": (
        "This transcript is notes: somebody's summary, not what was said.",
        "Code them instead; notes are never printed as quotations.",
    ),
    "nobody is named as the speaker": (
        "Nobody knows who said this, so nobody agreed to be quoted.",
        "Have a researcher name the speaker first.",
    ),
    "names or headings among the words": (
        "Names of speakers or headings stand among these words, and not everyone may be named.",
        "Select one person's words at a time.",
    ),
    "its text was corrected since": (
        "The text was corrected since, so these words are not in it any more.",
        "Say under “Needs a look” where they belong now.",
    ),
}
"""Why words may not be chosen, as a sentence with `{who}`, and the way out."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Words marked in the version of a transcript's text that was on the page; code points."""

    transcript_id: int
    version: int
    start: int
    end: int


def mark_passage(session: Session, study_id: int, selection: Selection, *, user_id: int) -> Passage:
    """The passage of exactly these words, without white space at either end; made when new.

    Where a segment has the same span its passage is taken, so that both count as one. Raises
    Unfit for a span that is empty, reaches outside the text or touches nothing anybody said.
    """
    read = _read(session, study_id, selection)
    start, end = _trimmed(read.version.text, selection)
    if not any(turn.start < end and turn.end > start for turn in read.turns):
        raise Unfit(
            "Nobody says anything in what was selected.", way_out="Select some words of a turn."
        )
    there = session.scalars(
        select(Passage)
        .where(Passage.version_id == read.version.id, Passage.start == start, Passage.end == end)
        .order_by(Passage.origin != "machine", Passage.id)
    ).first()
    if there is not None:
        return there
    made = Passage(
        version_id=read.version.id, start=start, end=end, origin="person", created_by=user_id
    )
    session.add(made)
    session.flush()
    return made


def passage_here(session: Session, study_id: int, transcript_id: int, passage_id: int) -> Passage:
    """A passage of this transcript by its id; NotFound when it is anywhere else."""
    check_passage(session, study_id, passage_id)
    if _transcript_of(session, passage_id).id != transcript_id:
        raise NotFound("That passage isn't in this transcript.", way_out="Load the page again.")
    return session.get_one(Passage, passage_id)


def code_passage(
    session: Session,
    *,
    study_id: int,
    user_id: int,
    passage_id: int,
    code_id: int,
    stance: str | None = None,
) -> Act:
    """Confirm a code on a passage. It is not recorded as reviewed: nobody went through the rest."""
    return record_act(
        session,
        study_id=study_id,
        user_id=user_id,
        passage_id=passage_id,
        verdicts=[Verdict(code_id, "confirm", stance=stance)],
        outcome=None,
    )


def choose_quote(session: Session, *, study_id: int, user_id: int, passage_id: int) -> Quote:
    """Choose a passage for the report; chosen twice it stays one quote.

    Raises Unfit with the reason when its words may not be quoted.
    """
    check_passage(session, study_id, passage_id)
    there = chosen(session, study_id, passage_id)
    if there is not None:
        return there
    check_stands(session, passage_id)
    _check_quotable(session, study_id, passage_id)
    return keep(session, study_id, passage_id, user_id=user_id)


def take_back_quote(session: Session, *, study_id: int, passage_id: int) -> None:
    """A passage is no quote any more; NotFound when it was none in this study."""
    if chosen(session, study_id, passage_id) is None:
        raise NotFound("These words are no quote any more.", way_out="Load the page again.")
    leave_out(session, study_id, passage_id)


def undo_here(session: Session, *, study_id: int, user_id: int, transcript_id: int) -> Act:
    """Take back a person's latest act, when it was made on this transcript; else Conflict."""
    find_transcript(session, study_id, transcript_id)
    last = undoable(session, study_id=study_id, user_id=user_id)
    if last is None:
        raise Conflict("There is nothing of yours to take back.")
    where = _transcript_of(session, last.passage_id)
    if where.id != transcript_id:
        raise Conflict(
            f"Your latest decision was made in “{where.name}”, not here.",
            way_out="Open it there to take it back.",
        )
    check_stands(session, last.passage_id)
    undone = undo_last(session, study_id=study_id, user_id=user_id)
    if undone is None:  # pragma: no cover - `last` was there a moment ago, under the write lock
        raise Conflict("There is nothing of yours to take back.")
    return undone


def _read(session: Session, study_id: int, selection: Selection) -> TranscriptText:
    read = load_text(
        session, study_id, selection.transcript_id, between=(selection.start, selection.end)
    )
    if selection.version != read.version.number:
        raise Conflict(
            f"The text was corrected since: it is version {read.version.number} now, and the page "
            f"showed version {selection.version}.",
            way_out="Load the page again and select the words there.",
        )
    return read


def _trimmed(text: str, selection: Selection) -> tuple[int, int]:
    start, end = selection.start, selection.end
    if not 0 <= start <= end <= len(text):
        raise Unfit(
            "The selection reaches outside the text.", way_out="Load the page again and reselect."
        )
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        raise Unfit("No words were selected.", way_out="Select at least one word.")
    return start, end


def _transcript_of(session: Session, passage_id: int) -> Transcript:
    return session.scalars(
        select(Transcript)
        .join(TranscriptVersion, TranscriptVersion.transcript_id == Transcript.id)
        .join(Passage, Passage.version_id == TranscriptVersion.id)
        .where(Passage.id == passage_id)
    ).one()


def _check_quotable(session: Session, study_id: int, passage_id: int) -> None:
    """Ask the one gate for sharing now, so that nobody builds on words it will hold back."""
    held, speakers = why_held(session, study_id, passage_id)
    if held is not None:
        who = next((one.label for one in speakers if _causes(one, held)), "The speaker")
        sentence, way_out = REFUSALS[held]
        raise Unfit(sentence.format(who=who), way_out=way_out)


def _causes(speaker: Appearance, held: Held) -> bool:
    if held == "a facilitator's words":
        return speaker.facilitator
    return speaker.scope == ("withdrawn" if held == "withdrawn" else "analysis only")
