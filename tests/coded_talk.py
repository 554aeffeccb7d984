"""One transcript that people coded, to be corrected by hand in tests."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.correcting import correct
from capture.ingest import ingest
from capture.models import NeedsLook, Passage, Segment, Transcript, TranscriptVersion
from capture.transcript_view import standing_version
from codebook.decisions import Verdict, record_act
from tests.builders import Built, build_study
from transcripts.readers import read
from transcripts.turns import Reading

TALK = """Facilitator: What has changed for you since the team started, if anything?

P1: We used to knock, tick the box and go. Now I get a whole hour with mum at the table, and \
she tells me how it is. Hill School rang me about it, which they had never done before that.

P2: Well, for us it went the other way. The caseloads crept up and nobody said so.

P1: True, but she rang me herself last week.
"""


def paper(text: str) -> Reading:
    return read("talk.txt", text.encode())


class Talk:
    """One transcript in a study, with passages that people coded."""

    def __init__(self, session: Session, text: str = TALK) -> None:
        self.session = session
        self.built: Built = build_study(session)
        took = ingest(session, self.built.study_id, paper(text), key="talk")
        self.transcript = session.get_one(Transcript, took.transcript_id)
        self.coder = self.built.users["coder"]
        self.researcher = self.built.users["researcher"]

    @property
    def version(self) -> TranscriptVersion:
        return standing_version(self.session, self.transcript)

    def mark(self, words: str) -> Passage:
        """A passage a person marked and coded."""
        start = self.version.text.index(words)
        made = Passage(
            version_id=self.version.id, start=start, end=start + len(words), origin="person"
        )
        self.session.add(made)
        self.session.flush()
        self.code(made)
        return made

    def segment(self, words: str) -> Passage:
        """The machine's passage that holds some words."""
        start = self.version.text.index(words)
        return self.session.scalars(
            select(Passage)
            .join(Segment, Segment.passage_id == Passage.id)
            .where(
                Passage.version_id == self.version.id, Passage.start <= start, Passage.end > start
            )
        ).one()

    def code(self, passage: Passage) -> None:
        record_act(
            self.session,
            study_id=self.built.study_id,
            user_id=self.coder,
            passage_id=passage.id,
            verdicts=[Verdict(self.built.codes["relational"], "confirm")],
            outcome="reviewed",
        )

    def correct(self, old: str, new: str, **more: object):
        assert old in self.version.text
        return self.becomes(self.version.text.replace(old, new), **more)

    def becomes(self, text: str, **more: object):
        return correct(self.session, self.transcript, paper(text), made_by=self.researcher, **more)

    def words(self, passage: Passage) -> str:
        version = self.session.get_one(TranscriptVersion, passage.version_id)
        return version.text[passage.start : passage.end]

    def stands(self, passage: Passage) -> bool:
        return passage.version_id == self.version.id

    def waits(self, passage: Passage) -> tuple[str, str | None]:
        """Why a passage waits, and the words that are proposed."""
        look = self.session.get_one(NeedsLook, passage.id)
        assert not self.stands(passage)
        assert look.version_id == self.version.id
        if look.start is None:
            return look.why, None
        return look.why, self.version.text[look.start : look.end]
