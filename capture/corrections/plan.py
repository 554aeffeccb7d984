"""What a corrected text will do to the passages of a transcript. Nothing is changed here.

Passages people worked with go with their words or wait for a look; what the machine cut stays
where it would be cut again, and is otherwise forgotten.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.corrections.hanging import in_lots, worked_with
from capture.corrections.versions import text_of
from capture.models import NeedsLook, Passage, PassageMove, Segment, TranscriptVersion, Turn
from transcripts import segments as cutting
from transcripts.anchoring import GONE, Anchor
from transcripts.replacing import TakenOut
from transcripts.spoken_words import Span, Spoken
from transcripts.through_brackets import PUT_OFF, Moves, Text
from transcripts.turns import Reading

COLLIDES = "Another passage stands on exactly these words now."


@dataclass(frozen=True, slots=True)
class Look:
    """A passage that waits: why, and where it seems to stand in the new text, if anywhere."""

    passage: Passage
    why: str
    proposed: Span | None


@dataclass
class Plan:
    """What becomes of each passage, and which passage each segment of the new text is."""

    moves: list[tuple[Passage, Span]] = field(default_factory=list)
    """Passages people worked with, with their place in the new text."""
    returned: set[int] = field(default_factory=set)
    """Those of them that waited before."""
    looks: list[Look] = field(default_factory=list)
    segments: list[tuple[cutting.Segment, Passage | None]] = field(default_factory=list)
    """The new text's segments, each with the passage it was before."""
    kept: list[tuple[Passage, Span]] = field(default_factory=list)
    """Passages nobody worked with, which are segments still."""
    gone: list[Passage] = field(default_factory=list)
    """Those that aren't."""

    @property
    def new_looks(self) -> int:
        """Passages that stood until now and will wait."""
        return sum(look.passage.id not in self.waited for look in self.looks)

    waited: set[int] = field(default_factory=set)
    """Passages that wait already."""


def plan(
    session: Session, standing: TranscriptVersion, reading: Reading, log: Sequence[TakenOut]
) -> Plan:
    """Plan the change from the version that stands to a reading; `log` is all that's taken out."""
    return _Planning(session, standing, reading, log).plan


