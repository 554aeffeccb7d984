"""What a researcher sees of a draft before it is stored: what was read, and what is undecided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from capture.appearances import silent_speakers
from capture.corrections.said import SaidAnew, foresee_said
from capture.corrections.speakers import labels_known, speakers_there
from capture.draft.clearing import cleared
from capture.draft.drafts import likely_corrected, reading_of, said_now, said_of, went_on
from capture.draft.said import DraftSaid, FindSaid, for_every_label
from capture.draft.speakers import SpeakerLook, speakers_of
from capture.draft.taken_before import missing
from capture.errors import Unfit
from capture.ingest import title_of
from capture.kinds import kind_of
from capture.models import Appearance, Draft, Transcript
from capture.names.beside_text import gives_away
from transcripts.accounts import words_accounted
from transcripts.recordings import seconds_of
from transcripts.replacing import TakenOut
from transcripts.same_speaker import LikelySame, likely_same
from transcripts.survey import SurveyColumns
from transcripts.turns import LeftOut, Reading, count_words


@dataclass(frozen=True, slots=True)
class DraftLook:
    """A draft as it was read. Words in = words stored + words left out, or `unaccounted` says."""

    draft_id: int | None
    file_name: str
    title: str
    """What the transcript will be called."""
    reading: Reading
    said: DraftSaid
    """What was said, with an entry for every label."""
    kind: str
    kind_because: str
    minutes: int | None
    timed_turns: int
    words_in: int
    words_stored: int
    words_left_out: int
    speakers: tuple[SpeakerLook, ...]
    merges: tuple[LikelySame, ...]
    finds: tuple[FindSaid, ...]
    corrects: Transcript | None
    likely_corrects: Transcript | None
    notes: tuple[str, ...]
    anew: SaidAnew
    """What was said of the file that the transcript it corrects will be, and what it won't."""
    gives_away: tuple[str, ...]
    """Sentences on what the title and the file's name still tell of names that are replaced."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What the reader did not take, and why."""
        return self.reading.left_out

    @property
    def unaccounted(self) -> int:
        """Words of the file that are neither stored nor listed as left out."""
        return self.words_in - self.words_stored - self.words_left_out

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of a survey, in the file's order."""
        return self.reading.columns

    @property
    def survey(self) -> SurveyColumns | None:
        """How a survey's columns were read."""
        return self.reading.survey

    @property
    def undecided(self) -> int:
        """Finds that nobody decided, unless the rest is to stay as it is."""
        return 0 if self.said.leave_rest else sum(one.accepted is None for one in self.finds)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list of those that wait."""

    draft_id: int
    file_name: str
    name: str | None
    title: str
    kind: str
    speakers: int
    words: int
    minutes: int | None
    left_out_words: int
    undecided: int
    corrects: Transcript | None
    likely_corrects: Transcript | None
    went_on: bool = False
    """The transcript it corrects was changed since."""


def look(session: Session, draft: Draft) -> DraftLook:
    """What there is to see of a draft."""
    reading = reading_of(draft)
    said = said_now(session, draft, reading)
    return looked(
        session,
        draft.study_id,
        draft.file_name,
        reading,
        said,
        draft_id=draft.id,
        likely=likely_corrected(session, draft),
        meanwhile=went_on(session, draft),
    )


def looked(
    session: Session,
    study_id: int,
    file_name: str,
    reading: Reading,
    said: DraftSaid,
    *,
    draft_id: int | None = None,
    likely: Transcript | None = None,
    meanwhile: str = "",
) -> DraftLook:
    """What there is to see of a file that was read, as it was said; it needs to be no draft."""
    said = for_every_label(said, reading)
    corrects = session.get(Transcript, said.corrects) if said.corrects else None
    kind, because = _kind(reading, said, corrects)
    there = speakers_there(session, corrects.id) if corrects else []
    told_apart = labels_known(there, reading)
    in_text, accounted = words_accounted(reading)
    left_in_text = sum(item.words for item in reading.left_out if item.stored)
    left = sum(item.words for item in reading.left_out)
    return DraftLook(
        draft_id=draft_id,
        file_name=file_name,
        title=said.name or (corrects.name if corrects else title_of(file_name)),
        reading=reading,
        said=said,
        kind=kind,
        kind_because=because,
        minutes=minutes_of(reading),
        timed_turns=sum(turn.starts_at is not None for turn in reading.turns),
        words_in=in_text + left - left_in_text,
        words_stored=accounted - left_in_text,
        words_left_out=left,
        speakers=speakers_of(session, study_id, reading, _who_asks(said, there, told_apart)),
        merges=() if reading.kind == "survey" else _merges(reading, said, told_apart),
        finds=said.finds,
        corrects=corrects,
        anew=_anew(session, corrects, reading, said),
        gives_away=gives_away(
            said.name or (corrects.name if corrects else None), file_name, _going(reading, said)
        ),
        likely_corrects=likely,
        notes=(*filter(None, [meanwhile]), *_notes(session, reading, said)),
    )


def _kind(reading: Reading, said: DraftSaid, corrects: Transcript | None) -> tuple[str, str]:
    """The kind, and why it is taken for that."""
    if corrects is not None and said.kind is None:
        return corrects.kind, f"As “{corrects.name}” is, which this file corrects."
    return kind_of(reading, said.entry())


def _who_asks(
    said: DraftSaid, there: Sequence[Appearance], told_apart: Mapping[str, int]
) -> DraftSaid:
    """The same; who asks in the transcript that is corrected asks here too, unless it was said."""
    asks = {row.id: row.facilitator for row in there}
    speakers = {
        label: replace(row, facilitator=asks[told_apart[label]])
        if row.facilitator is None and label in told_apart
        else row
        for label, row in said.speakers.items()
    }
    return replace(said, speakers=speakers)


def _anew(
    session: Session, corrects: Transcript | None, reading: Reading, said: DraftSaid
) -> SaidAnew:
    """Nothing while speakers contradict: it is said before anything is kept."""
    if corrects is None:
        return SaidAnew()
    try:
        return foresee_said(session, corrects, cleared(reading, said))
    except Unfit:
        return SaidAnew()


def _going(reading: Reading, said: DraftSaid) -> list[TakenOut]:
    """Finds that were accepted, where they stand now."""
    return [
        TakenOut(one.start, one.end, reading.text[one.start : one.end], one.instead, one.kind)
        for one in said.finds
        if one.accepted
    ]


def minutes_of(reading: Reading) -> int | None:
    """How long what was recorded lasted, in whole minutes; None where no times tell."""
    seconds = seconds_of(reading.turns)
    return None if seconds is None else max(1, round(seconds / 60))


def drafts_of(session: Session, study_id: int) -> list[DraftRow]:
    """The study's drafts, by file name."""
    drafts = session.scalars(
        select(Draft)
        .where(Draft.study_id == study_id)
        .options(defer(Draft.data))
        .order_by(Draft.file_name, Draft.id)
    )
    return [_row(session, draft) for draft in drafts]


