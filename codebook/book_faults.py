"""What can be wrong with a codebook, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from transcripts.errors import GreenshootsError

FAULTS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the place in the file ("line 4"; may be empty) and what is wrong there."""

    place: str
    reason: str


class RefusedCodebook(GreenshootsError):
    """A codebook file that was refused whole; `faults` has every fault that was found."""

    status: ClassVar[int] = 422

    def __init__(self, name: str, faults: Sequence[Fault], way_out: str) -> None:
        self.name = name
        self.faults = tuple(faults)
        told = [_sentence(name, fault) for fault in self.faults[:FAULTS_SHOWN]]
        if (more := len(self.faults) - FAULTS_SHOWN) > 0:
            told.append(f"{more} more fault{'s' if more > 1 else ''} in this file.")
        super().__init__("\n".join(told), way_out=way_out)


def refuse(name: str, place: str, reason: str, way_out: str) -> RefusedCodebook:
    """A refusal for a single fault, to be raised by the caller."""
    return RefusedCodebook(name, [Fault(place, reason)], way_out)


def _sentence(name: str, fault: Fault) -> str:
    return f"{name}, {fault.place}: {fault.reason}" if fault.place else f"{name}: {fault.reason}"
