"""The process that readers run in: a file comes in, its reading goes out, and nothing else happens.

`python -m transcripts.child MEMORY SECONDS`, started by `transcripts.apart`. Bytes of memory and
seconds of processor time a file. It knows neither the store nor the settings.
"""

import gc
import json
import os
import sys
from typing import Any, BinaryIO

from transcripts.confinement import allow_processor_time, confine, end_when_closed, held_memory
from transcripts.errors import RefusedFile
from transcripts.framing import BrokenMessage, receive, send
from transcripts.intake import OUT_OF_MEMORY
from transcripts.reading_json import reading_to_json, survey_from_json

NOT_NEEDED = ("numpy", "lxml", "spacy", "torch", "PIL")
"""Never loaded here, though a library of ours may take them in where it finds them."""
ENCODINGS = (
    "ascii", "big5", "cp1250", "cp1251", "cp1252", "cp437", "gb18030", "latin_1", "mac_roman",
    "shift_jis", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_8_sig",
)  # fmt: skip
MOST_REQUEST = 64 * 1024 * 1024
SPENT_SHARE = 0.4
"""A child that still holds this share of its memory after a file is replaced."""


def main() -> None:
    """Answer until standard input closes."""
    memory, seconds = map(int, sys.argv[1:])
    requests, answers = _channels()
    load()
    confine(memory)
    send(answers, b"")
    while True:
        try:
            head, data = receive(requests, most=MOST_REQUEST)
        except BrokenMessage:
            return
        allow_processor_time(seconds)
        end_when_closed(requests.fileno(), wanted=True)
        answer = _answer(json.loads(head), data)
        end_when_closed(requests.fileno(), wanted=False)
        spent = held_memory() > SPENT_SHARE * memory
        send(answers, b"spent" if spent else b"", answer)


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Where files come in and readings go out; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return sys.stdin.buffer, answers


def load() -> None:
    """Import all that readers use, and nothing they don't, before the doors close."""
    for name in NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]
    import transcripts.readers  # noqa: F401

    for encoding in ENCODINGS:
        "".encode(encoding)
    # Nothing loaded here is ever let go of, so the collector needn't look at it again.
    gc.collect()
    gc.freeze()


def _answer(asked: dict[str, Any], data: bytes) -> bytes:
    """The reading as JSON, or the sentence that refuses the file."""
    from transcripts.readers import read  # late, so that what isn't needed is kept out

    survey = None if asked["survey"] is None else survey_from_json(asked["survey"])
    try:
        reading = read(asked["name"], data, survey=survey)
        # The name is known to who asked; it may be one that no text can hold.
        written = {**reading_to_json(reading), "name": ""}
        return json.dumps({"reading": written}, ensure_ascii=False).encode()
    except RefusedFile as refused:
        said = [refused.place, refused.reason, refused.way_out]
    except MemoryError:
        said = ["", *OUT_OF_MEMORY]
    except UnicodeEncodeError:
        said = ["", "there are halves of letters in it, which no text can hold.", "Save it again."]
    return json.dumps({"refused": said}).encode()


if __name__ == "__main__":
    main()
