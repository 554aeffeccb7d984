"""Random corrections of coded transcripts: where every coding goes, and how long it takes.

    python -m benchmarks.correcting                 a thousand corrections of invented transcripts
    python -m benchmarks.correcting --data FOLDER   corrections of transcripts of your own

Each word carries a number, so that after a correction it is known where it went; see
`tests/mending.py`. Nothing of FOLDER is kept.
"""

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sqlalchemy import select

from capture.corrections.correcting import correct
from capture.ingest import ingest
from capture.models import Passage, Transcript
from capture.settings import Settings
from capture.store import open_store
from tests.builders import build_study
from tests.capture.corrections import Tally, corrected_at_random
from tests.mending import MENDS, Mend, Said, Talk, Word, passages, written
from transcripts.anchoring import Anchoring
from transcripts.folders import READABLE
from transcripts.readers import read
from transcripts.spoken_words import Spoken
from transcripts.turns import Reading

TRANSCRIPTS = 250
WORDS_AN_EDIT = 150
"""One correction for so many words: a transcript that was heard through once more."""
PASSAGES = 60


def main() -> None:
    """Run it and print what belongs into docs/measurements.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of transcripts")
    folder = parser.parse_args().data
    if folder is None:
        thousand()
    else:
        talks = list(talks_in(folder))
        print(f"{len(talks)} transcripts, {sum(map(words_of, talks)):,} words")
        for mend in MENDS:
            kind(talks, mend.__name__, (mend,))
        kind(talks, "everything at once", MENDS)
        largest(talks)


def thousand() -> None:
    """A thousand corrections, each checked row by row; ends with an error when a coding is lost."""
    tally, begun = Tally(), time.process_time()
    with tempfile.TemporaryDirectory() as made:
        store = open_store(Settings(data=Path(made)))
        with store.writing() as session:
            built = build_study(session)
            for seed in range(TRANSCRIPTS):
                corrected_at_random(session, built, seed, tally, turns=24)
        store.close()
    share = 100 * tally.stand / tally.passages
    print(f"{tally.corrections:,} corrections, {tally.passages:,} codings looked at: {share:.1f} %")
    print(f"stand on their own words, {100 - share:.1f} % are listed, none is lost.")
    print(f"Back to the first text, {tally.came_back:,} of {tally.came_back:,} stand again.")
    print(f"{time.process_time() - begun:.0f} s of processor time, checks included.")


def kind(talks: list[Talk], name: str, mends: tuple[Mend, ...]) -> None:
    """Correct every transcript in one way; print where the codings went."""
    random, went = Random(1), Counter[str]()  # noqa: S311 - the same every time
    for talk in talks:
        mended = talk.copy()
        for _ in range(max(1, words_of(talk) // WORDS_AN_EDIT)):
            random.choice(mends)(mended, random)
        old, new = written(talk), written(mended)
        texts = Anchoring(spoken(old.reading), spoken(new.reading))
        places = {number: at for at, number in enumerate(new.order)}
        for numbers in passages(talk, random, PASSAGES):
            anchor = texts.anchor(old.places[numbers[0]][0], old.places[numbers[-1]][1])
            went["all"] += 1
            went["untouched"] += untouched(places, numbers)
            went["same" if anchor and anchor.same else "proposed" if anchor else "nowhere"] += 1
    parts = (f"{100 * went[one] / went['all']:5.1f} %" for one in ("untouched", "same"))
    left = (f"{100 * went[one] / went['all']:5.1f} %" for one in ("proposed", "nowhere"))
    print(f"| {name.replace('_', ' ')} | {' | '.join(parts)} | {' | '.join(left)} |")


def untouched(places: dict[int, int], numbers: tuple[int, ...]) -> bool:
    """Whether the words of a passage stand in a row still."""
    at = [places.get(number, -1) for number in numbers]
    return at[0] >= 0 and at == list(range(at[0], at[0] + len(numbers)))


def largest(talks: list[Talk]) -> None:
    """All transcripts as one, every segment judged: the seconds one correction takes."""
    whole = Talk([said for talk in talks for said in talk.copy().turns])
    with tempfile.TemporaryDirectory() as made:
        store = open_store(Settings(data=Path(made)))
        with store.writing() as session:
            built = build_study(session)
            took = ingest(session, built.study_id, written(whole).reading, key="whole")
            transcript = session.get_one(Transcript, took.transcript_id)
            for one in session.scalars(select(Passage).where(Passage.origin == "machine")):
                one.origin = "import"  # as if people had marked every one of them
        random, taken = Random(2), []  # noqa: S311 - the same every time
        for _ in range(3):
            for _ in range(10):
                random.choice(MENDS)(whole, random)
            with store.writing() as session:
                transcript = session.get_one(Transcript, transcript.id)
                reading = written(whole).reading
                begun = time.process_time()
                done = correct(session, transcript, reading, made_by=None)
                taken.append(time.process_time() - begun)
        store.close()
    print(f"one transcript of {words_of(whole):,} words, {done.moved + done.needs_look:,} codings:")
    print(f"a correction takes {statistics.median(taken):.1f} s of processor time")


def talks_in(folder: Path) -> Iterator[Talk]:
    """Every transcript of a folder that can be read, as turns of numbered words."""
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in READABLE:
            talk = talk_of(read(file.name, file.read_bytes()))
            if talk.turns:
                yield talk


def talk_of(reading: Reading) -> Talk:
    """A reading as a talk."""
    talk = Talk([])
    for turn in reading.turns:
        words: list[Word] = talk.words(reading.text[turn.start : turn.end])
        if words:
            talk.turns.append(Said(turn.speaker or "Unnamed", words))
    return talk


def spoken(reading: Reading) -> Spoken:
    """A reading's text with its turns."""
    return Spoken(reading.text, [(turn.start, turn.end) for turn in reading.turns])


def words_of(talk: Talk) -> int:
    """How many words a talk has."""
    return sum(len(said.words) for said in talk.turns)


if __name__ == "__main__":
    main()
