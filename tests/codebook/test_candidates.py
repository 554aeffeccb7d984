import pytest
from sqlalchemy import func, select

from capture.errors import Conflict, NotFound, Unfit
from capture.models import (
    Act,
    CandidateAction,
    CandidateMember,
    CandidateTheme,
    Code,
    Decision,
    Suggestion,
    Theme,
    ThemeCandidate,
)
from codebook import candidates as themes
from codebook.curation import codebook_version, load_book
from codebook.entries import CodeEntry
from tests.builders import build_study

NEW = CodeEntry("", "An hour at the table", "practice", "Having the time to sit with a family.")


def everything(session):
    """All that an action may change, so that undoing can be compared with never having done it."""
    candidates = session.execute(
        select(
            CandidateTheme.id,
            CandidateTheme.state,
            CandidateTheme.name,
            CandidateTheme.reason,
            CandidateTheme.code_id,
            CandidateTheme.merged_into_id,
            CandidateTheme.participants,
            CandidateTheme.transcripts,
            CandidateTheme.single_source,
        )
        .where(CandidateTheme.superseded.is_(False))
        .order_by(CandidateTheme.id)
    )
    members = session.execute(
        select(
            CandidateMember.candidate_id,
            CandidateMember.passage_id,
            CandidateMember.strength,
            CandidateMember.exemplar,
            CandidateMember.at_edge,
        ).order_by(CandidateMember.candidate_id, CandidateMember.passage_id)
    )
    suggestions = session.execute(
        select(
            Suggestion.passage_id,
            Suggestion.code_id,
            Suggestion.source,
            Suggestion.score,
            Suggestion.candidate_id,
        ).order_by(Suggestion.passage_id, Suggestion.code_id, Suggestion.source)
    )
    return [list(map(tuple, rows)) for rows in (candidates, members, suggestions)]


def suggested(session, code_id):
    rows = session.execute(
        select(Suggestion.passage_id, Suggestion.score).where(
            Suggestion.code_id == code_id, Suggestion.source == "candidate theme"
        )
    )
    return dict(rows.all())


def strengths(session, candidate_id):
    rows = session.execute(
        select(CandidateMember.passage_id, CandidateMember.strength).where(
            CandidateMember.candidate_id == candidate_id
        )
    )
    return dict(rows.all())


@pytest.fixture
def study(store):
    with store.writing() as session:
        built = build_study(session)
        for row in session.scalars(select(CandidateTheme)):
            heard = themes.view(session, built.study_id, row.id).heard
            row.participants, row.transcripts = heard.people, heard.transcripts
            row.single_source = heard.people == 1
        yield session, built, built.users["coder"]


def acts(session, built, user):
    """Each action on the first candidate, by name."""
    study, (first, second) = built.study_id, built.candidate_ids
    code = built.codes["relational"]
    picked = list(strengths(session, first))[:1]
    return {
        "map": lambda: themes.map_to_code(session, study, first, code, user_id=user),
        "adopt": lambda: themes.adopt(session, study, first, NEW, user_id=user),
        "rename": lambda: themes.rename(session, study, first, "Time", user_id=user),
        "merge": lambda: themes.merge(session, study, first, second, user_id=user),
        "split": lambda: themes.split(session, study, first, picked, "Apart", user_id=user),
        "dismiss": lambda: themes.dismiss(session, study, first, "too mixed", user_id=user),
    }


ALL = ("map", "adopt", "rename", "merge", "split", "dismiss")


@pytest.mark.parametrize("name", ALL)
def test_no_action_on_a_candidate_makes_a_decision(study, name):
    session, built, user = study
    acts(session, built, user)[name]()
    for table in (Decision, Act):
        assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("name", ALL)
def test_undoing_leaves_everything_as_it_was(study, name):
    session, built, user = study
    before, book = everything(session), load_book(session, built.study_id)
    acts(session, built, user)[name]()
    session.flush()
    assert everything(session) != before
    themes.undo(session, built.study_id, built.candidate_ids[0], user_id=user)
    session.flush()
    session.expire_all()
    assert everything(session) == before
    assert load_book(session, built.study_id) == book


@pytest.mark.parametrize("decided", ["map", "adopt", "merge", "dismiss"])
@pytest.mark.parametrize("name", ["map", "adopt", "merge", "split", "dismiss"])
def test_what_a_colleague_has_just_decided_is_not_decided_again(study, decided, name):
    session, built, user = study
    actions = acts(session, built, user)
    actions[decided]()
    before = everything(session)
    with pytest.raises(Conflict, match=r"“time with families” was .* by Coder on"):
        actions[name]()
    assert everything(session) == before


