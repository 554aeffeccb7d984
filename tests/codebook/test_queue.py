"""The review queue: what is in it, in which order, and why this one."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from capture.models import CandidateTheme, Code, Segment, Suggestion, Transcript
from capture.store import Store
from codebook.decisions import record_act
from codebook.queue import Filters, Progress, Waiting, next_passage, progress
from codebook.reports import suggestions_report
from codebook.undo import undo_last
from tests.builders import Built, build_study

ALL = Filters()


def waiting(
    session: Session, built: Built, filters: Filters = ALL, skipped: Any = (), role: str = "coder"
) -> Waiting | None:
    return next_passage(
        session,
        study_id=built.study_id,
        user_id=built.users[role],
        filters=filters,
        skipped=skipped,
    )


def review(session: Session, built: Built, passage_id: int, role: str = "coder") -> None:
    record_act(
        session,
        study_id=built.study_id,
        user_id=built.users[role],
        passage_id=passage_id,
        verdicts=[],
        outcome="reviewed",
    )


def whole_queue(session: Session, built: Built, filters: Filters = ALL) -> list[int]:
    found = []
    while (one := waiting(session, built, filters)) is not None:
        found.append(one.passage_id)
        review(session, built, one.passage_id)
    return found


def suggest(
    session: Session,
    built: Built,
    passage: int,
    code: str,
    score: float,
    source: str = "codebook",
) -> None:
    session.add(
        Suggestion(
            passage_id=built.passage_ids[passage],
            code_id=built.codes[code],
            score=score,
            source=source,
            model="test",
            codebook_version=1,
        )
    )
    session.flush()


def so_far(session: Session, built: Built, filters: Filters = ALL) -> Progress:
    user_id = built.users["coder"]
    return progress(session, study_id=built.study_id, user_id=user_id, filters=filters)


def test_the_strongest_suggestions_come_first_then_the_transcripts_order(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, 7, "relational", 0.95)
        p = built.passage_ids
        first = waiting(session, built)
        assert first is not None
        assert "strongest suggestion still waiting: Relational" in first.why
        assert whole_queue(session, built) == [p[7], p[1], p[2], p[3], p[4], p[6], p[8], p[9]]


def test_members_of_a_mapped_theme_come_before_any_suggestion(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        theme = session.get_one(CandidateTheme, built.candidate_ids[1])
        theme.state, theme.name = "mapped", "Caseloads grew"
        session.flush()
        first = waiting(session, built)
        assert first is not None
        assert "“Caseloads grew”" in first.why
        p = built.passage_ids
        assert whole_queue(session, built)[:5] == [p[2], p[4], p[7], p[9], p[1]]


def test_facilitators_back_channels_and_near_duplicates_are_not_in_it(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        p = built.passage_ids
        for passage_id, why in ((p[2], "back-channel"), (p[3], "near-duplicate")):
            session.get_one(Segment, passage_id).kept_out = why
        session.flush()
        assert sorted(whole_queue(session, built)) == [p[1], p[4], p[6], p[7], p[8], p[9]]
        assert so_far(session, built) == Progress(reviewed=6, total=6)


def test_what_another_coder_reviewed_still_waits_for_me(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        review(session, built, built.passage_ids[1], role="researcher")
        first = waiting(session, built)
        assert first is not None
        assert first.passage_id == built.passage_ids[1]
        assert so_far(session, built) == Progress(reviewed=0, total=8)


def test_an_undone_review_puts_the_passage_back(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        review(session, built, built.passage_ids[1])
        assert so_far(session, built).reviewed == 1
        undo_last(session, study_id=built.study_id, user_id=built.users["coder"])
        assert so_far(session, built).reviewed == 0
        first = waiting(session, built)
        assert first is not None
        assert first.passage_id == built.passage_ids[1]


def test_skipped_passages_come_back_at_the_end(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        skipped = built.passage_ids[1]
        first = waiting(session, built, skipped=[skipped])
        assert first is not None
        assert first.passage_id == built.passage_ids[2]
        for passage_id in built.passage_ids[2:]:
            review(session, built, passage_id)
        last = waiting(session, built, skipped=[skipped])
        assert last is not None
        assert (last.passage_id, "skipped" in last.why) == (skipped, True)


def test_a_candidate_theme_is_gone_through_from_its_core_outwards(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        only = Filters(candidate=built.candidate_ids[0])
        assert so_far(session, built, only) == Progress(0, 4)
        p = built.passage_ids
        assert whole_queue(session, built, only) == [p[1], p[3], p[6], p[8]]


def test_a_code_is_gone_through_from_its_strongest_suggestion(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, 8, "time-and-caseloads", 0.9)
        suggest(session, built, 3, "relational", 0.99)
        only = Filters(code=built.codes["time-and-caseloads"])
        assert whole_queue(session, built, only) == [built.passage_ids[8], built.passage_ids[1]]


def test_a_transcript_is_gone_through_as_it_was_said(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, 9, "relational", 0.99)
        only = Filters(transcript=built.transcript_ids[1])
        assert whole_queue(session, built, only) == built.passage_ids[6:]


def test_blind_neither_order_nor_filter_follows_a_suggestion(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, 9, "relational", 0.99)
        session.execute(update(CandidateTheme).values(state="mapped"))
        blind = Filters(blind=True, code=built.codes["relational"], candidate=2)
        first = waiting(session, built, blind)
        assert first == Waiting(built.passage_ids[1], "The next in the transcript's own order.")
        assert so_far(session, built, blind).total == 8


def test_a_retired_codes_suggestions_no_longer_lead(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, 9, "relational", 0.99)
        session.get_one(Code, built.codes["relational"]).retired = True
        session.flush()
        first = waiting(session, built)
        assert first is not None
        assert first.passage_id == built.passage_ids[1]


def test_only_the_text_that_stands_now_is_reviewed(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        session.get_one(Transcript, built.transcript_ids[0]).version = 2
        session.flush()
        assert whole_queue(session, built) == built.passage_ids[6:]


def test_another_studys_passages_never_wait_here(store: Store) -> None:
    with store.writing() as session:
        here, there = build_study(session, "Here"), build_study(session, "There")
        here.users = there.users
        assert set(whole_queue(session, here)) <= set(here.passage_ids)
        assert so_far(session, there).reviewed == 0


def test_narrowed_to_a_code_what_is_likely_comes_before_what_a_theme_holds(
    store: Store,
) -> None:
    with store.writing() as session:
        built = build_study(session)
        suggest(session, built, 3, "leadership", 0.95, "candidate theme")
        suggest(session, built, 6, "leadership", 0.4)
        narrowed = Filters(code=built.codes["leadership"])
        first = waiting(session, built, narrowed)
        assert first is not None
        assert first.passage_id == built.passage_ids[6]
        assert first.why == "The strongest suggestion still waiting: Leadership."
        review(session, built, first.passage_id)
        then = waiting(session, built, narrowed)
        assert then is not None
        assert then.passage_id == built.passage_ids[3]
        assert then.why == "It belongs to a candidate theme under the code Leadership."
        (report,) = [
            (one["score"], one["source"])
            for one in suggestions_report(session, built.study_id)["suggestions"]
            if one["passage"]["passage"] == built.passage_ids[3]
        ]
        assert report == (None, "candidate theme")
