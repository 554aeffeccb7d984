"""A study's segments with what was said just before and after each, as the learner takes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.keeping_out import NEVER_LOOKED_AT, WITHDRAWN
from capture.models import Segment, Transcript, TranscriptVersion, Turn
from capture.study_segments import StudySegment
from codebook.suggesting.views import Floats, Said

Embed = Callable[[Sequence[str]], Floats]
Nearby = tuple[str, Floats]
"""A text and its vector (dimensions,)."""
Pair = tuple[Nearby | None, Nearby | None]
"""What stands before, and after."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Passages by id, with the transcript (or respondent) each comes from."""

    ids: list[int]
    groups: list[str]
    said: Said


@dataclass(frozen=True, slots=True)
class Talk:
    """All segments of a study in their order, with their vectors (n, dimensions)."""

    segments: Sequence[StudySegment]
    vectors: Floats
    questions: Mapping[int, str]
    """By passage, what a survey asked; its neighbours are other people's answers."""


def questions_asked(session: Session, study_id: int) -> dict[int, str]:
    """By passage, the question of the survey that it answers."""
    rows = session.execute(
        select(Segment.passage_id, Turn.question)
        .join(Turn, Turn.id == Segment.turn_id)
        .join(TranscriptVersion, TranscriptVersion.id == Turn.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(
            Transcript.study_id == study_id,
            TranscriptVersion.number == Transcript.version,
            Turn.question.is_not(None),
        )
    )
    return {passage_id: question for passage_id, question in rows if question}


def heard_in(talk: Talk, embed: Embed) -> Heard:
    """What is looked at: no facilitator, back-channel or withdrawn, but questions stand beside."""
    beside = beside_each(talk, embed)
    rows = [
        at for at, segment in enumerate(talk.segments) if segment.kept_out not in NEVER_LOOKED_AT
    ]
    segments = [talk.segments[at] for at in rows]
    pairs = [beside[segment.passage_id] for segment in segments]
    return Heard(
        [segment.passage_id for segment in segments],
        [segment.source for segment in segments],
        said_beside(
            [segment.text for segment in segments], talk.vectors[rows], pairs, talk.vectors.shape[1]
        ),
    )


def beside_each(talk: Talk, embed: Embed) -> dict[int, Pair]:
    """By passage, the nearest words before and after; never those of somebody who withdrew."""
    asked = sorted(set(talk.questions.values()))
    told = dict(zip(asked, embed(asked), strict=True)) if asked else {}
    before: dict[int, Nearby] = {}
    after: dict[int, Nearby] = {}
    rows = list(zip(talk.segments, talk.vectors, strict=True))
    for (one, its), (other, others) in pairwise(rows):
        if one.transcript_id != other.transcript_id or one.passage_id in talk.questions:
            continue
        if other.kept_out != WITHDRAWN:
            after[one.passage_id] = (other.text, others)
        if one.kept_out != WITHDRAWN:
            before[other.passage_id] = (one.text, its)
    for passage_id, question in talk.questions.items():
        before[passage_id] = (question, told[question])
        after.pop(passage_id, None)
    return {
        segment.passage_id: (before.get(segment.passage_id), after.get(segment.passage_id))
        for segment in talk.segments
    }


def said_beside(
    texts: Sequence[str],
    vectors: Floats,
    pairs: Sequence[Pair],
    dimensions: int,
) -> Said:
    """Texts and vectors with their pairs of before and after; None where there is nothing."""
    nowhere: Nearby = ("", np.zeros(dimensions, dtype=np.float32))
    before = [one or nowhere for one, _ in pairs]
    after = [one or nowhere for _, one in pairs]
    flat = vectors.reshape(len(texts), dimensions)
    return Said(
        list(texts),
        flat,
        [text for text, _ in before],
        [text for text, _ in after],
        np.array([vector for _, vector in before], dtype=np.float32).reshape(flat.shape),
        np.array([vector for _, vector in after], dtype=np.float32).reshape(flat.shape),
    )
