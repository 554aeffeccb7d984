"""Where a speaker's label stands in the study already: "Practitioner 1" of another group.

Two of one label are two people, until someone maps both to one participant.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Appearance, Participant, Transcript
from transcripts.manifest_entries import same_name


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One appearance of the same label in another transcript of the study."""

    transcript_id: int
    transcript: str
    label: str
    participant: str | None
    """The pseudonym it was mapped to, if it was."""
    role: str | None


def labels_elsewhere(
    session: Session, study_id: int, labels: Sequence[str], *, but: int | None = None
) -> Mapping[str, tuple[Elsewhere, ...]]:
    """For each label that the study knows: who is called so, by transcript, `but` one of them."""
    wanted = {same_name(label): label for label in labels if label}
    found: defaultdict[str, list[Elsewhere]] = defaultdict(list)
    rows = session.execute(
        select(Appearance, Transcript.id, Transcript.name, Participant.pseudonym)
        .join(Transcript, Transcript.id == Appearance.transcript_id)
        .outerjoin(Participant, Participant.id == Appearance.participant_id)
        .where(
            Transcript.study_id == study_id,
            Transcript.kind != "survey",
            Transcript.id.is_distinct_from(but),
            Appearance.facilitator.is_(False),
        )
        .order_by(Transcript.name, Transcript.id, Appearance.id)
    )
    for who, transcript_id, name, pseudonym in rows:
        for label in {wanted.get(same_name(called)) for called in (who.label, *who.also_called)}:
            if label is not None:
                found[label].append(Elsewhere(transcript_id, name, who.label, pseudonym, who.role))
    return {label: tuple(there) for label, there in found.items()}
