"""What hangs on passages: what people did, which keeps them, and what the machine proposed."""

import re
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import delete, null, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from capture import candidate_members
from capture.models import (
    Act,
    CandidateAction,
    CandidateMember,
    CandidateOffer,
    CandidateTheme,
    Decision,
    Discovery,
    Passage,
    Quote,
    Review,
    Segment,
    Suggestion,
    ThemeChange,
    ThemePassage,
    TranscriptVersion,
    Turn,
    Vector,
)
from capture.standing import looked_at
from capture.theming.found import BETWEEN

AT_A_TIME = 500
PHRASES_IN_LABEL = 3
UNNAMED = "its words were taken out"
"""A candidate theme's label when none of the machine's words for it may stand."""
BY_PEOPLE: tuple[InstrumentedAttribute[int], ...] = (
    Act.passage_id,
    Decision.passage_id,
    Review.passage_id,
    Quote.passage_id,
    ThemePassage.passage_id,
)
"""Whatever of these refers to a passage, people have worked with it."""


def worked_with(session: Session, version_id: int) -> set[int]:
    """Passages of a version that people marked, judged, reviewed, chose or stood under a theme."""
    here = select(Passage.id).where(Passage.version_id == version_id)
    found = set(session.scalars(here.where(Passage.origin != "machine")))
    for column in BY_PEOPLE:
        found |= set(session.scalars(select(column).where(column.in_(here))))
    return found


def drop(session: Session, passage_ids: Collection[int]) -> None:
    """Take away all that the machine made of passages nobody worked with.

    Their rows stay on the version they were cut from, so that no other passage ever gets their
    number: a page that still shows one must not act on other words.
    """
    for some in in_lots(sorted(passage_ids)):
        for row in (CandidateMember, CandidateOffer, Suggestion, Segment):
            session.execute(delete(row).where(row.passage_id.in_(some)))


def candidates_with(session: Session, version_id: int) -> set[int]:
    """Candidate themes that have a passage of this version among their members."""
    asked = select(CandidateMember.candidate_id).distinct()
    asked = asked.join(Passage, Passage.id == CandidateMember.passage_id)
    return set(session.scalars(asked.where(Passage.version_id == version_id)))


def candidates_heard_from(session: Session, version_id: int, appearance_id: int) -> set[int]:
    """Candidate themes that have words of this speaker in this version among their members."""
    asked = select(CandidateMember.candidate_id).distinct()
    asked = asked.join(Segment, Segment.passage_id == CandidateMember.passage_id)
    asked = asked.join(Turn, Turn.id == Segment.turn_id)
    return set(
        session.scalars(
            asked.where(Turn.version_id == version_id, Turn.appearance_id == appearance_id)
        )
    )


def hand_over(session: Session, from_id: int, to_id: int) -> None:
    """Give one passage what the machine made of another that stands on the same words."""
    suggested = {
        (one.code_id, one.source)
        for one in session.scalars(select(Suggestion).where(Suggestion.passage_id == to_id))
    }
    for one in session.scalars(select(Suggestion).where(Suggestion.passage_id == from_id)):
        if (one.code_id, one.source) not in suggested:
            one.passage_id = to_id
    for row in (CandidateMember, CandidateOffer):
        there = list(session.scalars(select(row.candidate_id).where(row.passage_id == to_id)))
        session.execute(
            update(row)
            .where(row.passage_id == from_id, row.candidate_id.not_in(there))
            .values(passage_id=to_id)
        )
    session.execute(update(Segment).where(Segment.passage_id == from_id).values(passage_id=to_id))
    session.flush()


def forget_vectors(session: Session, text_keys: Collection[str]) -> None:
    """Delete the vectors of texts that no segment has any more: they tell what was said."""
    for some in in_lots(sorted(text_keys)):
        left = set(
            session.scalars(select(Segment.text_sha256).where(Segment.text_sha256.in_(some)))
        )
        session.execute(delete(Vector).where(Vector.text_sha256.in_(set(some) - left)))


def in_lots(ids: Sequence[int] | Sequence[str]) -> Iterator[Sequence[int] | Sequence[str]]:
    """Keys in lots that fit into one statement."""
    for at in range(0, len(ids), AT_A_TIME):
        yield ids[at : at + AT_A_TIME]


def bring_up_to_date(session: Session, candidate_ids: Collection[int]) -> None:
    """Bring candidate themes to the members they have now: counts, and examples to show.

    Where an example is gone, another person's takes its place; what nobody is left in is gone too.
    """
    for candidate_id in sorted(candidate_ids):
        candidate = session.get_one(CandidateTheme, candidate_id)
        members = candidate_members.recount(session, candidate)
        candidate_members.choose_examples(members)
        if not members and candidate.state == "undecided":
            candidate.superseded = True
    session.flush()


def forget_words(session: Session, candidate_ids: Collection[int]) -> None:
    """Take from the machine's names of candidate themes what no member says any more.

    Words that were taken out of a text, or whose speaker withdrew, must not stand on in a label
    that was made of them.
    """
    for candidate_id in sorted(candidate_ids):
        candidate = session.get_one(CandidateTheme, candidate_id)
        rows = session.execute(
            select(TranscriptVersion.text, Passage.start, Passage.end)
            .join(Passage, Passage.version_id == TranscriptVersion.id)
            .join(Segment, Segment.passage_id == Passage.id)
            .join(CandidateMember, CandidateMember.passage_id == Passage.id)
            .where(CandidateMember.candidate_id == candidate_id, looked_at())
        )
        said = {word for text, start, end in rows for word in _words(text[start:end])}
        candidate.keyphrases = [one for one in candidate.keyphrases if _words(one) <= said]
        if not _words(candidate.label) <= said:
            _forget_copies(session, candidate)
            candidate.label = BETWEEN.join(candidate.keyphrases[:PHRASES_IN_LABEL]) or UNNAMED
    session.flush()


def _forget_copies(session: Session, candidate: CandidateTheme) -> None:
    """Take a label from where it stands as a name that nobody typed, also for undoing."""
    if candidate.reruns == 0:
        return
    if candidate.name_is_copied:
        candidate.name = None
    into = CandidateAction.before["into"].as_integer() == candidate.id
    own = CandidateAction.candidate_id == candidate.id
    for action in session.scalars(select(CandidateAction).where(own | into)):
        key = "name" if action.candidate_id == candidate.id else "target"
        if action.before.get(key) in (candidate.label, {"name": candidate.label}):
            action.before = action.before | {key: None if key == "name" else {"name": None}}


def forget_runs(session: Session, study_id: int) -> None:
    """Forget the labels that themes had before earlier runs, and what undoing the last one needs.

    Which passages they were made of is not known any more, so none of their words may stand on.
    """
    runs = select(Discovery.id).where(Discovery.study_id == study_id)
    session.execute(
        update(ThemeChange)
        .where(ThemeChange.discovery_id.in_(runs))
        .values(label=UNNAMED, before=null())
    )
    session.execute(update(Discovery).where(Discovery.study_id == study_id).values(before=null()))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
