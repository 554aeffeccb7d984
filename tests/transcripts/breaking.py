"""Files within every limit of intake that take too much of something, and processes that end."""

import io
import random
import time
import zipfile
from functools import cache
from pathlib import Path


@cache
def memory_eater() -> bytes:
    """A Word document of five megabytes whose tree takes gigabytes."""
    body = b"<w:document xmlns:w='w'>" + b"<w/>" * 45_000_000 + b"</w:document>"
    noise = random.Random(1).randbytes(4_700_000)  # noqa: S311 - no secret
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("word/document.xml", body)
        package.writestr("word/media/picture.png", noise)
    return buffer.getvalue()


def long_talk(megabytes: int) -> bytes:
    """Text of about so many megabytes; eight take seconds to read."""
    line = b"Speaker %d: and so we went on.\n"
    return b"".join(line % (at % 7) for at in range(30_000 * megabytes))


def gone(pid: int, seconds: float = 5) -> bool:
    """Whether a process ends within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False
