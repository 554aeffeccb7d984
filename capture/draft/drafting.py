"""From files to drafts, and from drafts into the study: one file, one transaction; a bad file costs
only itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from capture.collecting import Incoming, expanded
from capture.draft.accepting import accept
from capture.draft.ahead import look_ahead
from capture.draft.drafts import Drafted, add_draft, find_draft, known_already, said_of, say
from capture.draft.look import DraftRow, drafts_of
from capture.draft.said import DraftSaid
from capture.ingest import Ingested
from capture.store import Store
from transcripts.apart import read_apart
from transcripts.errors import GreenshootsError
from transcripts.manifest import FileEntry, Manifest
from transcripts.readers import check


@dataclass
class DraftedFiles:
    """What came of files: new drafts, those there was nothing new in, and those refused."""

    drafted: list[Drafted] = field(default_factory=list)
    already: list[Drafted] = field(default_factory=list)
    refused: list[GreenshootsError] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Files that were passed over, and why."""


@dataclass
class TakenIn:
    """What came of taking in all drafts that nothing keeps back."""

    added: list[Ingested] = field(default_factory=list)
    refused: list[GreenshootsError] = field(default_factory=list)
    waiting: int = 0


def draft_files(
    store: Store,
    study_id: int,
    files: Iterable[Incoming],
    *,
    manifest: Manifest | None = None,
    unsaid: FileEntry | None = None,
    uploaded_by: int | None = None,
    ner_model: str | None = None,
) -> DraftedFiles:
    """Read files and what is in zips into drafts, one by one.

    `unsaid` speaks for files that neither the manifest nor one in their zip says anything about;
    `ner_model` names a model that finds names, if one is installed.
    """
    opened = expanded(files)
    outcome = DraftedFiles(refused=opened.refused, skipped=opened.skipped)
    for file in opened.files:
        said = (one.rows_for(file.name) for one in (manifest, file.manifest) if one)
        entry = next(filter(None, said), unsaid)
        try:
            drafted = _draft(store, study_id, file, entry, uploaded_by, ner_model)
        except GreenshootsError as error:
            outcome.refused.append(error)
        else:
            (outcome.already if drafted.told else outcome.drafted).append(drafted)
    return outcome


def ready(row: DraftRow) -> bool:
    """Whether nothing of a draft waits for a person's decision."""
    return not row.undecided and row.likely_corrects is None and not row.went_on


def take_in_ready(
    store: Store,
    study_id: int,
    default: Callable[[DraftSaid], DraftSaid],
    *,
    made_by: int | None = None,
) -> TakenIn:
    """Accept every draft that is `ready`, once `default` has been said of it; of one that corrects
    a transcript, that says already what is known."""
    outcome = TakenIn()
    with store.reading() as session:
        rows = drafts_of(session, study_id)
    for row in filter(ready, rows):
        try:
            with store.writing() as session:
                draft = find_draft(session, study_id, row.draft_id)
                if draft.corrects_id is None:
                    say(session, draft, default(said_of(draft)))
                outcome.added.append(accept(session, study_id, row.draft_id, made_by=made_by))
        except GreenshootsError as error:
            outcome.refused.append(error)
    outcome.waiting = len(rows) - len(outcome.added)
    return outcome


def _draft(
    store: Store,
    study_id: int,
    file: Incoming,
    entry: FileEntry | None,
    uploaded_by: int | None,
    ner_model: str | None,
) -> Drafted:
    name, data = file.name, file.load()
    # A file that belies its name is refused, whether or not its words wait here by another.
    check(name, data)
    with store.reading() as session:
        known = known_already(session, study_id, name, data)
    if known is not None:
        return known
    reading = read_apart(name, data, survey=entry.survey if entry else None)
    # Looking for names may take seconds: nobody waits for the store meanwhile.
    with store.reading() as session:
        ahead = look_ahead(session, study_id, name, reading, entry=entry, ner_model=ner_model)
    with store.writing() as session:
        return add_draft(
            session,
            study_id,
            name,
            data,
            reading,
            entry=entry,
            uploaded_by=uploaded_by,
            ahead=ahead,
        )
