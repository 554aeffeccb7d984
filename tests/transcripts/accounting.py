"""What must hold of every file in every format: read whole, or refused with a foreseen reason."""

from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read
from transcripts.turns import Reading


def check_accounts(name: str, data: bytes) -> Reading | None:
    """The reading of a file, every word of it in one place; None where it is refused."""
    try:
        reading = read(name, data)
    except RefusedFile as refused:
        if "did not foresee" in refused.reason:
            raise
        return None
    stored, accounted = words_accounted(reading)
    assert stored == accounted
    ends = [0]
    for turn in reading.turns:
        assert ends[-1] <= turn.start < turn.end <= len(reading.text)
        ends.append(turn.end)
    return reading


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, reading.text[turn.start : turn.end]) for turn in reading.turns]
