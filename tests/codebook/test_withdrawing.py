"""Someone withdraws after an analysis: nothing the machine made of their words stands on."""

import pytest
from sqlalchemy import select

from capture.corrections.hanging import UNNAMED
from capture.models import Appearance, CandidateMember, CandidateTheme, Discovery
from capture.people import describe_speakers
from capture.people_said import SpeakerSaid
from capture.runs.offering import offer, offered
from capture.runs.standing import members_of
from codebook import theme_runs
from codebook.candidates import candidate_lines, members_page, view
from tests.builders import build_study
from tests.codebook.test_theme_runs import run_after


@pytest.fixture
def study(store):
    """The first theme is of P1 alone; the second, "caseloads crept up", of P2 and P3."""
    with store.writing() as session:
        yield session, build_study(session)


def say(session, built, label, scope, places=(0, 1)):
    for place in places:
        transcript = built.transcript_ids[place]
        row = session.scalars(
            select(Appearance).where(
                Appearance.transcript_id == transcript, Appearance.label == label
            )
        ).one()
        describe_speakers(session, built.study_id, transcript, {row.id: SpeakerSaid(scope)})
    session.expire_all()


def listed(session, built):
    lines = candidate_lines(session, built.study_id, state="all")
    return {one.id: (one.title, one.size, one.participants, one.transcripts) for one in lines}


def test_their_words_and_they_leave_a_theme_and_what_is_said_of_it(study):
    session, built = study
    theme = built.candidate_ids[1]
    say(session, built, "P2", "withdrawn", places=[0])
    assert listed(session, built)[theme] == ("caseloads crept up", 3, 3, 2)
    say(session, built, "P2", "withdrawn", places=[1])
    assert listed(session, built)[theme] == (UNNAMED, 2, 2, 2)
    assert session.get_one(CandidateTheme, theme).keyphrases == []
    assert view(session, built.study_id, theme).heard.passages == 2
    assert len(members_page(session, theme, size=2)) == 2


def test_labels_of_before_go_too(study):
    session, built = study
    run = run_after(session, built)
    say(session, built, "P2", "withdrawn")
    told = theme_runs.account(session, built.study_id, "middle", preview=False)
    assert told.forgotten
    assert [one.before for one in told.changed] == [""]
    assert session.get_one(Discovery, run.id).before is None


def test_another_persons_words_take_the_place_of_an_example_that_goes(study):
    session, built = study
    theme = built.candidate_ids[1]
    theirs = built.passage_ids[2]
    members = select(CandidateMember).where(CandidateMember.candidate_id == theme)
    for member in session.scalars(members):
        member.exemplar = 0 if member.passage_id == theirs else None
    say(session, built, "P2", "withdrawn")
    shown = [one.passage_id for one in view(session, built.study_id, theme).exemplars]
    assert shown
    assert theirs not in shown


def test_a_theme_of_theirs_alone_is_listed_no_more(study):
    session, built = study
    say(session, built, "P1", "withdrawn")
    assert built.candidate_ids[0] not in listed(session, built)


def test_who_comes_back_is_counted_again(study):
    session, built = study
    theme = built.candidate_ids[1]
    say(session, built, "P2", "withdrawn")
    say(session, built, "P2", "quote with role")
    assert listed(session, built)[theme] == (UNNAMED, 4, 4, 2)


def test_what_they_said_neither_draws_passages_to_a_theme_nor_waits_for_an_answer(study):
    session, built = study
    first, second = built.candidate_ids
    theirs, other = built.passage_ids[2], built.passage_ids[4]
    run = session.scalars(select(Discovery.id)).one()
    offer(session, first, {theirs: 0.8, other: 0.7}, run)
    say(session, built, "P2", "withdrawn")
    held = members_of(session, [session.get_one(CandidateTheme, second)])[second]
    assert held.keys() == {built.passage_ids[4], built.passage_ids[9]}
    assert [row.passage_id for row in offered(session, first)] == [other]
    lines = candidate_lines(session, built.study_id, state="all")
    assert {one.id: one.offered for one in lines}[first] == 1
