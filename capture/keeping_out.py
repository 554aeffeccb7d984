"""Which segments take no part in what the machine does, and why."""

import re
from typing import Final

from transcripts.replacing import OFF_THE_RECORD_MARK
from transcripts.segments import is_back_channel

FACILITATOR: Final = "facilitator"
BACK_CHANNEL: Final = "back-channel"
WITHDRAWN: Final = "withdrawn"
NEAR_DUPLICATE: Final = "near-duplicate"
OFF_RECORD: Final = "off the record"

NEVER_LOOKED_AT: Final = frozenset({FACILITATOR, BACK_CHANNEL, WITHDRAWN, OFF_RECORD})
"""Neither themes nor suggestions come from these; a near-duplicate only stays out of fitting."""

_ONLY_MARKS = re.compile(r"[^\w\[\]]*(?:\[[^\[\]]*\][^\w\[\]]*)+")


def kept_out(text: str, *, facilitator: bool, scope: str) -> str | None:
    """Why a speaker's segment is kept out, or None. Who withdrew is kept out before all else."""
    if scope == WITHDRAWN:
        return WITHDRAWN
    if facilitator:
        return FACILITATOR
    if _ONLY_MARKS.fullmatch(text):
        return OFF_RECORD if OFF_THE_RECORD_MARK in text else BACK_CHANNEL
    return BACK_CHANNEL if is_back_channel(text) else None
