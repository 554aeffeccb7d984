"""A transcript of 10,000 turns with a full margin, built row by row; invented, always the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from capture.models import (
    Act,
    Appearance,
    Base,
    Decision,
    Passage,
    Quote,
    Segment,
    Suggestion,
    Transcript,
    TranscriptVersion,
    Turn,
)
from capture.models.base import now
from tests.builders import Built

TURNS = 10_000
SECONDS_A_TURN = 6
SPEAKERS = (
    ("Facilitator", None, True),
    ("Practitioner 1", "Family practitioner", False),
    ("Practitioner 2", "Family practitioner", False),
    ("Police", "Police officer", False),
    ("Health visitor", "Health visitor", False),
    ("Parent", "Parent", False),
    ("Team manager", "Team manager", False),
)
RARE = {
    7: "We met at the cafe\u0301 by the school, 👩‍👧 and all.",
    4_500: "זה היה קשה בהתחלה, ואז 😀 טוב יותר.",
    8_000: "Her naïve résumé, as “they” called it, didn't say so.",
    9_000: "Nobody had asked her about the allotment before 😀 that morning.",
    9_990: "We went back to the café, and the allotment, in June.",
}
"""Turn -> a sentence said there and in few other places."""
_OPENINGS = ("We just", "I think we", "And then she", "Well, they", "To be honest I", "So the team")
_DOINGS = (
    "never had the time before",
    "sat down with the family at the table",
    "kept a protected caseload all winter",
    "rang the school about the attendance letter",
    "tried to agree one plan between three services",
    "went home with the same list as last year",
    "were told to close it after six weeks",
)
_ENDINGS = (
    "and that changed how people talked.",
    "which nobody had written down anywhere.",
    "because the manager backed it.",
    "though the forms still asked for the old thing.",
    "so we did it anyway, more or less.",
    "and you could see the difference by spring.",
)
_AT_A_TIME = 5_000


@dataclass
class Long:
    """Ids of what was built; turns and segments in the order of the text."""

    transcript_id: int
    turn_ids: list[int] = field(default_factory=list)
    passage_ids: list[int] = field(default_factory=list)
    notes: int = 0


def build_long(
    session: Session, built: Built, *, turns: int = TURNS, margin: bool = True, timed: bool = True
) -> Long:
    """Add it to a study; with `margin`, about 25,000 codings, suggestions and quotes beside it."""
    random = Random(3)  # noqa: S311 - the same transcript each time
    transcript = Transcript(
        study_id=built.study_id,
        name="A day of listening" if margin else "A day without notes",
        file_name="day.txt",
        file_sha256=sha256(f"{built.study_id}-day-{margin}-{turns}-{timed}".encode()).hexdigest(),
        kind="focus group",
        wave=2,
        place="Brookvale",
    )
    session.add(transcript)
    session.flush()
    speakers = _speakers(session, transcript.id)
    said = [(random.randrange(len(SPEAKERS)), _speech(random, number)) for number in range(turns)]
    text = "\n\n".join(f"{SPEAKERS[who][0]}: {' '.join(parts)}" for who, parts in said)
    version = TranscriptVersion(
        transcript_id=transcript.id, text=text, text_sha256=sha256(text.encode()).hexdigest()
    )
    session.add(version)
    session.flush()
    long = Long(transcript.id)
    _add_turns(session, version.id, said, speakers, long, timed=timed)
    if margin:
        long.notes = _add_margin(session, built, long, random)
    return long


def _speakers(session: Session, transcript_id: int) -> list[int]:
    rows = [
        Appearance(
            transcript_id=transcript_id,
            label=label,
            role=role,
            facilitator=facilitator,
            scope="quote with role",
        )
        for label, role, facilitator in SPEAKERS
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _speech(random: Random, number: int) -> list[str]:
    """The segments of one turn: one, or sometimes two, of a few sentences."""
    parts = [_sentences(random) for _ in range(1 + (random.random() < 0.25))]
    if number in RARE:
        parts[-1] += f" {RARE[number]}"
    return parts


def _sentences(random: Random) -> str:
    return " ".join(
        f"{random.choice(_OPENINGS)} {random.choice(_DOINGS)}, {random.choice(_ENDINGS)}"
        for _ in range(random.choice((1, 1, 2, 3)))
    )


def _add_turns(
    session: Session,
    version_id: int,
    said: list[tuple[int, list[str]]],
    speakers: list[int],
    long: Long,
    *,
    timed: bool,
) -> None:
    turns: list[dict[str, Any]] = []
    spans: list[list[tuple[int, int, str]]] = []
    at = 0
    for position, (who, parts) in enumerate(said):
        start = at = at + len(SPEAKERS[who][0]) + 2
        spans.append([])
        for part in parts:
            spans[-1].append((at, at + len(part), part))
            at += len(part) + 1
        turns.append(
            {
                "version_id": version_id,
                "position": position,
                "appearance_id": speakers[who],
                "start": start,
                "end": at - 1,
                "starts_at": float(position * SECONDS_A_TURN) if timed else None,
            }
        )
        at += 1
    long.turn_ids += _added(session, Turn, turns)
    passages = [
        {"version_id": version_id, "start": start, "end": end, "origin": "machine"}
        for of_turn in spans
        for start, end, _ in of_turn
    ]
    long.passage_ids += _added(session, Passage, passages)
    _add_segments(session, spans, long)


def _add_segments(session: Session, spans: list[list[tuple[int, int, str]]], long: Long) -> None:
    ids = iter(enumerate(long.passage_ids))
    rows = []
    for turn_id, of_turn in zip(long.turn_ids, spans, strict=True):
        for _, _, words in of_turn:
            position, passage_id = next(ids)
            rows.append(
                {
                    "passage_id": passage_id,
                    "turn_id": turn_id,
                    "position": position,
                    "words": len(words.split()),
                    "text_sha256": sha256(words.encode()).hexdigest(),
                }
            )
    _add(session, Segment, rows)


def _add_margin(session: Session, built: Built, long: Long, random: Random) -> int:
    """About two notes a segment: suggestions by the machine, codings, disputes and quotes."""
    codes = list(built.codes.values())
    suggested, judged, quoted = [], [], []
    for passage_id in long.passage_ids:
        suggested += [
            {
                "passage_id": passage_id,
                "code_id": code_id,
                "score": round(random.uniform(0.3, 0.99), 4),
                "source": "codebook",
                "model": "test",
                "codebook_version": 1,
            }
            for code_id in random.sample(codes, 2)
        ]
        if random.random() < 0.3:
            judged.append((passage_id, random.choice(codes), "coder", "confirm"))
            if random.random() < 0.2:
                judged.append((*judged[-1][:2], "admin", "reject"))
        if random.random() < 0.02:
            quoted.append(passage_id)
    _add(session, Suggestion, suggested)
    _judge(session, built, judged)
    chosen = {"study_id": built.study_id, "chosen_by": built.users["researcher"]}
    _add(session, Quote, [{**chosen, "passage_id": one} for one in quoted])
    settled = {(passage_id, code_id) for passage_id, code_id, _, _ in judged}
    waiting = [one for one in suggested if (one["passage_id"], one["code_id"]) not in settled]
    return len(waiting) + len(settled) + len(quoted)


def _judge(session: Session, built: Built, judged: list[tuple[int, int, str, str]]) -> None:
    acts = _added(
        session,
        Act,
        [
            {"study_id": built.study_id, "user_id": built.users[by], "passage_id": passage_id}
            for passage_id, _, by, _ in judged
        ],
    )
    rows = [
        {
            "act_id": act_id,
            "passage_id": passage_id,
            "code_id": code_id,
            "user_id": built.users[by],
            "verdict": verdict,
            "codebook_version": 1,
            "shown": [],
        }
        for act_id, (passage_id, code_id, by, verdict) in zip(acts, judged, strict=True)
    ]
    _add(session, Decision, rows)


def _added(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows in their order; their ids."""
    asked = insert(model).returning(model.id, sort_by_parameter_order=True)  # type: ignore[attr-defined]
    return [one for some in _lots(model, rows) for one in session.scalars(asked, some)]


def _add(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    for some in _lots(model, rows):
        session.execute(insert(model), some)


def _lots(model: type[Base], rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in lots that go into the store at once, with the moment where the table keeps one."""
    moment = {"created_at": now()} if hasattr(model, "created_at") else {}
    for at in range(0, len(rows), _AT_A_TIME):
        yield [{**moment, **row} for row in rows[at : at + _AT_A_TIME]]
