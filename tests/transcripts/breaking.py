"""Files within every limit of intake that really take too much of something to be read."""

import io
import random
import zipfile
from functools import cache


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
