"""Themes over time: what is new finds its place, another look keeps what is the same."""

import pytest
from sqlalchemy import func, select

from capture.errors import Conflict
from capture.jobs import Bench
from capture.models import (
    CandidateMember,
    CandidateOffer,
    CandidateTheme,
    Discovery,
    Passage,
    Segment,
    Study,
    ThemeChange,
    Transcript,
    TranscriptVersion,
    User,
)
from capture.runs.discoveries import latest
from capture.runs.looking_again import APPLY, PREVIEW, ask_to_look, outlook
from capture.runs.noticing import discover_themes
from capture.runs.rows import label_from
from capture.runs.undoing import undo_run
from capture.settings import Settings
from capture.store import open_store
from capture.theming.found import FoundTheme
from codebook import candidates
from codebook.bookshelf import shelf
from tests.capture.living import LATER, add, analyse, largest, themes


@pytest.fixture
def bench(analysed_copy, embedder):
    settings = Settings(data=analysed_copy)
    store = open_store(settings)
    made = Bench(store, settings)
    made._embedder.append(embedder)
    yield made
    store.close()


@pytest.fixture
def study_id(bench):
    with bench.store.reading() as session:
        return session.scalars(select(Study.id)).one()


@pytest.fixture
def user_id(bench):
    with bench.store.writing() as session:
        user = User(email="coder@example.org", name="Coder")
        session.add(user)
        session.flush()
        return user.id


def look(bench, study_id, what=APPLY):
    with bench.store.writing() as session:
        ask_to_look(session, study_id, what)
    assert analyse(bench, study_id)[0] == 1


def standing(store):
    """All that a run may change of the themes, as plain rows."""
    with store.reading() as session:
        rows = session.execute(
            select(
                CandidateTheme.id,
                CandidateTheme.discovery_id,
                CandidateTheme.position,
                CandidateTheme.label,
                CandidateTheme.name,
                CandidateTheme.state,
                CandidateTheme.found_in,
                CandidateTheme.participants,
                CandidateTheme.transcripts,
                CandidateTheme.single_source,
            )
            .where(CandidateTheme.superseded.is_(False))
            .order_by(CandidateTheme.id)
        ).all()
        members = session.execute(
            select(
                CandidateMember.candidate_id,
                CandidateMember.passage_id,
                CandidateMember.strength,
                CandidateMember.exemplar,
                CandidateMember.at_edge,
            )
            .where(CandidateMember.candidate_id.in_([row.id for row in rows]))
            .order_by(CandidateMember.candidate_id, CandidateMember.passage_id)
        ).all()
        offers = session.execute(
            select(CandidateOffer.candidate_id, CandidateOffer.passage_id).order_by(
                CandidateOffer.candidate_id, CandidateOffer.passage_id
            )
        ).all()
        seen = session.execute(
            select(Segment.passage_id, Segment.seen_in, Segment.came_later).order_by(
                Segment.passage_id
            )
        ).all()
    return [list(map(tuple, one)) for one in (rows, members, offers, seen)]


def share(a, b):
    return len(a.keys() & b.keys()) / len(a)


def alike(a, b):
    return len(a.keys() & b.keys()) / len(a.keys() | b.keys())


def test_a_new_transcript_joins_the_themes_there_are(bench, study_id):
    before = themes(bench.store, study_id)
    with bench.store.reading() as session:
        runs = session.scalar(select(func.count(Discovery.id)))
    add(bench, study_id)
    after = themes(bench.store, study_id)
    for level in before:
        assert after[level].keys() == before[level].keys()
        joined = 0
        for theme, members in before[level].items():
            assert after[level][theme].items() >= members.items()
            joined += len(after[level][theme]) - len(members)
        assert joined >= 5
    with bench.store.reading() as session:
        assert session.scalar(select(func.count(Discovery.id))) == runs
        told = outlook(session, latest(session, study_id))
    assert told.later == 9
    assert told.near_none <= 3
    assert told.sentence.startswith("9 new segments since these themes were found; ")
    assert analyse(bench, study_id) == [0, 0]


def test_what_is_said_again_joins_where_it_was_said_first_and_is_marked(bench, study_id):
    add(bench, study_id)
    again = LATER.replace("Practitioner 9", "Practitioner 3").replace("slugs", "snails")
    add(bench, study_id, again, "again.txt")
    with bench.store.reading() as session:
        rows = session.execute(
            select(Segment.passage_id, Segment.kept_out).where(Segment.came_later)
        ).all()
    copies = {passage for passage, reason in rows if reason == "near-duplicate"}
    assert len(rows) == 18
    assert len(copies) >= 8
    joined = {
        passage for held in themes(bench.store, study_id)["middle"].values() for passage in held
    }
    assert len(copies & joined) >= 6


