"""What becomes of every word of a file that waits, as it was decided so far."""

from collections.abc import Iterable
from dataclasses import dataclass

from capture.draft.said import DraftSaid, Span
from transcripts.accounts import words_accounted
from transcripts.turns import Reading, count_words


@dataclass(frozen=True, slots=True)
class Account:
    """Words of the file: said + beside + kept + off_record + left_out + unaccounted = in_file."""

    in_file: int
    said: int
    """What speakers say, off the record aside; replaced words are among them."""
    replaced: int
    """Words of the text, in turns or not, that brackets will stand for."""
    beside: int
    """Labels, times and questions."""
    kept: int
    """Words that no one says, such as headings, and that stay in the text."""
    off_record: int
    """Words in turns that are cut out before anything is stored."""
    left_out: int
    unaccounted: int

    @property
    def stored(self) -> int:
        """Words that will be stored, or brackets in their place."""
        return self.said + self.beside + self.kept


def account_of(reading: Reading, said: DraftSaid) -> Account:
    """The words of a reading, told apart by what becomes of them."""
    in_text, accounted = words_accounted(reading)
    kept = sum(item.words for item in reading.left_out if item.stored)
    left = sum(item.words for item in reading.left_out if not item.stored)
    turns = [(turn.start, turn.end) for turn in reading.turns]
    spoken = sum(count_words(reading.text[start:end]) for start, end in turns)
    on_record = sum(words_on_record(reading.text, one, said.off_record) for one in turns)
    going = (one for one in said.finds if one.accepted)
    return Account(
        in_file=in_text + left,
        said=on_record,
        replaced=sum(count_words(reading.text[one.start : one.end]) for one in going),
        beside=accounted - kept - spoken,
        kept=kept,
        off_record=spoken - on_record,
        left_out=left,
        unaccounted=in_text - accounted,
    )


def words_on_record(text: str, span: Span, off: Iterable[Span]) -> int:
    """How many words of a span stay when what is off the record is cut out."""
    return sum(count_words(part) for part in on_record(text, span, off))


def on_record(text: str, span: Span, off: Iterable[Span]) -> list[str]:
    """A span of the text without what is off the record: the pieces that are left, in order."""
    at, last = span
    pieces = []
    for start, end in sorted(off):
        if start < last and end > at:
            pieces.append(text[at : max(at, start)])
            at = end
    pieces.append(text[at:last])
    return [piece for piece in pieces if piece.strip()]