def test_mapping_suggests_the_code_for_every_member_by_its_strength(study):
    session, built, user = study
    acts(session, built, user)["map"]()
    members = strengths(session, built.candidate_ids[0])
    assert suggested(session, built.codes["relational"]) == pytest.approx(members)
    row = session.get(CandidateTheme, built.candidate_ids[0])
    assert (row.state, row.code_id) == ("mapped", built.codes["relational"])


def test_adopting_makes_a_code_a_version_and_suggestions(study):
    session, built, user = study
    acts(session, built, user)["adopt"]()
    code = session.scalar(select(Code).where(Code.name == NEW.name))
    assert codebook_version(session, built.study_id) == 2
    assert suggested(session, code.id).keys() == strengths(session, built.candidate_ids[0]).keys()


def test_an_adoption_can_be_undone_and_done_again(study):
    session, built, user = study
    adopt = acts(session, built, user)["adopt"]
    adopt()
    themes.undo(session, built.study_id, built.candidate_ids[0], user_id=user)
    code = session.scalar(select(Code).where(Code.name == NEW.name))
    assert code.retired
    adopt()
    assert not code.retired


def test_an_adopted_code_that_decisions_rest_on_outlives_the_undo(study):
    session, built, user = study
    acts(session, built, user)["adopt"]()
    code = session.scalar(select(Code).where(Code.name == NEW.name))
    act = Act(study_id=built.study_id, user_id=user, passage_id=built.passage_ids[1])
    session.add(act)
    session.flush()
    session.add(
        Decision(
            act_id=act.id,
            passage_id=built.passage_ids[1],
            code_id=code.id,
            user_id=user,
            verdict="confirm",
            codebook_version=2,
        )
    )
    themes.undo(session, built.study_id, built.candidate_ids[0], user_id=user)
    assert not code.retired
    assert suggested(session, code.id) == {}


def test_merging_unites_members_with_the_greater_strength(study):
    session, built, user = study
    first, second = built.candidate_ids
    shared = next(iter(strengths(session, second)))
    session.add(CandidateMember(candidate_id=first, passage_id=shared, strength=0.99))
    session.flush()
    own, theirs = strengths(session, first), strengths(session, second)
    before = everything(session)
    acts(session, built, user)["merge"]()
    united = {p: max(own.get(p, 0), theirs.get(p, 0)) for p in own.keys() | theirs.keys()}
    assert strengths(session, second) == pytest.approx(united)
    assert session.get(CandidateTheme, first).merged_into_id == second
    themes.undo(session, built.study_id, first, user_id=user)
    session.flush()
    session.expire_all()
    assert everything(session) == before


def test_a_merge_that_once_named_its_target_is_undone_with_the_name(study):
    session, built, user = study
    first, second = built.candidate_ids
    before = everything(session)
    action = themes.merge(session, built.study_id, first, second, user_id=user)
    into = session.get(CandidateTheme, second)
    action.before = action.before | {"target": {"name": None}}
    into.name = into.label
    themes.undo(session, built.study_id, first, user_id=user)
    session.flush()
    assert everything(session) == before


def test_undoing_a_merge_keeps_the_name_its_target_was_given_since(study):
    session, built, user = study
    first, second = built.candidate_ids
    themes.rename(session, built.study_id, second, "Too many", user_id=user)
    themes.merge(session, built.study_id, first, second, user_id=user)
    label = session.get(CandidateTheme, second).label
    themes.rename(session, built.study_id, second, label, user_id=user)
    themes.undo(session, built.study_id, first, user_id=user)
    assert session.get(CandidateTheme, second).name == label


def test_merging_into_a_mapped_candidate_suggests_its_code_for_the_new_members(study):
    session, built, user = study
    first, second = built.candidate_ids
    code = built.codes["leadership"]
    themes.map_to_code(session, built.study_id, second, code, user_id=user)
    before = suggested(session, code)
    themes.merge(session, built.study_id, first, second, user_id=user)
    assert suggested(session, code).keys() == strengths(session, second).keys() > before.keys()
    with pytest.raises(Conflict, match="merged into this one since"):
        themes.undo(session, built.study_id, second, user_id=user)
    themes.undo(session, built.study_id, first, user_id=user)
    assert suggested(session, code) == pytest.approx(before)


