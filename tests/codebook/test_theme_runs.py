"""The account of a look for themes, told for people to read."""

import pytest
from sqlalchemy import select

from capture.corrections import hanging
from capture.errors import Conflict
from capture.models import Discovery, Job, Study, ThemeChange
from codebook import theme_runs
from codebook.candidates import map_to_code
from tests.builders import build_study


def run_after(session, built, state="stands"):
    """A second run: the first theme grew, the second is gone, and a third was found."""
    run = Discovery(
        study_id=built.study_id,
        fingerprint="again",
        model="test",
        precision="fp32",
        parameters={},
        segments=8,
        unthemed=1,
        sentence="8 segments gave 2 candidate themes.",
        state=state,
        before={"later": [], "new": []},
    )
    session.add(run)
    session.flush()
    first, second = built.candidate_ids
    told = {"discovery_id": run.id, "granularity": "middle"}
    session.add_all(
        [
            ThemeChange(
                **told,
                candidate_id=first,
                what="kept",
                label="time with mum",
                size_before=4,
                size_now=5,
                came=2,
                went=1,
            ),
            ThemeChange(
                **told,
                candidate_id=second,
                what="gone",
                other_id=first,
                label="caseloads crept up",
                size_before=4,
                went=4,
            ),
            ThemeChange(
                **told,
                candidate_id=None,
                what="new",
                other_id=second,
                label="the long drive",
                size_now=3,
                came=3,
            ),
        ]
    )
    session.flush()
    return run


@pytest.fixture
def study(store):
    with store.writing() as session:
        yield session, build_study(session)


def test_each_theme_is_told_with_what_happened_to_it(study):
    session, built = study
    run_after(session, built)
    told = theme_runs.account(session, built.study_id, "middle", preview=False)
    assert told.summary == "1 kept (1 with other passages), 1 new, 1 gone."
    assert [(one.title, one.before, one.says) for one in told.changed] == [
        ("time with families", "time with mum", "5 passages: 2 came, 1 went")
    ]
    assert [one.says for one in told.gone] == [
        "4 passages; most of them are in “time with families”"
    ]
    assert [(one.id, one.title) for one in told.new] == [(None, "the long drive")]
    assert told.new[0].says == "3 passages, most of them from “caseloads crept up”"
    assert told.can_undo
    assert theme_runs.account(session, built.study_id, "fine", preview=False).empty


def test_a_preview_is_told_apart_from_what_stands(study):
    session, built = study
    run_after(session, built, "previewed")
    assert theme_runs.account(session, built.study_id, "middle", preview=False).empty
    told = theme_runs.account(session, built.study_id, "middle", preview=True)
    assert told.summary.startswith("1 would be kept")
    assert theme_runs.preview_waits(session, built.study_id)
    theme_runs.leave_preview(session, built.study_id)
    assert not theme_runs.preview_waits(session, built.study_id)
    assert session.scalars(select(ThemeChange)).all() == []


def test_where_a_theme_that_goes_would_be_offered_and_what_a_kept_one_would_be_called_is_said(
    study,
):
    session, built = study
    run = run_after(session, built, "previewed")
    changes = select(ThemeChange).where(ThemeChange.discovery_id == run.id)
    kept = next(one for one in session.scalars(changes) if one.what == "kept")
    kept.before = {"becomes": "an hour with mum"}
    session.flush()
    told = theme_runs.account(session, built.study_id, "middle", preview=True)
    assert [one.becomes for one in told.changed] == ["an hour with mum"]
    assert told.gone[0].says == "4 passages; most of them would be in “time with families”"
    assert not told.changes_nothing
    kept.what = "locked"
    session.flush()
    told = theme_runs.account(session, built.study_id, "middle", preview=True)
    assert told.gone[0].says == (
        "4 passages; most of them would be offered to “time with families”, for a person to add "
        "or leave"
    )


def test_a_look_that_finds_the_same_says_that_there_is_nothing_to_do(study):
    session, built = study
    run = run_after(session, built, "previewed")
    for one in session.scalars(select(ThemeChange).where(ThemeChange.discovery_id == run.id)):
        if one.what == "kept":
            one.came = one.went = 0
        else:
            session.delete(one)
    session.flush()
    told = theme_runs.account(session, built.study_id, "middle", preview=True)
    assert told.changes_nothing


def test_work_on_a_theme_since_stands_in_the_way_of_undoing(study):
    session, built = study
    run_after(session, built)
    first = built.candidate_ids[0]
    user = built.users["coder"]
    map_to_code(session, built.study_id, first, built.codes["relational"], user_id=user)
    told = theme_runs.account(session, built.study_id, "middle", preview=False)
    assert not told.can_undo
    assert told.in_the_way == "time with families"


def test_looking_again_is_asked_for_once_and_only_where_there_are_themes(study):
    session, built = study
    user = built.users["researcher"]
    theme_runs.look_again(session, built.study_id, user, apply=False)
    assert session.get(Study, built.study_id).look_again == "preview"
    assert session.scalars(select(Job.kind)).all() == ["analyse"]
    with pytest.raises(Conflict, match="under way"):
        theme_runs.look_again(session, built.study_id, user, apply=True)
    empty = Study(name="Empty")
    session.add(empty)
    session.flush()
    with pytest.raises(Conflict, match="no candidate themes yet"):
        theme_runs.look_again(session, empty.id, user, apply=False)


def test_words_that_are_taken_out_stand_in_no_label_of_before(study):
    session, built = study
    run = run_after(session, built)
    hanging.forget_runs(session, built.study_id)
    session.expire_all()
    told = theme_runs.account(session, built.study_id, "middle", preview=False)
    assert [one.before for one in told.changed] == [""]
    assert (told.forgotten, told.can_undo) == (True, False)
    with pytest.raises(Conflict, match="can't be undone"):
        theme_runs.undo(session, built.study_id, run.id, built.users["researcher"])