class _Planning:
    def __init__(
        self,
        session: Session,
        standing: TranscriptVersion,
        reading: Reading,
        log: Sequence[TakenOut],
    ) -> None:
        self.session = session
        spans = [(turn.start, turn.end) for turn in reading.turns]
        self.new = Text(Spoken(reading.text, spans), log)
        self._moves: dict[int, Moves] = {}
        self.here = self._moves_from(standing)
        self.taken: set[tuple[int, int, str]] = set()
        self.plan = Plan()
        waiting = self._waiting(standing.transcript_id)
        self.plan.waited = {passage.id for passage in waiting}
        everything = list(
            session.scalars(
                select(Passage).where(Passage.version_id == standing.id).order_by(Passage.id)
            )
        )
        people = worked_with(session, standing.id)
        self.moved = self._moved([*people, *self.plan.waited])
        self.versions = {standing.id: standing} | self._versions(waiting)
        cut = cut_again(session, standing, reading)
        self.cuts = {self._key(one.start, one.end): one for one in cut}
        by_cut: dict[object, Passage] = {}
        for passage in [*(one for one in everything if one.id in people), *waiting]:
            self._of_people(passage, by_cut)
        for passage in everything:
            if passage.id not in people:
                self._of_the_machine(passage, by_cut)
        self.plan.segments = [(one, by_cut.get(self._key(one.start, one.end))) for one in cut]

    def _waiting(self, transcript_id: int) -> list[Passage]:
        """Passages that wait on earlier versions, those put aside too: their words may be back."""
        return list(
            self.session.scalars(
                select(Passage)
                .join(NeedsLook, NeedsLook.passage_id == Passage.id)
                .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
                .where(TranscriptVersion.transcript_id == transcript_id)
                .order_by(Passage.id)
            )
        )

    def _key(self, start: int, end: int) -> object:
        """What a span of the new text is: the words in it, or the span where it has none."""
        return self.here.words_in_new(start, end) or ("no words", start, end)

    def _of_people(self, passage: Passage, by_cut: dict[object, Passage]) -> None:
        found = next(iter(self._anchors(passage)), None)
        if found is None or not found.same:
            proposed = self._proposed(passage, found) if found else None
            self.plan.looks.append(Look(passage, found.why if found else GONE, proposed))
            return
        span, key = (found.start, found.end), self._key(found.start, found.end)
        if passage.origin == "machine" and key in self.cuts and key not in by_cut:
            span = (self.cuts[key].start, self.cuts[key].end)
        if (*span, passage.origin) in self.taken:
            self.plan.looks.append(Look(passage, COLLIDES, span))
            return
        self.taken.add((*span, passage.origin))
        self.plan.moves.append((passage, span))
        if passage.id in self.plan.waited:
            self.plan.returned.add(passage.id)
        if passage.origin == "machine" and key in self.cuts:
            by_cut.setdefault(key, passage)

    def _proposed(self, passage: Passage, found: Anchor) -> Span | None:
        """A place as it is proposed: for the machine's passage, a segment on the same words.

        Where its words were put off the record there is none.
        """
        if found.why == PUT_OFF:
            return None
        key = self._key(found.start, found.end)
        if passage.origin == "machine" and key in self.cuts:
            return self.cuts[key].start, self.cuts[key].end
        return found.start, found.end

    def _of_the_machine(self, passage: Passage, by_cut: dict[object, Passage]) -> None:
        found = self.here.anchor(passage.start, passage.end)
        key = self._key(found.start, found.end) if found and found.same else None
        if key not in self.cuts or key in by_cut:
            self.plan.gone.append(passage)
            return
        by_cut[key] = passage
        self.plan.kept.append((passage, (self.cuts[key].start, self.cuts[key].end)))

    def _anchors(self, passage: Passage) -> Iterator[Anchor | None]:
        """The first place that is the same, of those its words had; else where it seems to be."""
        stands = self.versions[passage.version_id]
        before = [
            (self.versions[move.from_version_id], move.from_start, move.from_end)
            for move in self.moved.get(passage.id, ())
        ]
        for version, start, end in [(stands, passage.start, passage.end), *before]:
            if version.text == self.new.spoken.text:  # the text is again what it was
                yield Anchor(start, end)
        first = self._moves_from(stands).anchor(passage.start, passage.end)
        if first is not None and first.same:
            yield first
        known = {_bare(stands.text[passage.start : passage.end])}
        for version, start, end in before:
            words = _bare(version.text[start:end])
            found = None if words in known else self._moves_from(version).anchor(start, end)
            known.add(words)
            if found is not None and found.same:
                yield found
        yield first

    def _versions(self, waiting: Sequence[Passage]) -> dict[int, TranscriptVersion]:
        """The versions on which passages wait or stood before."""
        wanted = {passage.version_id for passage in waiting}
        wanted |= {move.from_version_id for moves in self.moved.values() for move in moves}
        rows = select(TranscriptVersion).where(TranscriptVersion.id.in_(wanted))
        return {row.id: row for row in self.session.scalars(rows)}

    def _moved(self, passage_ids: Sequence[int]) -> dict[int, list[PassageMove]]:
        """The moves of each passage, the latest first."""
        found: dict[int, list[PassageMove]] = defaultdict(list)
        for some in in_lots(sorted(passage_ids)):
            asked = select(PassageMove).where(PassageMove.passage_id.in_(some))
            for move in self.session.scalars(asked.order_by(PassageMove.id.desc())):
                found[move.passage_id].append(move)
        return found

    def _moves_from(self, version: TranscriptVersion) -> Moves:
        if version.id not in self._moves:
            self._moves[version.id] = Moves(text_of(self.session, version), self.new)
        return self._moves[version.id]


def cut_again(
    session: Session, standing: TranscriptVersion, reading: Reading
) -> list[cutting.Segment]:
    """The segments of a reading; a turn that is said word for word as before is cut as before."""
    known = _cut_before(session, standing)
    spoken = [reading.text[turn.start : turn.end] for turn in reading.turns]
    new = [at for at, speech in enumerate(spoken) if speech not in known]
    found: dict[int, list[cutting.Segment]] = defaultdict(list)
    for one in cutting.segment(reading.text, [reading.turns[at] for at in new]):
        found[new[one.turn]].append(replace(one, turn=new[one.turn]))
    for at, speech in enumerate(spoken):
        start = reading.turns[at].start
        found[at] += [
            cutting.Segment(at, start + begin, start + end, words)
            for begin, end, words in known.get(speech, ())
        ]
    return [one for at in range(len(spoken)) for one in found[at]]


def _cut_before(
    session: Session, standing: TranscriptVersion
) -> dict[str, list[tuple[int, int, int]]]:
    """Speech -> its segments: start and end in it, and how many words they have."""
    rows = session.execute(
        select(Turn.start, Turn.end, Passage.start, Passage.end, Segment.words)
        .join(Segment, Segment.turn_id == Turn.id)
        .join(Passage, Passage.id == Segment.passage_id)
        .where(Turn.version_id == standing.id)
        .order_by(Turn.position, Segment.position)
    )
    cut: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for start, end, begin, stop, words in rows:
        cut[start, end].append((begin - start, stop - start, words))
    return {standing.text[start:end]: pieces for (start, end), pieces in cut.items()}


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
