"""How long reading takes beside the libraries alone, the child process included.

    python -m benchmarks.readers [--data FOLDER] [--runs 15]

Files are made up; for .odt, those of FOLDER are read too. Library and we take turns, both warm:
the child has started and has read a file. A library only has to give its text; we also find turns,
times and speakers, and list what is left out. Beside the time by the clock stands that of the
processor, in both processes, which a busy machine doesn't lengthen (Linux only). Needs the
`benchmark` extra.
"""

import argparse
import io
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import psutil
import webvtt
from docx2python import docx2python
from odf import teletype
from odf.opendocument import load
from odf.text import H, P
from pypdf import PdfReader

from benchmarks.made_files import as_docx, as_odt, as_pdf, as_vtt, talk
from transcripts.apart import read_apart

SIZES = {"short": 1_500, "an hour": 9_000, "long": 40_000}
"""Words in a made-up transcript."""
ALLOWED = 2.0

Times = tuple[float, float]
"""Seconds by the clock, and of the processor."""
Reader = Callable[[bytes], str]


def by_docx2python(data: bytes) -> str:
    with docx2python(io.BytesIO(data)) as document:
        return str(document.text)


def by_python_docx(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def by_odfpy(data: bytes) -> str:
    body = load(io.BytesIO(data)).text
    found = [*body.getElementsByType(H), *body.getElementsByType(P)]
    return "\n".join(teletype.extractText(element) for element in found)


def by_webvtt(data: bytes) -> str:
    captions = webvtt.from_buffer(io.StringIO(data.decode()))
    return "\n".join(f"{caption.voice}: {caption.text}" for caption in captions)


def by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


LIBRARIES: dict[str, dict[str, Reader]] = {
    ".docx": {"docx2python": by_docx2python, "python-docx": by_python_docx},
    ".odt": {"odfpy": by_odfpy},
    ".vtt": {"webvtt-py": by_webvtt},
    ".pdf": {"pypdf": by_pypdf},
}
MAKERS = {".docx": as_docx, ".odt": as_odt, ".vtt": as_vtt, ".pdf": as_pdf}


def main() -> None:
    """Print a table for docs/measurements.md; exit 1 when a reader takes twice as long or more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of .odt transcripts")
    parser.add_argument("--runs", type=int, default=15)
    asked = parser.parse_args()
    files = {
        f"{size}, {words:,} words{suffix}": [make(talk(words))]
        for suffix, make in MAKERS.items()
        for size, words in SIZES.items()
    }
    if asked.data:
        found = [path.read_bytes() for path in sorted(asked.data.glob("*.odt"))]
        files[f"{len(found)} of {asked.data.name}.odt"] = found
    read_apart("first.txt", b"Asha: The first file starts the child.\n")
    print("| file | library | by the clock, ms | ratio | of processor time, ms | ratio |")
    print("|---|---|---|---|---|---|")
    slow = [name for name, data in files.items() if not compare(name, data, asked.runs)]
    if slow:
        raise SystemExit(f"{ALLOWED} times as long or longer: {', '.join(slow)}")


def compare(name: str, data: list[bytes], runs: int) -> bool:
    """Print a row for each library; whether we are under the ratio allowed."""
    title, suffix = Path(name).stem, Path(name).suffix
    well = True
    for library, reader in LIBRARIES[suffix].items():
        theirs: list[Times] = []
        ours: list[Times] = []
        for _ in range(runs + 1):
            theirs.append(timed(reader, data))
            ours.append(timed(partial(read_apart, f"talk{suffix}"), data))
        # The first run warms both up.
        alone, here = middle(theirs[1:]), middle(ours[1:])
        well = well and here[0] < ALLOWED * alone[0]
        figures = " | ".join(
            f"{other * 1000:.1f}, {one * 1000:.1f} | {one / other:.2f}"
            for one, other in zip(here, alone, strict=True)
        )
        print(f"| {suffix}, {title} | {library} | {figures} |", flush=True)
    return well


def middle(times: list[Times]) -> Times:
    by_clock, by_processor = zip(*times, strict=True)
    return statistics.median(by_clock), statistics.median(by_processor)


def timed(reader: Callable[[bytes], object], files: list[bytes]) -> Times:
    begun, worked = time.perf_counter(), processor_time()
    for data in files:
        reader(data)
    return time.perf_counter() - begun, processor_time() - worked


def processor_time() -> float:
    """Seconds that this process and its children have computed, to the microsecond."""
    children = (Path(f"/proc/{child.pid}/schedstat") for child in psutil.Process().children())
    spent = (int(file.read_text().split()[0]) / 1e9 for file in children if file.exists())
    return time.process_time() + sum(spent)


if __name__ == "__main__":
    main()
