"""A text corrected while an analysis goes on: nothing fails, nothing old is shown."""

from random import Random

from sqlalchemy import select

from capture.corrections.correcting import correct
from capture.corrections.taking_out import places_of, replace_words
from capture.ingest import ingest
from capture.jobs import Bench
from capture.models import CandidateMember, CandidateTheme, Passage, Transcript
from capture.runs.noticing import discover_themes, plan_discovery
from capture.transcript_view import standing_version
from codebook.beginnings import begin
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
    assert plan_discovery(bench, study_id) == 0, "and it was looked for in the corrected text"


TOPICS = (
    ("zebrafish money", "budget cuts", "funding for posts", "the grant and the zebrafish"),
    ("a training course", "learning skills", "supervision and coaching", "what the trainer taught"),
    ("caseload numbers", "too many families", "a heavy workload", "twelve families each"),
    ("school liaison", "teachers who rang", "the headteacher", "pupils at school"),
)


def talk(chance: Random) -> str:
    """24 answers, each on one of four subjects."""
    said = []
    for number in range(24):
        topic = chance.choice(TOPICS)
        one, two, three = (chance.choice(topic) for _ in range(3))
        why = "because of the zebrafish grant" if topic is TOPICS[0] else "as we said"
        said.append(f"P{number % 3}: What mattered was {one}, then {two} with {three}, {why}.")
    return "\n\n".join(said)


def test_words_taken_out_while_themes_are_looked_for_come_back_in_no_label(
    store, settings, embedder
):
    bench = Bench(store, settings)
    bench._embedder.append(embedder)
    chance = Random(1)  # noqa: S311 - the same every time
    with store.writing() as session:
        study_id = begin(session, "A study").id
        ids = [
            ingest(session, study_id, read(f"t{n}.txt", talk(chance).encode()), key=f"{n}")
            for n in range(4)
        ]

    def forget_the_zebrafish(*_: int) -> None:
        with store.writing() as session:
            for one in ids:
                transcript = session.get_one(Transcript, one.transcript_id)
                places = [place.span for place in places_of(session, transcript, "zebrafish")]
                if places:
                    replace_words(
                        session, transcript, "zebrafish", "[thing A]", "name",
                        spans=places, version=transcript.version, made_by=None,
                    )  # fmt: skip

    bench.report = forget_the_zebrafish
    discover_themes(bench, study_id, 0)
    with store.reading() as session:
        told = session.execute(select(CandidateTheme.label, CandidateTheme.keyphrases)).all()
        assert told
        assert "zebrafish" not in str(told).casefold()
