"""How much of what identifies people is found in the hand-made lines, and how fast.

    python -m benchmarks.redaction [--faults] [--text FILE]

Prints the table of docs/names.md. `--faults` lists what was missed and what was wrong; `--text`
times a text of one's own.
"""

import argparse
import time
from pathlib import Path

from tests.transcripts.redaction_lines import HALVES, Count, Score, lines, score
from transcripts import samples
from transcripts.redaction import find
from transcripts.turns import count_words

WORDS = 100_000


def main() -> None:
    """Score every part, then all of them; then time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true", help="list what went wrong")
    parser.add_argument("--text", type=Path, help="a text file to time")
    asked = parser.parse_args()
    result = score(line for half in HALVES for line in lines(half))
    by_kind(result)
    by_part()
    if asked.faults:
        print("\n".join(result.faults))
    speed(asked.text)


def by_kind(result: Score) -> None:
    """Recall and precision by kind, written and spoken."""
    print("| kind | written | recall | precision | spoken | recall | precision |")
    print("|---|---|---|---|---|---|---|")
    for kind in sorted({kind for how, kind in result.by_kind if how != "names"}):
        both = [result.count(how, kind) for how in ("written", "spoken")]
        print(f"| {kind} | " + " | ".join(map(cells, both)) + " |")
    for how in ("written", "spoken", "names"):
        print(f"| all {how} | {cells(result.total(how))} |")


def by_part() -> None:
    """The same for each part of the lines."""
    for half in HALVES:
        part = score(lines(half))
        said = "; ".join(
            f"{how}: {cells(part.total(how))}" for how in ("written", "spoken", "names")
        )
        print(f"{half}, {len(lines(half))} lines: {said}")


def cells(count: Count) -> str:
    """How many were to be found, recall, precision."""
    return f"{count.there} | {count.recall:.3f} | {count.precision:.3f}"


def speed(file: Path | None) -> None:
    """Seconds for a hundred thousand words of the samples, or of the file."""
    if file is not None:
        text = file.read_text("utf-8")
    else:
        talks = sorted(samples.sample_folder().glob("*.txt"))
        text = "\n".join(talk.read_text("utf-8") for talk in talks)
        text *= WORDS // count_words(text) + 1
    began = time.perf_counter()
    finds = find(text)
    took = time.perf_counter() - began
    print(f"{count_words(text):,} words: {took:.1f} s, {len(finds):,} finds")


if __name__ == "__main__":
    main()
