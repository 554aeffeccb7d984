from time import process_time

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from capture.models import (
    Act,
    Appearance,
    AttributeValue,
    CandidateMember,
    Decision,
    Passage,
    StudyAttribute,
    ThemeCandidate,
    ThemePassage,
    Transcript,
    TranscriptVersion,
    Turn,
    now,
)
from capture.store import Store
from codebook.quotes import Filters, QuoteBank, choices, quote_bank
from tests.builders import Built, build_study
from tests.codebook.bank_study import (
    CASELOADS,
    HOUR,
    RANG,
    ROOM,
    act,
    add_passage,
    add_theme,
    choose,
    coded_study,
    confirm,
    stored,
)


def bank_of(session: Session, built: Built, filters: Filters | None = None) -> QuoteBank:
    return quote_bank(session, built.study_id, "A study", filters)


def texts(bank: QuoteBank) -> list[str]:
    return [quote.text for quote in bank.quotes]


def test_a_quote_is_the_stored_text_between_its_offsets_emoji_and_all(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        bank = bank_of(session, built)
        assert all(quote.text == stored(session, quote.passage_id) for quote in bank.quotes)
        emoji = [quote for quote in bank.quotes if "😀 she rang me" in quote.text]
        assert len(emoji) == 2
        version = session.scalars(select(TranscriptVersion)).first()
        assert version is not None
        assert version.text[emoji[0].start : emoji[0].end] == emoji[0].text


def test_only_words_that_may_be_quoted_are_in_the_bank(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        bank = bank_of(session, built)
        mine = {quote.passage_id for quote in bank.quotes}
        assert mine == {built.passage_ids[at] for at in (1, 2, 3, 6, 7, 8)}
        assert bank.held == {"a facilitator's words": 2, "withdrawn": 2}
        assert bank.held_sentence == (
            "4 passages were held back: 2 a facilitator's words; 2 withdrawn."
        )


def test_notes_and_unnamed_speakers_are_held_back_and_counted(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        session.get_one(Transcript, built.transcript_ids[0]).record = "notes"
        for turn in session.scalars(select(Turn).order_by(Turn.id.desc()).limit(5)):
            turn.appearance_id = None
        session.flush()
        bank = bank_of(session, built)
        assert bank.quotes == ()
        assert bank.held == {
            "notes, not anyone's words": 4,
            "withdrawn": 1,
            "nobody is named as the speaker": 5,
        }


def test_words_are_for_analysis_only_until_somebody_says_otherwise(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        for one in session.scalars(select(Appearance)):
            one.scope = "analysis only"
        session.flush()
        assert bank_of(session, built).quotes == ()
        assert bank_of(session, built).held["for analysis only"] == 8


def test_unattributed_quotes_say_nothing_of_who_spoke(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        attribute = StudyAttribute(study_id=built.study_id, name="innovation")
        session.add(attribute)
        session.flush()
        session.add(
            AttributeValue(
                attribute_id=attribute.id, transcript_id=built.transcript_ids[0], value="Way home"
            )
        )
        session.flush()
        bank = bank_of(session, built)
        hidden = [quote for quote in bank.quotes if quote.attribution == "unattributed"]
        assert [quote.text for quote in hidden] == [stored(session, built.passage_ids[2])] * 2
        for quote in hidden:
            assert quote.credit == "Someone who took part"
            assert quote.reference is None
            assert (quote.role, quote.place, quote.transcript, quote.file) == (None,) * 4
            assert (quote.start, quote.end, quote.version) == (None,) * 3
            assert quote.attributes == {}
        named = next(quote for quote in bank.quotes if quote.attribution == "with role")
        assert named.credit == "Family practitioner, Brookvale, wave 1"
        assert named.attributes == {"innovation": "Way home"}


def test_unattributed_quotes_dont_stand_where_their_neighbours_would_place_them(
    store: Store,
) -> None:
    with store.writing() as session:
        built = coded_study(session)
        kinds = [quote.attribution for quote in bank_of(session, built).quotes]
        assert kinds == ["with role"] * 4 + ["unattributed"] * 2


def test_filters_dont_find_unattributed_quotes_by_who_spoke(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        hidden_role = Filters(roles=frozenset({"Social worker"}))
        assert bank_of(session, built, hidden_role).quotes == ()
        there = bank_of(session, built, Filters(places=frozenset({"Brookvale"})))
        assert texts(there) == [stored(session, built.passage_ids[at]) for at in (HOUR, RANG)]
        offered = choices(bank_of(session, built))
        assert offered.roles == ("Family practitioner",)


def test_filters_by_who_spoke_leave_the_count_of_held_back_alone(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        asked = Filters(roles=frozenset({"Health visitor"}))
        assert bank_of(session, built, asked).held == bank_of(session, built).held


def test_filters_narrow_the_quotes_and_what_was_held_back(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        second = bank_of(session, built, Filters(waves=frozenset({2})))
        assert second.passages == 3
        assert second.held == {"a facilitator's words": 1, "withdrawn": 1}
        assert bank_of(session, built, Filters(kinds=frozenset({"survey"}))).held == {}


def test_what_coders_disagree_about_is_left_out_and_said(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, HOUR, "relational")
        act(session, built, HOUR, "relational", "reject", by="researcher")
        bank = bank_of(session, built)
        assert bank.quotes == ()
        assert bank.disputed == 1
        assert "1 passage is left out where coders disagree" in bank.held_sentence


def test_an_exchange_with_labels_in_it_is_not_quoted_unattributed(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, add_passage(session, built, HOUR, CASELOADS), "relational")
        bank = bank_of(session, built)
        assert bank.quotes == ()
        assert bank.held == {"names or headings among the words": 1}


def test_an_exchange_of_people_quoted_with_role_names_both_roles(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        for one in session.scalars(select(Appearance).where(Appearance.label == "P2")):
            one.scope = "quote with role"
        at = add_passage(session, built, HOUR, CASELOADS)
        confirm(session, built, at, "relational")
        (quote,) = bank_of(session, built).quotes
        assert quote.role == "Family practitioner and Social worker"
        assert quote.text == stored(session, built.passage_ids[at])


def test_an_exchange_takes_the_strictest_scope(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, add_passage(session, built, RANG, ROOM), "relational")
        assert bank_of(session, built).held == {"withdrawn": 1}


def test_a_passage_stands_under_every_theme_its_code_counts_for(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, HOUR, "relational")
        add_theme(session, built, "First", "relational")
        add_theme(session, built, "Second", "relational")
        bank = bank_of(session, built)
        assert [quote.theme for quote in bank.quotes] == ["First", "Second"]
        assert bank.passages == 1


def test_a_passage_under_a_theme_needs_no_code_but_passes_the_gate(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        theme = add_theme(session, built, "Time with families")
        for at in (HOUR, ROOM):
            session.add(ThemePassage(theme_id=theme.id, passage_id=built.passage_ids[at]))
        session.flush()
        bank = bank_of(session, built)
        assert [(quote.theme, quote.code_id) for quote in bank.quotes] == [(theme.name, None)]
        assert bank.held == {"withdrawn": 1}


def test_a_coded_passage_can_speak_against_a_theme(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        theme_id = bank_of(session, built).themes[0].id
        session.add(
            ThemePassage(theme_id=theme_id, passage_id=built.passage_ids[HOUR], against=True)
        )
        session.flush()
        bank = bank_of(session, built)
        against = [quote for quote in bank.quotes if quote.against]
        assert [quote.passage_id for quote in against] == [built.passage_ids[HOUR]]
        assert against[0].code_id is not None
        assert bank.quotes[-1] == against[0]
        assert (bank.themes[0].quotes, bank.themes[0].against) == (5, 1)


def test_a_candidate_brings_only_passages_that_a_person_chose(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        theme = add_theme(session, built, "Time with families")
        session.add(ThemeCandidate(theme_id=theme.id, candidate_id=built.candidate_ids[0]))
        session.flush()
        assert bank_of(session, built).quotes == ()
        members = session.scalars(select(CandidateMember.passage_id)).all()
        assert built.passage_ids[HOUR] in members
        choose(session, built, HOUR)
        (quote,) = bank_of(session, built).quotes
        assert (quote.theme, quote.chosen_by) == ("Time with families", "Researcher")


def test_a_chosen_passage_without_code_or_theme_is_in_the_bank(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        choose(session, built, HOUR)
        choose(session, built, ROOM)
        bank = bank_of(session, built, Filters(chosen_only=True))
        assert [(quote.theme_id, quote.chosen) for quote in bank.quotes] == [(None, True)]
        assert bank.held == {"withdrawn": 1}


def test_the_warrant_counts_people_once_and_only_places_that_may_be_named(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        warrant = bank_of(session, built).quotes[0].warrant
        # P1 is one participant in both groups; P2 was never mapped, so it is two people.
        assert (warrant.people, warrant.places) == (3, 2)
        assert warrant.sentence == "3 people in 2 places are coded the same"
        line = bank_of(session, built).themes[0]
        assert (line.people, line.places, line.quotes) == (3, 2, 6)


def test_opposite_stances_dont_say_the_same(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, HOUR, "leadership", stance="enabler")
        confirm(session, built, CASELOADS, "leadership", stance="barrier")
        bank = bank_of(session, built)
        assert [quote.warrant.people for quote in bank.quotes] == [1, 1]
        assert bank.quotes[0].warrant.sentence == ""


def test_who_confirmed_is_told(store: Store) -> None:
    with store.writing() as session:
        built = build_study(session)
        confirm(session, built, HOUR, "relational")
        confirm(session, built, HOUR, "relational", by="researcher")
        (quote,) = bank_of(session, built).quotes
        assert quote.confirmed_by == ("Researcher", "Coder")
        assert quote.agreed == "confirmed by two coders"
        assert quote.confirmed_at is not None


def test_another_study_s_words_are_not_in_the_bank(store: Store) -> None:
    with store.writing() as session:
        mine, other = build_study(session), coded_study_named(session, "Elsewhere")
        assert bank_of(session, mine).quotes == ()
        assert bank_of(session, other).passages == 1


def coded_study_named(session: Session, name: str) -> Built:
    built = build_study(session, name)
    confirm(session, built, HOUR, "relational")
    return built


def test_the_same_record_gives_the_same_bank(store: Store) -> None:
    with store.writing() as session:
        built = coded_study(session)
        assert bank_of(session, built) == bank_of(session, built)


@pytest.mark.parametrize("turns", [13_000])
def test_a_large_study_s_bank_is_there_while_one_waits(store: Store, turns: int) -> None:
    with store.writing() as session:
        built = build_study(session)
        large_transcript(session, built, turns)
    with store.reading() as session:
        bank_of(session, built)
        begun = process_time()
        bank = bank_of(session, built)
        took = process_time() - begun
    assert bank.passages == 3_000
    assert took < 2.0, f"{took:.2f} s"


def large_transcript(session: Session, built: Built, turns: int) -> None:
    said = "We had the hour, and she told me in her own words what she wanted from it."
    version = TranscriptVersion(
        transcript_id=built.transcript_ids[0], number=2, text=(said + "\n") * turns, text_sha256="-"
    )
    session.add(version)
    session.get_one(Transcript, built.transcript_ids[0]).version = 2
    session.flush()
    speaker = session.scalars(select(Appearance.id).where(Appearance.label == "P1")).first()
    step = len(said) + 1
    spans = [
        {"version_id": version.id, "start": at * step, "end": at * step + len(said)}
        for at in range(turns)
    ]
    session.execute(
        insert(Turn),
        [{**s, "position": at, "appearance_id": speaker} for at, s in enumerate(spans)],
    )
    ids = session.scalars(
        insert(Passage).returning(Passage.id), [{**s, "created_at": now()} for s in spans]
    ).all()
    one = Act(study_id=built.study_id, user_id=built.users["coder"], passage_id=ids[0])
    session.add(one)
    session.flush()
    facts = {"act_id": one.id, "user_id": one.user_id, "verdict": "confirm", "codebook_version": 1}
    facts |= {"code_id": built.codes["relational"], "created_at": now(), "shown": []}
    session.execute(insert(Decision), [{**facts, "passage_id": each} for each in ids[:3_000]])
