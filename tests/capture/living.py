"""The analysed sample study with more said in it: for tests of themes that live through re-runs."""

from sqlalchemy import select

from capture.collecting import Incoming, collect
from capture.models import CandidateMember, CandidateTheme
from capture.runs.joining import ASSIGNING
from capture.runs.noticing import DISCOVERY

LATER = """Interviewer: How has the last half year been?

Practitioner 9: My caseload was too high again, and I could not give families the hours they need.

Practitioner 9: The caseload numbers crept up past the threshold and nobody in the office said no.

Manager 4: The grant ends in March, so the posts are funded only until the agreement is renewed.

Manager 4: We asked the director for the money to keep both posts when the grant funding stops.

Practitioner 9: Mum let me in at the door, and we talked at the kitchen table about school.

Practitioner 9: Her mum said that nobody had come to the house before and just listened to her.

Manager 4: In supervision we talk about the risk that staff are holding, and who holds it with them.

Manager 4: The recording still takes two hours for a visit, and the record is on three systems.

Practitioner 9: On the allotment we grew beans and marrows, and the slugs had most of the lettuces.
"""


def add(bench, study_id, text=LATER, name="later.txt"):
    """Upload a transcript and do what an analysis does with it, up to the map."""
    assert collect(bench.store, study_id, [Incoming(name, text.encode)]).added
    analyse(bench, study_id)


def analyse(bench, study_id):
    """The phases of an analysis that are about themes; gives how many steps each took."""
    steps = []
    for phase in (DISCOVERY, ASSIGNING):
        steps.append(phase.plan(bench, study_id))
        for number in range(steps[-1]):
            phase.work(bench, study_id, number)
    return steps


def themes(store, study_id):
    """Granularity → id of a theme that stands → its passages with their strengths."""
    found = {"coarse": {}, "middle": {}, "fine": {}}
    with store.reading() as session:
        rows = session.execute(
            select(
                CandidateTheme.granularity,
                CandidateTheme.id,
                CandidateMember.passage_id,
                CandidateMember.strength,
            )
            .join(CandidateMember, CandidateMember.candidate_id == CandidateTheme.id)
            .where(
                CandidateTheme.study_id == study_id,
                CandidateTheme.superseded.is_(False),
                CandidateTheme.state != "merged",
            )
        )
        for level, theme_id, passage_id, strength in rows:
            found[level].setdefault(theme_id, {})[passage_id] = strength
    return found


def largest(store, study_id, level="middle"):
    """Ids of the themes of one granularity, largest first."""
    here = themes(store, study_id)[level]
    return sorted(here, key=lambda theme: (-len(here[theme]), theme))
