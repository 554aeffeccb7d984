"""Correcting a transcript's text: a new version, into which passages move with their words.

Whatever people did hangs on passages, and a passage that moves keeps its id: decisions, reviews,
quotes and places under themes go with it. A passage whose words changed stays on the version it
was made on and waits for a look (`capture.corrections.waiting`). Nothing that people made is ever
deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.corrections.hanging import bring_up_to_date, candidates_with, forget_runs, forget_words
from capture.corrections.likely_corrects import likely_corrects
from capture.corrections.plan import Plan, plan
from capture.corrections.rows import carry_out
from capture.corrections.speakers import speakers_for
from capture.corrections.version_rows import add_turns, add_version
from capture.corrections.versions import log_of, reading_of_version, text_of
from capture.models import Transcript, TranscriptVersion, Turn
from capture.names.beside_text import rename_beside
from capture.names.register import carry_replacements, note_replacements
from capture.searching.word_index import forget, index_version
from capture.transcript_view import standing_version
from transcripts.anchoring import Anchoring
from transcripts.manifest import FileEntry
from transcripts.replacing import OFF_THE_RECORD, TakenOut
from transcripts.spoken_words import Span, Spoken
from transcripts.through_brackets import carried
from transcripts.turns import Reading

__all__ = ["Corrected", "back_to", "correct", "foresee", "likely_corrects"]

CORRECTED = "corrected"
WENT_BACK = "went back to version {}"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The version that stands now, and what came of the passages of the one before."""

    version: TranscriptVersion
    changed: bool = True
    """False where text and speakers are what they were: then there is no new version."""
    moved: int = 0
    """Passages people worked with that went with their words, returned ones too."""
    returned: int = 0
    """Those of them that waited before, and whose words are back."""
    needs_look: int = 0
    """Passages that stood until now, and wait."""
    kept: int = 0
    """Segments nobody worked with that stayed what they were."""
    gone: int = 0
    """Those that didn't, with what the machine made of them."""


def correct(
    session: Session,
    transcript: Transcript,
    reading: Reading,
    *,
    why: str = CORRECTED,
    made_by: int | None,
    log: Sequence[TakenOut] = (),
    file_sha256: str | None = None,
    speakers: Mapping[str, int] | None = None,
    entry: FileEntry | None = None,
    hides_earlier: bool = False,
    log_of_version: TranscriptVersion | None = None,
) -> Corrected:
    """Make a reading the text that stands, and let every passage go with its words or wait.

    `log` is what was taken out of the reading; brackets that stood there before need not be in it,
    their log is carried on. `speakers` says whose label is whose (appearance ids) where the labels
    don't; `entry` is what was said of speakers who are new. Versions before this one are hidden
    from coders where words are taken out of what stood, or with `hides_earlier`. Where the reading
    is that of an earlier version, `log_of_version` is it: its log goes on as it was written.
    """
    if log_of_version is not None:
        log = log_of(session, log_of_version.id)
    standing = standing_version(session, transcript)
    who = speakers_for(session, transcript, reading, said=speakers or {}, entry=entry, log=log)
    if _unchanged(session, standing, reading, who):
        return Corrected(standing, changed=False)
    brackets = _brackets(session, standing, reading, log)
    whole = _whole_log(session, standing, brackets, log)
    planned = plan(session, standing, reading, whole)
    touched = candidates_with(session, standing.id)
    version = add_version(
        session,
        transcript.id,
        reading,
        number=_next_number(session, standing),
        why=why,
        file_sha256=file_sha256,
        made_by=made_by,
        hides_earlier=hides_earlier or _takes_out(session, standing, log),
    )
    turns = add_turns(session, version.id, reading, who)
    carry_replacements(session, standing.id, version.id, lambda *span: brackets.get(span))
    if log_of_version is not None:
        carry_replacements(session, log_of_version.id, version.id, lambda *span: span)
    else:
        note_replacements(session, transcript.study_id, version.id, log, made_by=made_by)
    carry_out(session, planned, version, turns)
    transcript.version = version.number
    _follow(session, transcript, version, log, touched)
    return Corrected(
        version,
        moved=len(planned.moves),
        returned=len(planned.returned),
        needs_look=planned.new_looks,
        kept=len(planned.kept),
        gone=len(planned.gone),
    )


