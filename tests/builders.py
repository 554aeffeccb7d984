"""A small study, built row by row, for tests of what happens after reading and analysis."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy.orm import Session

from capture.models import (
    Appearance,
    CandidateMember,
    CandidateTheme,
    Code,
    CodebookVersion,
    Discovery,
    Facet,
    Membership,
    Participant,
    Passage,
    Segment,
    Study,
    Suggestion,
    Transcript,
    TranscriptVersion,
    Turn,
    User,
)
from capture.searching.word_index import index_version

SAID = (
    ("Facilitator", "What has changed for you since the team started, if anything?"),
    ("P1", "We used to knock, tick the box and go. Now I get a whole hour with mum at the table."),
    ("P2", "Well, for us it went the other way. The caseloads crept up and nobody said so."),
    ("P1", "True — but 😀 she rang me herself last week, and that had never happened before."),
    ("P3", "I would rather this stayed in the room, to be honest with you."),
)
SCOPE_OF = {
    "Facilitator": "analysis only",
    "P1": "quote with role",
    "P2": "quote unattributed",
    "P3": "withdrawn",
}
ROLE_OF = {"P1": "Family practitioner", "P2": "Social worker", "P3": "Health visitor"}


@dataclass
class Built:
    """Ids of what was built."""

    study_id: int
    users: dict[str, int] = field(default_factory=dict)
    transcript_ids: list[int] = field(default_factory=list)
    passage_ids: list[int] = field(default_factory=list)
    """Segments of the first transcript, then of the second, in order (one a turn)."""
    codes: dict[str, int] = field(default_factory=dict)
    candidate_ids: list[int] = field(default_factory=list)


def build_study(session: Session, name: str = "Walking with families") -> Built:
    """Two transcripts of five turns, four users, three codes, two candidate themes."""
    study = Study(name=name)
    session.add(study)
    session.flush()
    built = Built(study.id)
    _users(session, built, name)
    _codebook(session, built)
    for number, place in enumerate(("Brookvale", "Harrowmere"), start=1):
        _transcript(session, built, number, place)
    _candidates(session, built)
    return built


def _users(session: Session, built: Built, name: str) -> None:
    for role in ("researcher", "coder", "report author", "admin"):
        short = role.replace(" ", "-")
        user = User(email=f"{short}@{name.lower().replace(' ', '-')}.example", name=role.title())
        session.add(user)
        session.flush()
        session.add(Membership(user_id=user.id, study_id=built.study_id, role=role))
        built.users[role] = user.id


def _codebook(session: Session, built: Built) -> None:
    practice = Facet(study_id=built.study_id, key="practice", name="Practice", position=0)
    conditions = Facet(
        study_id=built.study_id, key="conditions", name="Conditions", takes_stance=True, position=1
    )
    session.add_all([practice, conditions])
    session.flush()
    for position, (key, code_name, facet) in enumerate(
        (
            ("relational", "Relational", practice),
            ("time-and-caseloads", "Time and caseloads", conditions),
            ("leadership", "Leadership", conditions),
        )
    ):
        code = Code(
            study_id=built.study_id,
            facet_id=facet.id,
            key=key,
            name=code_name,
            definition=f"What people say about {code_name.lower()}.",
            use_when="It is the point of what is said.",
            not_when="It is only mentioned.",
            examples=["An example, as someone would say it."],
            counter_examples=["Something close that is not it."],
            position=position,
        )
        session.add(code)
        session.flush()
        built.codes[key] = code.id
    session.add(
        CodebookVersion(study_id=built.study_id, number=1, change="Codebook begun.", snapshot={})
    )


def _transcript(session: Session, built: Built, number: int, place: str) -> None:
    transcript = Transcript(
        study_id=built.study_id,
        name=f"Focus group {number}",
        file_name=f"group-{number}.txt",
        file_sha256=sha256(f"{built.study_id}-{number}".encode()).hexdigest(),
        kind="focus group",
        wave=number,
        place=place,
    )
    session.add(transcript)
    session.flush()
    text = "\n\n".join(f"{who}: {said}" for who, said in SAID)
    version = TranscriptVersion(
        transcript_id=transcript.id, text=text, text_sha256=sha256(text.encode()).hexdigest()
    )
    session.add(version)
    session.flush()
    built.transcript_ids.append(transcript.id)
    appearances = _appearances(session, built, transcript.id)
    at = 0
    for position, (who, said) in enumerate(SAID):
        start = text.index(said, at)
        at = start + len(said)
        turn = Turn(
            version_id=version.id,
            position=position,
            appearance_id=appearances[who],
            start=start,
            end=at,
        )
        passage = Passage(version_id=version.id, start=start, end=at)
        session.add_all([turn, passage])
        session.flush()
        session.add(
            Segment(
                passage_id=passage.id,
                turn_id=turn.id,
                position=position,
                words=len(said.split()),
                text_sha256=sha256(said.encode()).hexdigest(),
                kept_out="facilitator" if who == "Facilitator" else None,
            )
        )
        built.passage_ids.append(passage.id)
    index_version(session, version)


def _appearances(session: Session, built: Built, transcript_id: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for who in dict.fromkeys(name for name, _ in SAID):
        participant_id = None
        if who == "P1":
            participant_id = _participant(session, built.study_id, "P1")
        appearance = Appearance(
            transcript_id=transcript_id,
            label=who,
            participant_id=participant_id,
            role=ROLE_OF.get(who),
            scope=SCOPE_OF[who],
            facilitator=who == "Facilitator",
        )
        session.add(appearance)
        session.flush()
        found[who] = appearance.id
    return found


def _participant(session: Session, study_id: int, pseudonym: str) -> int:
    found = session.query(Participant).filter_by(study_id=study_id, pseudonym=pseudonym).first()
    if found is None:
        found = Participant(study_id=study_id, pseudonym=pseudonym)
        session.add(found)
        session.flush()
    return found.id


def _candidates(session: Session, built: Built) -> None:
    discovery = Discovery(
        study_id=built.study_id,
        fingerprint="built",
        model="test",
        precision="fp32",
        parameters={},
        segments=8,
        unthemed=0,
        sentence="8 segments gave 2 candidate themes.",
    )
    session.add(discovery)
    session.flush()
    spoken = [p for i, p in enumerate(built.passage_ids) if i % len(SAID) != 0]
    for position, (label, members) in enumerate(
        (("time with families", spoken[::2]), ("caseloads crept up", spoken[1::2]))
    ):
        candidate = CandidateTheme(
            study_id=built.study_id,
            discovery_id=discovery.id,
            granularity="middle",
            position=position,
            label=label,
            keyphrases=label.split(),
            found_in=9,
            reruns=10,
            participants=2,
            transcripts=2,
        )
        session.add(candidate)
        session.flush()
        built.candidate_ids.append(candidate.id)
        for rank, passage_id in enumerate(members):
            session.add(
                CandidateMember(
                    candidate_id=candidate.id,
                    passage_id=passage_id,
                    strength=0.9 - 0.1 * rank,
                    exemplar=rank if rank < 3 else None,
                    at_edge=rank == len(members) - 1,
                )
            )
    session.add(
        Suggestion(
            passage_id=built.passage_ids[1],
            code_id=built.codes["time-and-caseloads"],
            score=0.81,
            source="codebook",
            model="test",
            codebook_version=1,
        )
    )
    session.flush()


def in_another_list(
    session: Session, like: int, granularity: str, passages: Sequence[int], label: str = "another"
) -> CandidateTheme:
    """A candidate theme of another granularity, of the run that found the candidate `like`."""
    row = session.get_one(CandidateTheme, like)
    made = CandidateTheme(
        study_id=row.study_id,
        discovery_id=row.discovery_id,
        granularity=granularity,
        position=0,
        label=label,
        found_in=9,
        reruns=10,
        participants=1,
        transcripts=1,
    )
    session.add(made)
    session.flush()
    session.add_all(
        CandidateMember(candidate_id=made.id, passage_id=one, strength=0.5) for one in passages
    )
    session.flush()
    return made
