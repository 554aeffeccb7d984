"""Looking at files without storing them: what each would become, and whether it can be taken."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from capture.appearances import check_all_speak, check_scopes
from capture.draft.clearing import check_one_person
from capture.draft.finding import names_proposed, propose, with_finds
from capture.draft.look import DraftLook, looked
from capture.draft.said import DraftSaid, said_in
from capture.ingest import Ingested, already_there
from capture.names.pseudonyms import Parts
from transcripts.manifest import FileEntry
from transcripts.redaction import NAMES
from transcripts.turns import Kind, Reading

POSSIBLE_NAME = "possible name"


@dataclass(frozen=True, slots=True)
class Checked:
    """One file as it would be stored; `there` is the transcript that has its content already."""

    name: str
    key: str
    look: DraftLook
    there: Ingested | None


@dataclass
class Checks:
    """Files looked at together, so that one name gets the same brackets in all of them."""

    study_id: int
    ner_model: str | None = None
    names: dict[Parts, str] = field(default_factory=dict)

    def check(
        self,
        session: Session,
        name: str,
        key: str,
        reading: Reading,
        *,
        entry: FileEntry | None = None,
        kind: Kind | None = None,
    ) -> Checked:
        """What a file that was read would become. Raises what storing it would raise."""
        entry = entry or FileEntry()
        check_all_speak(reading, entry)
        said = said_in(entry if kind is None else replace(entry, kind=kind), reading)
        check_one_person(said.entry())
        check_scopes(reading)
        proposals = propose(session, self.study_id, reading, self.ner_model, elsewhere=self.names)
        self.names = {**names_proposed(proposals, reading), **self.names}
        look = looked(session, self.study_id, name, reading, with_finds(said, reading, proposals))
        return Checked(name, key, look, already_there(session, self.study_id, key))


def undecided(said: DraftSaid) -> Counter[str]:
    """How many finds of each kind nobody decided; all kinds of names count as one."""
    return Counter(
        POSSIBLE_NAME if one.kind in NAMES else one.kind
        for one in said.finds
        if one.accepted is None
    )


def counted(found: Mapping[str, int]) -> str:
    """Numbers of finds in words: "3 phone numbers and possible names in 12 places"."""
    parts = [_places(kind, count) for kind, count in found.items() if count]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _places(kind: str, count: int) -> str:
    """One name may stand in many places, and it is places that are counted."""
    if kind == POSSIBLE_NAME and count > 1:
        return f"possible names in {count:,} places"
    return f"{count:,} {_noun(kind, count)}"


def _noun(kind: str, count: int) -> str:
    if count == 1:
        return kind
    if kind.startswith("date "):
        return kind.replace("date", "dates", 1)
    return f"{kind}es" if kind.endswith("address") else f"{kind}s"
