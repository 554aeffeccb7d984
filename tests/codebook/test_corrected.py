"""After a correction nothing shows words of an older text as if they stood."""

import pytest
from sqlalchemy.orm import Session

from capture.errors import Conflict
from capture.models import Appearance, CandidateMember, Quote, Suggestion
from capture.store import Store
from codebook.candidate_view import members_page, view
from codebook.candidates import candidate_lines
from codebook.chosen import check_quotable
from codebook.code_counts import code_counts
from codebook.codings import codings
from codebook.decisions import Verdict, record_act
from codebook.evidence import load_evidence
from codebook.in_context import in_context
from codebook.margin import margin
from codebook.overview import overview
from codebook.passages import choose_quote, undo_here
from codebook.queue import Filters, next_passage
from codebook.quotes import quote_bank
from codebook.reports import suggestions_report, themes_report
from tests.coded_talk import Talk

GONE = "at the table, and she tells me"


@pytest.fixture
def session(store: Store):
    with store.writing() as session:
        yield session


@pytest.fixture
def talk(session: Session) -> Talk:
    """A judged segment, a member of a theme, suggested and quoted, whose words changed."""
    talk = Talk(session)
    talk.hour = talk.segment(GONE)
    talk.code(talk.hour)
    session.add(Quote(study_id=talk.built.study_id, passage_id=talk.hour.id, chosen_by=talk.coder))
    session.add(
        CandidateMember(
            candidate_id=talk.built.candidate_ids[0], passage_id=talk.hour.id, strength=1
        )
    )
    session.add(
        Suggestion(
            passage_id=talk.hour.id, code_id=talk.built.codes["leadership"], score=0.9,
            source="codebook", model="test", codebook_version=1,
        )
    )  # fmt: skip
    session.flush()
    return talk


def told(session: Session, talk: Talk) -> str:
    """Everything that shows words, as one text."""
    study, candidate = talk.built.study_id, talk.built.candidate_ids[0]
    seen = view(session, study, candidate)
    return str(
        [
            quote_bank(session, study, "A study"),
            margin(session, study, talk.version.id, talk.coder),
            [seen.exemplars, seen.edge, members_page(session, candidate)],
            load_evidence(session, [(talk.hour.id, 1.0)]),
            themes_report(session, study),
            suggestions_report(session, study),
        ]
    )


def test_old_words_are_shown_nowhere(session: Session, talk: Talk) -> None:
    before = told(session, talk)
    assert GONE in before
    talk.correct("a whole hour with mum at the table, and", "half an hour with mum at a table, and")
    assert GONE not in told(session, talk)


def test_the_bank_holds_it_back_and_says_why(session: Session, talk: Talk) -> None:
    quotable(session, talk)
    check_quotable(session, talk.built.study_id, talk.hour.id)
    talk.correct("a whole hour with mum at the table, and", "half an hour with mum at a table, and")
    bank = quote_bank(session, talk.built.study_id, "A study")
    assert bank.held == {"its text was corrected since": 1}
    assert "1 its text was corrected since" in bank.held_sentence
    assert bank.quotes == ()


def test_counts_are_of_passages_that_stand(session: Session, talk: Talk) -> None:
    study, leadership = talk.built.study_id, talk.built.codes["leadership"]
    candidate = talk.built.candidate_ids[0]
    sizes = {line.id: line.size for line in candidate_lines(session, study)}
    assert (overview(session, study).coded, code_counts(session, study)[leadership].suggested) == (
        1,
        1,
    )
    talk.correct("a whole hour with mum at the table, and", "half an hour with mum at a table, and")
    assert codings(session, study) == []
    assert len(codings(session, study, waiting=True)) == 1
    assert overview(session, study).coded == 0
    assert leadership not in code_counts(session, study)
    assert {line.id: line.size for line in candidate_lines(session, study)}[candidate] == (
        sizes[candidate] - 1
    )
    assert view(session, study, candidate).heard.passages == sizes[candidate] - 1


def test_nobody_decides_on_a_passage_that_waits_or_is_gone(session: Session, talk: Talk) -> None:
    study = talk.built.study_id
    dropped = talk.segment("The caseloads crept up")
    talk.correct("a whole hour with mum at the table, and", "half an hour with mum at a table, and")
    talk.correct("crept up", "went up")
    for passage, told in ((talk.hour, "needs a look"), (dropped, "not in it any more")):
        with pytest.raises(Conflict, match=told):
            in_context(session, study, passage.id)
        with pytest.raises(Conflict, match=told):
            record_act(
                session, study_id=study, user_id=talk.coder, passage_id=passage.id,
                verdicts=[Verdict(talk.built.codes["relational"], "reject")], outcome=None,
            )  # fmt: skip
    with pytest.raises(Conflict, match="not in it any more"):
        choose_quote(session, study_id=study, user_id=talk.coder, passage_id=dropped.id)
    with pytest.raises(Conflict, match="needs a look"):
        undo_here(session, study_id=study, user_id=talk.coder, transcript_id=talk.transcript.id)


def test_the_queue_asks_about_the_new_words(session: Session, talk: Talk) -> None:
    talk.correct("a whole hour with mum at the table, and", "half an hour with mum at a table, and")
    asked = next_passage(
        session,
        study_id=talk.built.study_id,
        user_id=talk.coder,
        filters=Filters(transcript=talk.transcript.id),
    )
    assert asked is not None
    assert "half an hour" in talk.words(talk.segment("half an hour"))
    assert asked.passage_id == talk.segment("half an hour").id


def quotable(session: Session, talk: Talk) -> None:
    for row in session.query(Appearance).filter_by(transcript_id=talk.transcript.id):
        row.scope = "quote with role"
    session.flush()
