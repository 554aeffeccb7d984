"""Invented transcripts as files, shaped as Word, LibreOffice, Teams and offices save them.

The sentences are those of the sample study, in an order that a seed decides.
"""

import io
import random
import re
import textwrap
import uuid
import zlib
from collections.abc import Iterator

import docx
from odf.opendocument import OpenDocumentText
from odf.text import P, Span

from transcripts.readers import read
from transcripts.samples import sample_folder

SPEAKERS = ("Asha Verity", "Bo Quillfeather", "Practitioner 3", "Interviewer")
LINES_ON_A_PAGE = 46

Turns = list[tuple[str, list[str]]]


def talk(words: int, seed: int = 7) -> Turns:
    """Turns of about so many words together: a speaker and some sentences each."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    known = list(_sentences())
    turns: Turns = []
    while words > 0:
        said = chance.choices(known, k=chance.randint(1, 6))
        turns.append((chance.choice(SPEAKERS), said))
        words -= sum(len(sentence.split()) for sentence in said)
    return turns


def _sentences() -> Iterator[str]:
    for file in sorted(sample_folder().glob("*.txt")):
        reading = read(file.name, file.read_bytes())
        for turn in reading.turns:
            said = " ".join(reading.text[turn.start : turn.end].split())
            yield from re.split(r"(?<=[.?!])\s+", said)


def as_docx(turns: Turns) -> bytes:
    """A Word document: a paragraph a turn, the name bold, a run a sentence."""
    document = docx.Document()
    document.add_heading("Conversation in Brayfold", 1)
    for speaker, said in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{speaker}: ").bold = True
        for sentence in said:
            paragraph.add_run(f"{sentence} ")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_odt(turns: Turns) -> bytes:
    """An OpenDocument text: a paragraph a turn, a span a sentence."""
    document = OpenDocumentText()
    for speaker, said in turns:
        paragraph = P(text=f"{speaker}: ")
        for sentence in said:
            paragraph.addElement(Span(text=f"{sentence} "))
        document.text.addElement(paragraph)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def as_vtt(turns: Turns) -> bytes:
    """Captions as Teams saves them: a cue a sentence, each with a name of its own."""
    group = uuid.UUID(int=7)
    blocks = ["WEBVTT"]
    sentences = ((speaker, sentence) for speaker, said in turns for sentence in said)
    for at, (speaker, sentence) in enumerate(sentences):
        lines = "\n".join(textwrap.wrap(sentence, 60))
        times = f"{_clock(at * 4)} --> {_clock(at * 4 + 3.5)}"
        blocks.append(f"{group}/{at}-0\n{times}\n<v {speaker}>{lines}</v>")
    return "\n\n".join(blocks).encode()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{rest:06.3f}"


def as_pdf(turns: Turns) -> bytes:
    """A PDF as an office prints it: a head and a number on each page, words placed one by one."""
    lines: list[str] = []
    for speaker, said in turns:
        lines += [*textwrap.wrap(f"{speaker}: {' '.join(said)}", 88), ""]
    pages = [lines[at : at + LINES_ON_A_PAGE] for at in range(0, len(lines), LINES_ON_A_PAGE)]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, page in enumerate(pages):
        shown = ["Conversation in Brayfold", "", *page, "", str(at + 1)]
        stream = zlib.compress(_drawn(shown).encode("cp1252", "replace"))
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        head = f"<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode()
        bodies.append(head + stream + b"\nendstream")
    return _pdf_of(bodies)


def _drawn(lines: list[str]) -> str:
    """Operators that draw the lines, one below the other."""
    drawn = []
    for line in lines:
        words = re.sub(r"([\\()])", r"\\\1", line).split()
        pieces = " -12 ".join(f"({word} )" for word in words)
        drawn.append(f"[{pieces}] TJ 0 -15 Td")
    return "BT /F1 10 Tf 50 790 Td\n" + "\n".join(drawn) + "\nET"


def _pdf_of(bodies: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()
