"""Stretches off the record: found by two times, or by the words they begin and end with.

Such a stretch is cut out of every turn it touches, so that speakers and times stay where they are.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffRecord:
    """A stretch as a manifest writes it: "00:12:31-00:14:02", or "first words … last words".

    `manifest` and `place` say where it was written, for what has to be refused.
    """

    written: str
    manifest: str = ""
    place: str = ""