def _row(session: Session, draft: Draft) -> DraftRow:
    reading, said = reading_of(draft), said_of(draft)
    undecided = 0 if said.leave_rest else sum(one.accepted is None for one in said.finds)
    return DraftRow(
        draft_id=draft.id,
        file_name=draft.file_name,
        name=said.name,
        title=said.name or title_of(draft.file_name),
        kind=kind_of(reading, said.entry())[0],
        speakers=len({turn.speaker for turn in reading.turns}),
        words=sum(count_words(reading.text[t.start : t.end]) for t in reading.turns),
        minutes=minutes_of(reading),
        left_out_words=sum(item.words for item in reading.left_out),
        undecided=undecided,
        likely_corrects=likely_corrected(session, draft),
        corrects=session.get(Transcript, draft.corrects_id) if draft.corrects_id else None,
        went_on=bool(went_on(session, draft)),
    )


def _notes(session: Session, reading: Reading, said: DraftSaid) -> tuple[str, ...]:
    told = silent_speakers(reading, said.entry())
    gone = missing(session, said.corrects, reading) if said.corrects else 0
    if not gone:
        return told
    what = "A stretch that is" if gone == 1 else f"{gone:,} stretches that are"
    verb = "is" if gone == 1 else "are"
    away = f"{what} off the record in the transcript {verb} not in this file word for word"
    return (f"{away}: check what is marked instead, and mark what is not.", *told)


def _merges(
    reading: Reading, said: DraftSaid, told_apart: Mapping[str, int]
) -> tuple[LikelySame, ...]:
    """What is likely one speaker, but for what was said to be one already, and for speakers whom
    the transcript that is corrected knows."""
    labels = list(dict.fromkeys(turn.speaker for turn in reading.turns if turn.speaker))
    entry = said.entry()
    return tuple(
        group
        for group in likely_same(labels)
        if len({entry.person(label) for label in group.labels}) > 1
        and not told_apart.keys() >= set(group.labels)
    )
