"""A text corrected while an analysis goes on: nothing fails, nothing old is shown."""

from sqlalchemy import select

from capture.correcting import correct
from capture.ingest import ingest
from capture.jobs import Bench
from capture.models import CandidateMember, Passage, Transcript
from capture.noticing import discover_themes, plan_discovery
from capture.transcript_view import standing_version
from codebook.candidate_view import members_page
from tests.builders import build_study
from transcripts.readers import read


def test_a_text_may_be_corrected_while_themes_are_looked_for(
    store, settings, embedder, sample_folder
):
    bench = Bench(store, settings)
    bench._embedder.append(embedder)
    file = sample_folder / "focus-group-01-ostlemere-practitioners.txt"
    said = (
        "Practitioner 1: My caseload went down and I had an hour with every family, each week.\n\n"
    )
    text = file.read_text("utf-8")
    with store.writing() as session:
        study_id = build_study(session).study_id
        reading = read(file.name, (said + text + "\n\n" + said).encode())
        transcript_id = ingest(session, study_id, reading, key="twice").transcript_id

    def mend(*_: int) -> None:
        with store.writing() as session:
            transcript = session.get_one(Transcript, transcript_id)
            if transcript.version == 1:
                correct(session, transcript, read(file.name, text.encode()), made_by=None)

    bench.report = mend
    discover_themes(bench, study_id, 0)
    with store.reading() as session:
        transcript = session.get_one(Transcript, transcript_id)
        standing = standing_version(session, transcript).id
        stand = set(session.scalars(select(Passage.id).where(Passage.version_id == standing)))
        found = set(session.scalars(select(CandidateMember.candidate_id)))
        shown = [one for key in found for one in members_page(session, key, size=500)]
        mine = [one for one in shown if one.transcript_id == transcript_id]
        assert mine
        assert {one.passage_id for one in mine} <= stand
    assert plan_discovery(bench, study_id) == 1, "and the next analysis looks again"
