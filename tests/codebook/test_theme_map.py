"""The map of themes: who stands on it, as which theme, and what may be called by name outside."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from capture.models import CandidateMember, CandidateTheme, Segment
from capture.runs.offering import offer
from capture.store import Store
from codebook.candidate_additions import take_in
from codebook.candidates import adopt, dismiss, map_to_code, merge, rename, split
from codebook.entries import CodeEntry
from codebook.theme_map import NOT_NAMED, ThemeMap, belongs_to, is_on_map, theme_map
from tests.builders import Built, build_study
from tests.mapped import place


@pytest.fixture
def built(store: Store) -> Built:
    with store.writing() as session:
        built = build_study(session)
        place(session, built)
        return built


def drawn(session: Session, built: Built) -> ThemeMap:
    return theme_map(session, built.study_id, "middle")


def test_every_segment_stands_once_as_the_theme_it_belongs_to_most(store: Store, built: Built):
    first, second = built.candidate_ids
    with store.writing() as session:
        shared = session.scalar(
            select(CandidateMember.passage_id).where(
                CandidateMember.candidate_id == first, CandidateMember.strength < 0.65
            )
        )
        session.add(CandidateMember(candidate_id=second, passage_id=shared, strength=0.8))
    with store.reading() as session:
        found = drawn(session, built)
        own = {p.passage_id: found.themes[p.theme].line.id for p in found.points}
        both = belongs_to(session, built.study_id, "middle", shared)
    assert len(found.points) == 8
    assert own[shared] == second
    assert [one.theme_id for one in both] == [second, first]
    assert sum(theme.points for theme in found.themes) == 8


def test_points_come_theme_by_theme_and_the_strongest_first(store: Store, built: Built):
    with store.reading() as session:
        points = drawn(session, built).points
    assert [p.theme for p in points] == [0] * 4 + [1] * 4
    for theme in (0, 1):
        strengths = [p.strength for p in points if p.theme == theme]
        assert strengths == sorted(strengths, reverse=True)


def test_who_withdrew_is_not_on_the_map(store: Store, built: Built):
    gone = built.passage_ids[4]
    with store.writing() as session:
        session.get_one(Segment, gone).kept_out = "withdrawn"
    with store.reading() as session:
        assert gone not in {p.passage_id for p in drawn(session, built).points}
        assert not is_on_map(session, built.study_id, gone)
        assert is_on_map(session, built.study_id, built.passage_ids[1])


def test_what_came_since_is_counted_and_what_is_in_no_theme_stands_alone(
    store: Store, built: Built
):
    with store.writing() as session:
        session.get_one(Segment, built.passage_ids[1]).map_x = None
        session.query(CandidateMember).filter_by(passage_id=built.passage_ids[2]).delete()
    with store.reading() as session:
        found = drawn(session, built)
    assert (found.unplaced, found.alone, len(found.points)) == (1, 1, 7)
    assert found.points[-1].passage_id == built.passage_ids[2]


def test_a_merged_theme_is_none_of_its_own_and_a_dismissed_one_gives_way(
    store: Store, built: Built
):
    first, second = built.candidate_ids
    user = built.users["coder"]
    with store.writing() as session:
        dismiss(session, built.study_id, first, "too mixed", user_id=user)
        passage = built.passage_ids[1]
        session.add(CandidateMember(candidate_id=second, passage_id=passage, strength=0.1))
        session.flush()
        found = drawn(session, built)
        own = {p.passage_id: found.themes[p.theme].line.id for p in found.points}
        assert own[passage] == second
        assert sorted(own.values()).count(first) == 3
    with store.writing() as session:
        session.execute(update(CandidateTheme).values(state="undecided"))
        merge(session, built.study_id, first, second, user_id=user)
        session.flush()
        assert [theme.line.id for theme in drawn(session, built).themes] == [second]


def test_what_is_near_a_theme_stands_with_it_after_what_is_its_own(store: Store, built: Built):
    first, user = built.candidate_ids[0], built.users["coder"]
    passage = built.passage_ids[2]
    with store.writing() as session:
        map_to_code(session, built.study_id, first, next(iter(built.codes.values())), user_id=user)
        session.query(CandidateMember).filter_by(passage_id=passage).delete()
        run = session.get_one(CandidateTheme, first).discovery_id
        offer(session, first, {passage: 0.99}, run)
        session.flush()
        found = drawn(session, built)
        (near,) = belongs_to(session, built.study_id, "middle", passage)
    at = next(number for number, theme in enumerate(found.themes) if theme.line.id == first)
    its = [(p.passage_id, p.offered) for p in found.points if p.theme == at]
    assert its[-1] == (passage, True)
    assert [offered for _, offered in its].count(True) == found.themes[at].offered == 1
    assert found.themes[at].points == len(its) - 1
    assert (found.alone, found.offered, near.theme_id, near.offered) == (0, 1, first, True)
    with store.writing() as session:
        dismiss(session, built.study_id, built.candidate_ids[1], "too mixed", user_id=user)
        session.add(
            CandidateMember(candidate_id=built.candidate_ids[1], passage_id=passage, strength=0.9)
        )
        session.flush()
        assert drawn(session, built).offered == 1, "a dismissed theme gives way"
        session.query(CandidateMember).filter_by(passage_id=passage).delete()
        take_in(session, built.study_id, first, [passage], [], user_id=user)
        session.flush()
        assert (drawn(session, built).alone, drawn(session, built).offered) == (1, 0)


def outside(session: Session, built: Built) -> str:
    session.flush()
    found = drawn(session, built)
    return {t.line.id: t.title_outside for t in found.themes}[built.candidate_ids[0]]


def test_a_label_that_one_source_alone_supports_is_not_told_outside(store: Store, built: Built):
    candidate, user = built.candidate_ids[0], built.users["coder"]
    with store.writing() as session:
        assert outside(session, built) == "time with families"
        theme = session.get_one(CandidateTheme, candidate)
        theme.participants = 1
        assert outside(session, built) == NOT_NAMED
        theme.participants, theme.transcripts = 2, 1
        assert outside(session, built) == NOT_NAMED
        rename(session, built.study_id, candidate, "An hour is an hour", user_id=user)
        assert outside(session, built) == "An hour is an hour"


@pytest.mark.parametrize(
    ("label", "phrases", "told"),
    [
        ("time · a whole hour", ["a whole hour", "time", "mum"], "time · a whole hour"),
        ("time (2)", ["time"], "time (2)"),
        ("“I remember that one. I was …”", [], NOT_NAMED),
        ("“I remember that one. I was …”", ["time"], NOT_NAMED),
    ],
)
def test_a_label_that_is_the_opening_of_a_passage_is_not_told_outside(
    store: Store, built: Built, label: str, phrases: list[str], told: str
):
    with store.writing() as session:
        theme = session.get_one(CandidateTheme, built.candidate_ids[0])
        theme.label, theme.keyphrases = label, phrases
        assert outside(session, built) == told


@pytest.mark.parametrize("way", ["split", "merge", "as once written"])
def test_what_is_parted_or_put_together_is_not_named_by_it(store: Store, built: Built, way: str):
    first, second = built.candidate_ids
    study, user = built.study_id, built.users["coder"]
    with store.writing() as session:
        theme = session.get_one(CandidateTheme, first)
        theme.label, theme.keyphrases = "“I remember that one. I was …”", []
        if way == "split":
            made = split(session, study, first, built.passage_ids[1:2], "Small wins", user_id=user)
            session.flush()
            titles = {t.line.id: t.title_outside for t in drawn(session, built).themes}
            assert titles[made.id] == "Small wins"
        elif way == "merge":
            merge(session, study, second, first, user_id=user)
        else:
            theme.name = theme.label
        assert outside(session, built) == NOT_NAMED


@pytest.mark.parametrize("way", ["map", "adopt"])
def test_a_decided_theme_goes_by_its_code_outside(store: Store, built: Built, way: str):
    candidate, user = built.candidate_ids[0], built.users["coder"]
    with store.writing() as session:
        session.get_one(CandidateTheme, candidate).single_source = True
        if way == "map":
            code = built.codes["relational"]
            map_to_code(session, built.study_id, candidate, code, user_id=user)
        else:
            entry = CodeEntry("", "Relational at home", "practice", "Who sits with whom.")
            adopt(session, built.study_id, candidate, entry, user_id=user)
        assert outside(session, built).startswith("Relational")


def test_an_empty_study_has_an_empty_map(store: Store, built: Built):
    with store.reading() as session:
        found = theme_map(session, built.study_id, "fine")
        assert (found.themes, found.alone) == ((), 8)
        nothing = theme_map(session, built.study_id + 1, "middle")
    assert (nothing.themes, nothing.points, nothing.unplaced) == ((), (), 0)