def _follow(
    session: Session,
    transcript: Transcript,
    version: TranscriptVersion,
    log: Sequence[TakenOut],
    touched: set[int],
) -> None:
    """What is made of a text, or stands beside it, follows the version that stands now."""
    index_version(session, version)
    rename_beside(session, transcript, log)
    bring_up_to_date(session, touched)
    if version.hides_earlier:
        forget_words(session, touched)
        forget_runs(session, transcript.study_id)
        forget(session)
    session.flush()


def foresee(
    session: Session, transcript: Transcript, reading: Reading, log: Sequence[TakenOut] = ()
) -> Plan:
    """What `correct` would do to the passages; nothing is changed."""
    standing = standing_version(session, transcript)
    brackets = _brackets(session, standing, reading, log)
    return plan(session, standing, reading, _whole_log(session, standing, brackets, log))


def back_to(
    session: Session, transcript: Transcript, version: TranscriptVersion, *, made_by: int | None
) -> Corrected:
    """Make an earlier text stand again, as a new version; what was coded in it comes back."""
    reading = reading_of_version(session, version)
    return correct(
        session,
        transcript,
        reading,
        why=WENT_BACK.format(version.number),
        made_by=made_by,
        log_of_version=version,
        file_sha256=version.file_sha256,
    )


def _unchanged(
    session: Session, standing: TranscriptVersion, reading: Reading, who: Mapping[str, int]
) -> bool:
    if standing.text != reading.text:
        return False
    rows = session.execute(
        select(Turn.start, Turn.end, Turn.appearance_id)
        .where(Turn.version_id == standing.id)
        .order_by(Turn.position)
    )
    new = [(turn.start, turn.end, who[turn.speaker or ""]) for turn in reading.turns]
    return [tuple(row) for row in rows] == new


def _brackets(
    session: Session, standing: TranscriptVersion, reading: Reading, log: Sequence[TakenOut]
) -> dict[Span, Span]:
    """Where brackets of the text that stood stand in the new one, but for those told in `log`."""
    before = log_of(session, standing.id)
    if not before:
        return {}
    spans = [(turn.start, turn.end) for turn in reading.turns]
    texts = Anchoring(text_of(session, standing).spoken, Spoken(reading.text, spans))
    told = {(one.start, one.end) for one in log}
    found = carried(before, reading.text, texts.anchor)
    return {span: place for span, place in found.items() if place not in told}


def _whole_log(
    session: Session,
    standing: TranscriptVersion,
    brackets: Mapping[Span, Span],
    log: Sequence[TakenOut],
) -> list[TakenOut]:
    """All that brackets of the new text stand for, carried on or told now.

    A stretch that is taken out may hold a bracket itself: here it has the words of that too.
    """
    before = log_of(session, standing.id)
    carried_on = [
        replace(one, start=place[0], end=place[1])
        for one in before
        if (place := brackets.get((one.start, one.end))) is not None
    ]
    inside = {one.instead: one.original for one in before if (one.start, one.end) not in brackets}
    told = [replace(one, original=_put_back(one.original, inside)) for one in log]
    return sorted([*carried_on, *told], key=lambda one: one.start)


def _put_back(words: str, originals: Mapping[str, str]) -> str:
    for instead, original in originals.items():
        words = words.replace(instead, original)
    return words


def _takes_out(session: Session, standing: TranscriptVersion, log: Sequence[TakenOut]) -> bool:
    """Whether words of the text that stands are taken out with this log."""
    text = " ".join(standing.text.split())
    off = [one for one in log if one.kind == OFF_THE_RECORD]
    was_off = [one for one in log_of(session, standing.id) if one.kind == OFF_THE_RECORD]
    stood = any(" ".join(one.original.split()) in text for one in log)
    return stood or len(off) > len(was_off)


def _next_number(session: Session, standing: TranscriptVersion) -> int:
    of_transcript = TranscriptVersion.transcript_id == standing.transcript_id
    last = session.scalar(select(func.max(TranscriptVersion.number)).where(of_transcript))
    return (last or 0) + 1
