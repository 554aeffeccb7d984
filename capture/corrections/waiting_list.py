"""What needs a look, as it is shown: the words a passage had beside those that stand there now."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from capture.corrections.versions import is_hidden
from capture.models import (
    Appearance,
    NeedsLook,
    Passage,
    Transcript,
    TranscriptVersion,
    Turn,
    User,
)
from capture.transcript_view import standing_version
from transcripts.spoken_words import Span
from transcripts.through_brackets import PUT_OFF

AROUND = 160
"""Characters shown on either side of a passage."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Shown:
    """Words in their surroundings, which are cut between words; `speaker` says the first."""

    speaker: str | None
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One passage that waits. `was` is None where the older text is not for the reader's eyes."""

    passage_id: int
    transcript: Transcript
    why: str
    was_version: int
    version: int
    """The version that stands."""
    was: Shown | None
    now: Shown | None
    """What stands where it seems to belong; None where it seems to belong nowhere."""
    proposed: Span | None
    set_aside_by: str | None


def count_waiting(session: Session, study_id: int, *, all_words: bool) -> dict[int, int]:
    """How many passages of each transcript (by id) wait for this reader's look."""
    asked = _asked(study_id, all_words=all_words).where(NeedsLook.set_aside_by.is_(None))
    rows = session.execute(
        asked.with_only_columns(Transcript.id, func.count()).group_by(Transcript.id)
    )
    return dict(rows.all())


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the passages that wait: of one transcript, one alone, or those set aside."""

    transcript_id: int | None = None
    passage_id: int | None = None
    """This one, whether it was set aside or not."""
    set_aside: bool = False


def count_wanted(session: Session, study_id: int, wanted: Wanted, *, all_words: bool) -> int:
    """How many passages those are, for this reader."""
    asked = _narrowed(_asked(study_id, all_words=all_words), wanted)
    return session.scalar(asked.with_only_columns(func.count())) or 0


def waiting(
    session: Session,
    study_id: int,
    wanted: Wanted | None = None,
    *,
    all_words: bool,
    most: int | None = None,
    after: int = 0,
) -> list[Waiting]:
    """The passages that are wanted, by transcript and place: all, or at `most` so many `after`
    the first ones.

    `all_words`: the reader is a researcher. Others don't see text that was hidden since, nor hear
    of passages whose words were put off the record.
    """
    asked = _narrowed(_asked(study_id, all_words=all_words), wanted or Wanted())
    asked = asked.order_by(Transcript.name, Transcript.id, Passage.start, Passage.id)
    shelf = _Shelf(session, all_words=all_words)
    return [shelf.shown(*row) for row in session.execute(asked.limit(most).offset(after))]


class _Shelf:
    """The texts that passages wait in, each looked up once."""

    def __init__(self, session: Session, *, all_words: bool) -> None:
        self.session = session
        self.all_words = all_words
        self._standing: dict[int, TranscriptVersion] = {}
        self._hidden: dict[int, bool] = {}

    def shown(
        self,
        look: NeedsLook,
        passage: Passage,
        version: TranscriptVersion,
        transcript: Transcript,
        set_aside_by: str | None,
    ) -> Waiting:
        """One passage with its old words and those that stand there now, as far as seen."""
        if transcript.id not in self._standing:
            self._standing[transcript.id] = standing_version(self.session, transcript)
        standing = self._standing[transcript.id]
        proposed = None if look.start is None or look.end is None else (look.start, look.end)
        return Waiting(
            passage_id=passage.id,
            transcript=transcript,
            why=look.why,
            was_version=version.number,
            version=standing.number,
            was=self._words(version, passage.start, passage.end) if self._seen(version) else None,
            now=self._words(standing, *proposed) if proposed else None,
            proposed=proposed,
            set_aside_by=set_aside_by,
        )

    def _seen(self, version: TranscriptVersion) -> bool:
        if self.all_words:
            return True
        if version.id not in self._hidden:
            self._hidden[version.id] = is_hidden(self.session, version)
        return not self._hidden[version.id]

    def _words(self, version: TranscriptVersion, start: int, end: int) -> Shown:
        """Words with what stands around them in the turns they touch."""
        rows = self.session.execute(
            select(Turn.start, Turn.end, Appearance.label)
            .outerjoin(Appearance, Appearance.id == Turn.appearance_id)
            .where(Turn.version_id == version.id, Turn.start < end, Turn.end > start)
            .order_by(Turn.position)
        ).all()
        first = min([start, *(row.start for row in rows)])
        last = max([end, *(row.end for row in rows)])
        return Shown(
            speaker=rows[0].label if rows else None,
            before=_last(version.text[first:start]),
            words=version.text[start:end],
            after=_first(version.text[end:last]),
        )


def _asked(
    study_id: int, *, all_words: bool
) -> Select[NeedsLook, Passage, TranscriptVersion, Transcript, str | None]:
    asked = (
        select(NeedsLook, Passage, TranscriptVersion, Transcript, User.name)
        .join(Passage, Passage.id == NeedsLook.passage_id)
        .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .outerjoin(User, User.id == NeedsLook.set_aside_by)
        .where(Transcript.study_id == study_id)
    )
    return asked if all_words else asked.where(NeedsLook.why != PUT_OFF)


def _narrowed(
    asked: Select[NeedsLook, Passage, TranscriptVersion, Transcript, str | None], wanted: Wanted
) -> Select[NeedsLook, Passage, TranscriptVersion, Transcript, str | None]:
    if wanted.transcript_id is not None:
        asked = asked.where(Transcript.id == wanted.transcript_id)
    if wanted.passage_id is not None:
        return asked.where(Passage.id == wanted.passage_id)
    aside = NeedsLook.set_aside_by.is_not(None)
    return asked.where(aside if wanted.set_aside else ~aside)


def _first(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0].rstrip() + f" {ELLIPSIS}"


def _last(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return f"{ELLIPSIS} " + text[-AROUND:].partition(" ")[2].lstrip()
