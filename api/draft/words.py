"""What can be chosen of a file that waits, in the words of its screens."""

from dataclasses import dataclass

from capture.models import AUDIENCES, SCOPES
from capture.people_said import KINDS, LONGEST_FIELD, RECORDS

Options = list[tuple[str, str]]
_SCOPES = {
    "quote with role": "Yes, with their role",
    "quote unattributed": "Yes, without saying who",
    "analysis only": "No, only for analysis",
    "withdrawn": "Withdrawn: not used at all",
}
_RECORDS = {"verbatim": "Verbatim", "notes": "Notes: coded, never quoted"}


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of every choice, each a value and its words."""

    kinds: Options
    records: Options
    scopes: Options
    audiences: Options
    longest: int = LONGEST_FIELD


CHOICES = Choices(
    kinds=[(kind, kind.capitalize()) for kind in KINDS],
    records=[(record, _RECORDS[record]) for record in RECORDS],
    scopes=[(scope, _SCOPES[scope]) for scope in SCOPES],
    audiences=[(audience, audience.capitalize()) for audience in AUDIENCES],
)