def test_a_merge_is_not_undone_under_what_was_decided_on_its_outcome(study):
    session, built, user = study
    first, second = built.candidate_ids
    themes.merge(session, built.study_id, first, second, user_id=user)
    themes.dismiss(session, built.study_id, second, "not a theme", user_id=user)
    with pytest.raises(Conflict, match="was done with “caseloads crept up” since"):
        themes.undo(session, built.study_id, first, user_id=user)


def test_undoing_one_mapping_keeps_what_another_supports(study):
    session, built, user = study
    first, second = built.candidate_ids
    shared = next(iter(strengths(session, second)))
    session.add(CandidateMember(candidate_id=first, passage_id=shared, strength=0.99))
    session.flush()
    code = built.codes["leadership"]
    themes.map_to_code(session, built.study_id, second, code, user_id=user)
    alone = suggested(session, code)
    themes.map_to_code(session, built.study_id, first, code, user_id=user)
    assert suggested(session, code)[shared] == pytest.approx(0.99)
    themes.undo(session, built.study_id, first, user_id=user)
    assert suggested(session, code) == pytest.approx(alone)


def test_candidates_of_different_coarseness_are_not_merged(study):
    session, built, user = study
    first, second = built.candidate_ids
    session.get(CandidateTheme, second).granularity = "fine"
    with pytest.raises(Unfit, match="coarseness"):
        themes.merge(session, built.study_id, first, second, user_id=user)
    with pytest.raises(Unfit, match="itself"):
        themes.merge(session, built.study_id, first, first, user_id=user)


def test_nothing_is_merged_into_a_dismissed_candidate(study):
    session, built, user = study
    first, second = built.candidate_ids
    themes.dismiss(session, built.study_id, second, "not a theme", user_id=user)
    with pytest.raises(Conflict, match="was dismissed"):
        themes.merge(session, built.study_id, first, second, user_id=user)


def test_splitting_moves_the_picked_members_out_and_shows_both_anew(study):
    session, built, user = study
    first = built.candidate_ids[0]
    members = strengths(session, first)
    strongest = max(members, key=members.get)
    made = themes.split(session, built.study_id, first, [strongest], "Apart", user_id=user)
    assert strengths(session, made.id) == {strongest: members[strongest]}
    assert strengths(session, first).keys() == members.keys() - {strongest}
    view = themes.view(session, built.study_id, made.id)
    assert (view.title, view.heard.people, view.warning) == ("Apart", 1, "one person only")
    assert [one.passage_id for one in view.exemplars] == [strongest]
    assert strongest not in [
        e.passage_id for e in themes.view(session, built.study_id, first).exemplars
    ]


def test_a_split_needs_something_picked_something_left_and_only_members(study):
    session, built, user = study
    first, second = built.candidate_ids
    own, other = list(strengths(session, first)), list(strengths(session, second))
    for picked, kind in (([], Unfit), (own, Unfit), (other[:1], Conflict)):
        with pytest.raises(kind):
            themes.split(session, built.study_id, first, picked, "Apart", user_id=user)
    with pytest.raises(Unfit, match="needs a name"):
        themes.split(session, built.study_id, first, own[:1], "  ", user_id=user)


def test_a_split_is_not_undone_once_the_new_one_is_decided_or_a_theme_rests_on_it(study):
    session, built, user = study
    first = built.candidate_ids[0]
    picked = list(strengths(session, first))[:1]
    made = themes.split(session, built.study_id, first, picked, "Apart", user_id=user)
    themes.dismiss(session, built.study_id, made.id, "no", user_id=user)
    with pytest.raises(Conflict, match="“Apart” since"):
        themes.undo(session, built.study_id, first, user_id=user)
    themes.undo(session, built.study_id, made.id, user_id=user)
    theme = Theme(study_id=built.study_id, name="Time", position=0)
    session.add(theme)
    session.flush()
    session.add(ThemeCandidate(theme_id=theme.id, candidate_id=made.id))
    session.flush()
    with pytest.raises(Conflict, match="A theme rests on"):
        themes.undo(session, built.study_id, first, user_id=user)


def test_a_dismissal_needs_a_reason(study):
    session, built, user = study
    with pytest.raises(Unfit, match="reason"):
        themes.dismiss(session, built.study_id, built.candidate_ids[0], " ", user_id=user)