def test_what_an_interviewer_reads_out_is_in_no_theme_and_hides_nobody(bench, study_id):
    said = [line.partition(": ")[2] for line in LATER.splitlines() if line[:4] in ("Prac", "Mana")]
    echoes = [f"Interviewer: {one}\n\nPractitioner 9: {one}" for one in said]
    add(bench, study_id, "\n\n".join(echoes), "echoes.txt")
    for _ in ("as they join", "as all is looked at again"):
        kept_out, themed = told_of(bench.store, study_id, "echoes.txt")
        read_out = {passage for passage, why in kept_out.items() if why == "facilitator"}
        assert len(read_out) == len(said)
        assert not themed & read_out
        assert len(themed) >= 6
        assert set(kept_out.values()) == {"facilitator", None}
        look(bench, study_id)


def told_of(store, study_id, name):
    """Why each segment of a file is kept out, and which of them are in a theme."""
    with store.reading() as session:
        rows = session.execute(
            select(Segment.passage_id, Segment.kept_out)
            .join(Passage, Passage.id == Segment.passage_id)
            .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
            .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
            .where(Transcript.file_name == name)
        ).all()
    kept_out = dict(rows)
    held = [theme for level in themes(store, study_id).values() for theme in level.values()]
    return kept_out, {passage for passage in kept_out if any(passage in theme for theme in held)}


def test_what_joins_a_fine_theme_joins_the_coarser_ones_that_hold_it(bench, study_id):
    with bench.store.reading() as session:
        old = set(session.scalars(select(Segment.passage_id)))
    add(bench, study_id)
    found = themes(bench.store, study_id)
    new = {level: set().union(*here.values()) - old for level, here in found.items()}
    assert new["fine"]
    assert new["fine"] == new["middle"] == new["coarse"]


def test_another_look_at_the_same_changes_nothing(bench, study_id):
    before = standing(bench.store)
    look(bench, study_id)
    after = standing(bench.store)
    assert [(row[0], row[2:]) for row in after[0]] == [(row[0], row[2:]) for row in before[0]]
    assert after[1:3] == before[1:3]
    with bench.store.reading() as session:
        assert set(session.scalars(select(ThemeChange.what))) == {"kept"}


def test_another_look_keeps_the_ids_of_what_it_finds_again(bench, study_id):
    before = themes(bench.store, study_id)
    add(bench, study_id)
    look(bench, study_id)
    after = themes(bench.store, study_id)
    for level in before:
        kept = before[level].keys() & after[level].keys()
        assert len(kept) >= 0.9 * len(before[level])
        for theme in kept:
            assert share(before[level][theme], after[level][theme]) > 0.3
        gone = [before[level][theme] for theme in before[level].keys() - kept]
        new = [after[level][theme] for theme in after[level].keys() - kept]
        assert max((alike(one, other) for one in gone for other in new), default=0) < 0.5
    look(bench, study_id)
    again = themes(bench.store, study_id)
    assert {level: set(again[level]) for level in again} == {
        level: set(after[level]) for level in after
    }


def test_a_label_stays_where_only_the_order_of_its_phrases_is_new():
    found = FoundTheme(
        "grant · posts · funding", (), (), (), None, 9, 10, 3, 3, single_source=False
    )
    assert label_from("posts · funding · grant", found) == "posts · funding · grant"
    assert label_from("posts · funding", found) == "grant · posts · funding"


BEES = """Keeper {n}: The hives came through the winter, and the bees were flying by February.

Keeper {n}: A queen that fails in May costs you the honey of the whole summer from that hive.

Keeper {n}: We feed the colonies sugar syrup in autumn, or the bees starve before the crocus.

Keeper {n}: The swarm sat on the lamp post, and I took it home in a straw skep with a sheet.

Keeper {n}: Varroa mites killed half of our colonies, so now each hive is treated after harvest.

Keeper {n}: You smoke the hive a little, lift the frames slowly, and the bees hardly notice you.

Keeper {n}: The heather honey is thick as jelly and has to be pressed out of the comb by hand.

Keeper {n}: Wasps rob a weak colony in August, so I narrow the entrance of the hive to a finger.
"""


def test_what_only_new_transcripts_speak_of_becomes_a_theme_when_looked_for_again(bench, study_id):
    store = bench.store
    with store.reading() as session:
        old = set(session.scalars(select(Segment.passage_id)))
    for n in (1, 2):
        add(bench, study_id, BEES.format(n=n).replace("colonies", "colonies" * n), f"bees-{n}.txt")
    look(bench, study_id)
    found = themes(store, study_id)
    with store.reading() as session:
        new = set(session.scalars(select(Segment.passage_id))) - old
    mostly_new = [
        theme for theme in found["fine"].values() if len(new & theme.keys()) > len(theme) / 2
    ]
    assert len(new & set().union(*mostly_new)) >= 0.7 * len(new)


