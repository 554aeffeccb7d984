"""A coded transcript that is corrected at random, and what must hold of its passages afterwards."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.corrections.correcting import back_to, correct
from capture.corrections.versions import find_version, text_of
from capture.ingest import ingest
from capture.models import (
    Act,
    Decision,
    NeedsLook,
    Passage,
    Quote,
    Review,
    Segment,
    Suggestion,
    Theme,
    ThemePassage,
    Transcript,
    TranscriptVersion,
    Turn,
)
from capture.transcript_view import standing_version
from tests.builders import Built
from tests.mending import Talk, mend, passages, random_talk, written
from transcripts.segments import segment
from transcripts.spoken_words import Words, words_of
from transcripts.turns import Turn as ReadTurn


@dataclass
class Coded:
    """A transcript that was coded, with the words each passage had."""

    transcript: Transcript
    talk: Talk
    words: dict[int, list[str]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """What became of codings over many corrections."""

    corrections: int = 0
    passages: int = 0
    """Passages that people worked with, counted anew at every correction."""
    stand: int = 0
    """Those that stand on their own words; all the others are listed."""
    came_back: int = 0


def corrected_at_random(
    session: Session, built: Built, seed: int, tally: Tally, turns: int = 14
) -> None:
    """Code a transcript and correct it four times; go back to how it began after two, and four."""
    random = Random(seed)  # noqa: S311 - the same every time
    coded = code_at_random(session, built, random, seed, turns)
    for _ in range(2):
        talk = coded.talk
        for _ in range(2):
            talk = mend(talk, random)
            reading = written(talk).reading
            correct(session, coded.transcript, reading, made_by=built.users["researcher"])
            stands = check(session, coded)
            tally.corrections += 1
            tally.passages += len(coded.words)
            tally.stand += len(stands)
        first = find_version(session, coded.transcript, 1)
        back_to(session, coded.transcript, first, made_by=built.users["researcher"])
        stands = check(session, coded)
        assert stands == set(coded.words), "with its first text every passage is where it was"
        tally.came_back += len(stands)


def code_at_random(session: Session, built: Built, random: Random, seed: int, turns: int) -> Coded:
    """A new transcript on which people decided, reviewed, chose, and stood under a theme."""
    talk = random_talk(random, random.randint(2, turns))
    paper = written(talk)
    took = ingest(session, built.study_id, paper.reading, key=f"talk {seed}")
    coded = Coded(session.get_one(Transcript, took.transcript_id), talk)
    version = standing_version(session, coded.transcript)
    made = [
        Passage(
            version_id=version.id,
            start=paper.places[numbers[0]][0],
            end=paper.places[numbers[-1]][1],
            origin="person",
            created_by=built.users["coder"],
        )
        for numbers in passages(talk, random, 10)
    ]
    session.add_all(made)
    cut = session.scalars(select(Passage).where(Passage.version_id == version.id)).all()
    machine = [one for one in cut if one.origin == "machine"]
    worked = [*made, *random.sample(machine, len(machine) // 2)]
    _work_on(session, built, [one.id for one in worked])
    session.add_all(_suggestion(built, one.id) for one in machine)
    session.flush()
    read = Read(session)
    coded.words = {one.id: read.said(one) for one in worked}
    coded.rows = _rows(session)
    return coded


def check(session: Session, coded: Coded) -> set[int]:
    """Nothing is lost, nothing stands on other words; gives the passages that stand."""
    session.flush()
    session.expire_all()
    standing = standing_version(session, coded.transcript)
    read = Read(session)
    there = select(Passage).where(Passage.id.in_(coded.words))
    looks = select(NeedsLook).where(NeedsLook.passage_id.in_(coded.words))
    waits = {look.passage_id: look for look in session.scalars(looks)}
    found = session.scalars(there).all()
    assert {one.id for one in found} == set(coded.words)
    for passage in found:
        assert read.said(passage) == coded.words[passage.id]
        look = waits.get(passage.id)
        assert (look is None) == (passage.version_id == standing.id)
        if look is not None:
            assert look.version_id == standing.id
            assert look.why.endswith(".")
            assert look.start is None or 0 <= look.start < (look.end or 0) <= len(standing.text)
    assert _rows(session) == coded.rows
    _check_segments(session, coded.transcript, standing)
    return set(coded.words) - set(waits)


class Read:
    """What is said in passages, each version's words looked up once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._words: dict[int, Words] = {}

    def said(self, passage: Passage) -> list[str]:
        """The words of a passage that somebody says, as they are compared."""
        if passage.version_id not in self._words:
            version = self.session.get_one(TranscriptVersion, passage.version_id)
            self._words[version.id] = words_of(text_of(self.session, version).spoken)
        words = self._words[passage.version_id]
        return [words.keys[at] for at in words.within(passage.start, passage.end) if words.said[at]]


def _check_segments(session: Session, transcript: Transcript, standing: TranscriptVersion) -> None:
    """The text that stands is cut as if it were new, and no other text is cut at all."""
    rows = session.execute(
        select(Passage.start, Passage.end, Passage.version_id)
        .join(Segment, Segment.passage_id == Passage.id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .where(TranscriptVersion.transcript_id == transcript.id)
        .order_by(Segment.position)
    ).all()
    assert {row.version_id for row in rows} <= {standing.id}
    turns = session.scalars(
        select(Turn).where(Turn.version_id == standing.id).order_by(Turn.position)
    )
    cut = segment(standing.text, [ReadTurn(None, turn.start, turn.end) for turn in turns])
    a, b = [(row.start, row.end) for row in rows], [(one.start, one.end) for one in cut]
    assert a == b, (set(a) ^ set(b), a[:5], b[:5])


def _rows(session: Session) -> Counter[str]:
    """How many rows people made, of every kind."""
    tables = (Act, Decision, Review, Quote, ThemePassage)
    return Counter(
        {
            one.__tablename__: session.scalar(select(func.count()).select_from(one)) or 0
            for one in tables
        }
    )


def _theme(session: Session, built: Built) -> Theme:
    found = session.scalar(select(Theme).where(Theme.study_id == built.study_id))
    if found is None:
        found = Theme(study_id=built.study_id, name="An hour is an hour", position=0)
        session.add(found)
        session.flush()
    return found


def _work_on(session: Session, built: Built, passage_ids: list[int]) -> None:
    """Each passage is judged, found empty, chosen as a quote, or stood under a theme."""
    user, code, theme = built.users["coder"], built.codes["relational"], _theme(session, built)
    acts = {
        one: Act(study_id=built.study_id, user_id=user, passage_id=one)
        for number, one in enumerate(passage_ids)
        if number % 4 < 2
    }
    session.add_all(acts.values())
    session.flush()
    for number, one in enumerate(passage_ids):
        if number % 4 == 0:
            session.add(
                Decision(
                    act_id=acts[one].id,
                    passage_id=one,
                    code_id=code,
                    user_id=user,
                    verdict="confirm",
                    codebook_version=1,
                )
            )
        elif number % 4 == 1:
            session.add(
                Review(
                    act_id=acts[one].id,
                    passage_id=one,
                    user_id=user,
                    outcome="none applies",
                    codebook_version=1,
                )
            )
        elif number % 4 == 2:
            session.add(Quote(study_id=built.study_id, passage_id=one, chosen_by=user))
        else:
            session.add(ThemePassage(theme_id=theme.id, passage_id=one))


def _suggestion(built: Built, passage_id: int) -> Suggestion:
    return Suggestion(
        passage_id=passage_id,
        code_id=built.codes["leadership"],
        score=0.5,
        source="codebook",
        model="test",
        codebook_version=1,
    )
