"""Messages over a pipe: each is a few parts of bytes, every part's length said before the first."""

import struct
from typing import BinaryIO

_LENGTHS = struct.Struct("!II")


class BrokenMessage(Exception):
    """The other side is gone, or sends what no message of ours is."""


def send(stream: BinaryIO, head: bytes, body: bytes = b"") -> None:
    """Write one message; raises OSError when nobody is there to read it."""
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, *, most: int) -> tuple[bytes, bytes]:
    """Read one message of at most `most` bytes; raises BrokenMessage."""
    head, body = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head + body > most:
        raise BrokenMessage
    return _exactly(stream, head), _exactly(stream, body)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    found = stream.read(length) if length else b""
    if len(found) < length:
        raise BrokenMessage
    return found