def test_what_people_decided_on_is_left_alone_and_offered_what_is_near(bench, study_id, user_id):
    store = bench.store
    by_size = largest(store, study_id)
    with store.writing() as session:
        code = next(code for facet in shelf(session, study_id) for code in facet.codes)
        mapped, renamed, dismissed = by_size[0], by_size[1], by_size[2]
        candidates.map_to_code(session, study_id, mapped, code.id, user_id=user_id)
        candidates.rename(session, study_id, renamed, "As we call it", user_id=user_id)
        candidates.dismiss(session, study_id, dismissed, "not a theme", user_id=user_id)
    before = themes(store, study_id)["middle"]
    add(bench, study_id)
    look(bench, study_id)
    after = themes(store, study_id)["middle"]
    assert after[mapped] == before[mapped]
    assert after[dismissed] == before[dismissed]
    with store.reading() as session:
        assert session.get(CandidateTheme, renamed).name == "As we call it"
        assert not session.get(CandidateTheme, renamed).superseded
        offers = session.execute(select(CandidateOffer.candidate_id, CandidateOffer.passage_id))
        offered = list(map(tuple, offers))
    assert any(theme == mapped for theme, _ in offered)
    assert all(passage not in after[theme] for theme, passage in offered if theme in after)
    for theme, members in after.items():
        if theme not in before:
            assert share(members, before[dismissed]) < 0.5


def test_what_people_put_together_or_parted_stays_so(bench, study_id, user_id):
    store = bench.store
    one, other, parted, *_ = largest(store, study_id)
    with store.writing() as session:
        candidates.merge(session, study_id, one, other, user_id=user_id)
        members = session.scalars(
            select(CandidateMember.passage_id)
            .where(CandidateMember.candidate_id == parted)
            .order_by(CandidateMember.passage_id)
        ).all()
        half = members[: len(members) // 2]
        made = candidates.split(session, study_id, parted, half, "Apart", user_id=user_id).id
    before = themes(store, study_id)["middle"]
    look(bench, study_id)
    after = themes(store, study_id)["middle"]
    for theme in (other, parted, made):
        assert after[theme] == before[theme]
    assert one not in after
    place = {
        p: max(before, key=lambda t: before[t].get(p, 0.0)) for m in before.values() for p in m
    }
    now = {p: max(after, key=lambda t: after[t].get(p, 0.0)) for m in after.values() for p in m}
    for passage, theme in place.items():
        if theme in (other, parted, made):
            assert now[passage] == theme


def test_a_preview_changes_nothing_but_tells_what_would(bench, study_id):
    add(bench, study_id)
    before = standing(bench.store)
    look(bench, study_id, PREVIEW)
    assert standing(bench.store) == before
    with bench.store.reading() as session:
        run = latest(session, study_id, "previewed")
        told = session.scalars(
            select(ThemeChange.what).where(ThemeChange.discovery_id == run.id)
        ).all()
        assert session.get(Study, study_id).look_again is None
    # A process may end after the preview was stored and before the runner heard of it.
    discover_themes(bench, study_id, 0)
    assert standing(bench.store) == before
    look(bench, study_id)
    with bench.store.reading() as session:
        assert latest(session, study_id, "previewed") is None
        done = session.scalars(
            select(ThemeChange.what).where(ThemeChange.discovery_id == latest(session, study_id).id)
        ).all()
    assert sorted(done) == sorted(told)


def test_undoing_a_run_leaves_the_themes_as_they_stood(bench, study_id):
    add(bench, study_id)
    before = standing(bench.store)
    look(bench, study_id)
    assert standing(bench.store) != before
    with bench.store.writing() as session:
        undo_run(session, study_id, latest(session, study_id).id)
    assert standing(bench.store) == before
    assert analyse(bench, study_id) == [0, 0]


def test_a_run_is_not_undone_under_what_people_did_with_it_since(bench, study_id, user_id):
    add(bench, study_id)
    look(bench, study_id)
    with bench.store.writing() as session:
        run = latest(session, study_id).id
        theme = session.scalars(
            select(ThemeChange.candidate_id).where(
                ThemeChange.discovery_id == run, ThemeChange.what == "kept"
            )
        ).first()
        candidates.dismiss(session, study_id, theme, "no", user_id=user_id)
    before = standing(bench.store)
    with bench.store.writing() as session, pytest.raises(Conflict, match="was done with"):
        undo_run(session, study_id, run)
    assert standing(bench.store) == before


def test_much_that_is_new_calls_for_another_look_by_itself(bench, study_id):
    with bench.store.writing() as session:
        for row in session.scalars(select(Segment).where(Segment.passage_id % 2 == 0)):
            row.came_later = True
    add(bench, study_id)
    with bench.store.reading() as session:
        assert session.scalar(select(func.count(Discovery.id))) == 2