def test_an_empty_name_goes_back_to_the_machines_label(study):
    session, built, user = study
    first = built.candidate_ids[0]
    themes.rename(session, built.study_id, first, "Time", user_id=user)
    themes.rename(session, built.study_id, first, "", user_id=user)
    assert session.get(CandidateTheme, first).name is None
    assert themes.rename(session, built.study_id, first, "", user_id=user) is None
    assert session.scalar(select(func.count()).select_from(CandidateAction)) == 2


def test_only_the_action_in_view_is_undone(study):
    session, built, user = study
    first = built.candidate_ids[0]
    seen = themes.rename(session, built.study_id, first, "Time", user_id=user)
    themes.rename(session, built.study_id, first, "Hours", user_id=user)
    with pytest.raises(Conflict, match="Something else was done"):
        themes.undo(session, built.study_id, first, user_id=user, action_id=seen.id)
    themes.undo(session, built.study_id, first, user_id=user)
    themes.undo(session, built.study_id, first, user_id=user)
    with pytest.raises(Conflict, match="nothing to undo"):
        themes.undo(session, built.study_id, first, user_id=user)


def test_a_candidate_or_code_of_another_study_is_not_there(study):
    session, built, user = study
    other = build_study(session, "Another")
    mine, theirs = built.candidate_ids[0], other.candidate_ids[0]
    with pytest.raises(NotFound):
        themes.dismiss(session, built.study_id, theirs, "no", user_id=user)
    with pytest.raises(NotFound):
        themes.merge(session, built.study_id, mine, theirs, user_id=user)
    with pytest.raises(NotFound):
        themes.map_to_code(session, built.study_id, mine, other.codes["leadership"], user_id=user)


def test_what_a_later_analysis_replaced_is_not_decided_on(study):
    session, built, user = study
    session.get(CandidateTheme, built.candidate_ids[0]).superseded = True
    with pytest.raises(Conflict, match="later analysis"):
        acts(session, built, user)["map"]()


def test_the_list_is_filtered_by_state_and_keeps_the_open_one(study):
    session, built, user = study
    first, second = built.candidate_ids
    acts(session, built, user)["dismiss"]()
    session.flush()

    def listed(**wanted):
        return [line.id for line in themes.candidate_lines(session, built.study_id, **wanted)]

    assert listed() == [second]
    assert listed(state="dismissed") == [first]
    assert set(listed(state="all")) == set(listed(keep=first)) == {first, second}
    assert listed(granularity="fine") == []
    assert themes.counts(session, built.study_id)["middle"] == {"undecided": 1, "dismissed": 1}


def test_the_list_is_ordered_by_size_or_steadiness(study):
    session, built, _ = study
    first, second = built.candidate_ids
    session.get(CandidateTheme, first).found_in = 3
    session.add(CandidateMember(candidate_id=first, passage_id=built.passage_ids[0], strength=0.2))
    session.flush()

    def listed(order):
        lines = themes.candidate_lines(session, built.study_id, order=order)
        return [line.id for line in lines]

    assert listed("size") == [first, second]
    assert listed("steadiness") == [second, first]


def test_a_candidate_is_seen_with_its_words_in_context_and_where_it_was_heard(study):
    session, built, _ = study
    view = themes.view(session, built.study_id, built.candidate_ids[0])
    assert view.heard.places == ("Brookvale", "Harrowmere")
    assert (view.heard.passages, view.heard.transcripts, view.heard.waves) == (4, 2, (1, 2))
    assert view.heard.people == 1  # P1 is one participant in both groups
    exemplar = view.exemplars[0]
    assert exemplar.words.startswith("We used to knock, tick the box and go.")
    assert exemplar.before.speaker == "Facilitator"
    assert exemplar.after.words.startswith("Well, for us it went the other way.")
    assert exemplar.attribution == "Family practitioner, Brookvale, wave 1"
    assert view.edge.passage_id not in [one.passage_id for one in view.exemplars]
    assert view.edge.words.startswith("True — but 😀 she rang me")


def test_the_nearest_codes_are_the_mean_over_all_members(study):
    session, built, _ = study
    (nearest,) = themes.view(session, built.study_id, built.candidate_ids[0]).nearest
    assert nearest.name == "Time and caseloads"
    assert nearest.score == pytest.approx(0.81 / 4)


def test_members_are_paged_strongest_first(study):
    session, built, _ = study
    first = built.candidate_ids[0]
    pages = [themes.members_page(session, first, page, size=3) for page in (1, 2)]
    assert [len(page) for page in pages] == [3, 1]
    order = [one.strength for page in pages for one in page]
    assert order == sorted(order, reverse=True)
