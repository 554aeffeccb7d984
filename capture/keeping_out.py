"""Which segments take no part in what the machine does, and why."""

from typing import Final

from transcripts.segments import is_back_channel

FACILITATOR: Final = "facilitator"
BACK_CHANNEL: Final = "back-channel"
WITHDRAWN: Final = "withdrawn"
NEAR_DUPLICATE: Final = "near-duplicate"

NEVER_LOOKED_AT: Final = frozenset({FACILITATOR, BACK_CHANNEL, WITHDRAWN})
"""Neither themes nor suggestions come from these; a near-duplicate only stays out of fitting."""


def kept_out(text: str, *, facilitator: bool, scope: str) -> str | None:
    """Why a speaker's segment is kept out, or None. Who withdrew is kept out before all else."""
    if scope == WITHDRAWN:
        return WITHDRAWN
    if facilitator:
        return FACILITATOR
    return BACK_CHANNEL if is_back_channel(text) else None
