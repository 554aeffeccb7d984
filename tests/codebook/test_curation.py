from dataclasses import replace

import pytest
from sqlalchemy import func, select

from capture.errors import Conflict, NotFound, Unfit
from capture.models import Act as ActRow
from capture.models import Code, CodebookVersion, Decision, Facet
from codebook.beginnings import begin
from codebook.book import Book, CodeEntry, curated_book
from codebook.book import Facet as FacetEntry
from codebook.book_changes import compare, facet_notes
from codebook.curation import (
    add_code,
    book_at,
    codebook_version,
    edit_code,
    find_code,
    install_book,
    load_book,
    restore_code,
    retire_code,
    versions,
)
from tests.builders import build_study

OWN = Book(
    "Our own",
    (FacetEntry("practice", "Practice"), FacetEntry("new", "New side", takes_stance=True)),
    (
        CodeEntry("relational", "Relationships", "practice", "How people get on."),
        CodeEntry("caseloads", "Time and Caseloads", "new", "Time there is.", parent=None),
        CodeEntry("waiting", "Waiting", "new", "Waiting for help.", parent="caseloads"),
    ),
)


def entry(name="Waiting lists", facet="conditions", **fields):
    return CodeEntry("", name, facet, fields.pop("definition", "People wait."), **fields)


def decide(session, built, code_ids):
    user, passage = built.users["coder"], built.passage_ids[1]
    act = ActRow(study_id=built.study_id, user_id=user, passage_id=passage)
    session.add(act)
    session.flush()
    for code_id in code_ids:
        session.add(
            Decision(
                act_id=act.id,
                passage_id=passage,
                code_id=code_id,
                user_id=user,
                verdict="confirm",
                codebook_version=1,
            )
        )
    session.flush()


def test_a_new_study_starts_with_the_curated_book(store):
    with store.writing() as session:
        study = begin(session, "New programme")
        assert load_book(session, study.id) == curated_book()
        assert codebook_version(session, study.id) == 1
        begin(session, "New programme")
        assert codebook_version(session, study.id) == 1


def test_replacing_a_book_keeps_the_codes_decisions_rest_on(store):
    with store.writing() as session:
        built = build_study(session)
        user = built.users["coder"]
        decide(session, built, built.codes.values())
        assert install_book(session, built.study_id, OWN, user_id=user) == 2
    with store.reading() as session:
        rows = {code.id: code for code in session.scalars(select(Code))}
        assert rows[built.codes["relational"]].name == "Relationships"  # by key
        assert rows[built.codes["time-and-caseloads"]].key == "caseloads"  # by name
        assert rows[built.codes["leadership"]].retired
        assert len(rows) == 4
        assert session.scalar(select(func.count()).select_from(Decision)) == 3
        assert load_book(session, built.study_id) == OWN


def test_a_key_counts_for_more_than_a_name(store):
    swapped = Book(
        "Swapped",
        (FacetEntry("practice", "Practice"),),
        (
            CodeEntry("other", "Relational", "practice", "One."),
            CodeEntry("relational", "Something", "practice", "Two."),
        ),
    )
    with store.writing() as session:
        built = build_study(session)
        install_book(session, built.study_id, swapped)
        assert session.get(Code, built.codes["relational"]).name == "Something"
        assert load_book(session, built.study_id) == swapped


def test_a_facet_left_behind_is_kept_for_its_retired_codes_but_not_shown(store):
    with store.writing() as session:
        built = build_study(session)
        install_book(session, built.study_id, OWN)
        assert [f.key for f in load_book(session, built.study_id).facets] == ["practice", "new"]
        assert session.scalar(select(func.count()).select_from(Facet)) == 3
        user = built.users["coder"]
        restore_code(session, built.study_id, built.codes["leadership"], user_id=user)
        book = load_book(session, built.study_id)
        assert [f.key for f in book.facets] == ["practice", "new", "conditions"]


def test_every_change_is_one_version_with_the_whole_book(store):
    with store.writing() as session:
        study = begin(session, "New programme")
        user = build_study(session).users["coder"]
        code = add_code(session, study.id, entry(), user_id=user)
        changed = replace(entry(), definition="People wait for months.")
        edit_code(session, study.id, code.id, changed, user_id=user)
        edit_code(session, study.id, code.id, changed, user_id=user)
        retire_code(session, study.id, code.id, user_id=user, why="nobody used it")
        told = [version.change for version in versions(session, study.id)]
        assert told == [
            "Retired “Waiting lists”: nobody used it.",
            "Changed “Waiting lists”: definition.",
            "Added the code “Waiting lists”.",
            "The study began with the curated codebook.",
        ]
        second = book_at(session, study.id, 2)[1]
        assert (
            next(c for c in second.codes if c.name == "Waiting lists").definition == "People wait."
        )
        assert book_at(session, study.id, 4)[1] == curated_book()
        row = session.scalar(select(CodebookVersion).where(CodebookVersion.number == 2))
        assert code.id in {c["id"] for c in row.snapshot["codes"]}


def test_a_code_without_name_definition_or_facet_is_refused_with_all_reasons(store):
    with store.writing() as session:
        built = build_study(session)
        with pytest.raises(Unfit, match=r"needs a name.*needs a definition.*facet"):
            add_code(
                session,
                built.study_id,
                CodeEntry("", " ", "nowhere", ""),
                user_id=built.users["coder"],
            )
        assert codebook_version(session, built.study_id) == 1


def test_two_codes_of_one_name_are_refused(store):
    with store.writing() as session:
        built = build_study(session)
        with pytest.raises(Conflict, match="Leadership"):
            add_code(session, built.study_id, entry(" leadership "), user_id=built.users["coder"])


def test_a_retired_codes_name_is_free_only_when_no_decision_rests_on_it(store):
    with store.writing() as session:
        built = build_study(session)
        user, retired = built.users["coder"], built.codes["leadership"]
        retire_code(session, built.study_id, retired, user_id=user)
        again = add_code(session, built.study_id, entry("Leadership"), user_id=user)
        assert (again.id, again.definition, again.retired) == (retired, "People wait.", False)
        retire_code(session, built.study_id, retired, user_id=user)
        decide(session, built, [retired])
        with pytest.raises(Conflict, match="retired"):
            add_code(session, built.study_id, entry("Leadership"), user_id=user)
        assert not restore_code(session, built.study_id, retired, user_id=user).retired


def test_a_code_stands_under_one_of_its_own_facet_and_never_under_itself(store):
    with store.writing() as session:
        built = build_study(session)
        user, codes = built.users["coder"], built.codes
        with pytest.raises(Unfit, match="same facet"):
            add_code(session, built.study_id, entry(parent="relational"), user_id=user)
        child = add_code(session, built.study_id, entry(parent="leadership"), user_id=user)
        _, parent = find_code(session, built.study_id, codes["leadership"])
        with pytest.raises(Unfit, match="under itself"):
            edit_code(
                session,
                built.study_id,
                codes["leadership"],
                replace(parent, parent=child.key),
                user_id=user,
            )
        with pytest.raises(Unfit, match="codes under it"):
            edit_code(
                session,
                built.study_id,
                codes["leadership"],
                replace(parent, facet="practice"),
                user_id=user,
            )


def test_codes_under_a_retired_one_move_up(store):
    with store.writing() as session:
        built = build_study(session)
        user = built.users["coder"]
        child = add_code(session, built.study_id, entry(parent="leadership"), user_id=user)
        retire_code(session, built.study_id, built.codes["leadership"], user_id=user)
        assert find_code(session, built.study_id, child.id)[1].parent is None
        with pytest.raises(NotFound):
            find_code(session, built.study_id, built.codes["leadership"])


def test_an_edit_over_someone_elses_change_of_the_same_code_is_refused(store):
    with store.writing() as session:
        built = build_study(session)
        user, code_id = built.users["coder"], built.codes["leadership"]
        install_book(session, built.study_id, load_book(session, built.study_id))
        _, before = find_code(session, built.study_id, code_id)
        other = replace(before, definition="Theirs.")
        edit_code(session, built.study_id, code_id, other, user_id=user, seen_version=2)
        mine = replace(before, definition="Mine.")
        with pytest.raises(Conflict, match="while you were writing"):
            edit_code(session, built.study_id, code_id, mine, user_id=user, seen_version=2)


def test_a_code_of_another_study_is_not_there(store):
    with store.writing() as session:
        one, other = build_study(session), build_study(session, "Another")
        with pytest.raises(NotFound):
            retire_code(session, one.study_id, other.codes["leadership"], user_id=1)


def test_what_a_new_book_would_change_is_told_before_it_is_accepted(store):
    with store.writing() as session:
        built = build_study(session)
        before = load_book(session, built.study_id)
        changes = compare(before, OWN)
        assert [code.name for code in changes.added] == ["Waiting"]
        assert [(c.before.name, c.after.name) for c in changes.changed] == [
            ("Relational", "Relationships"),
            ("Time and caseloads", "Time and Caseloads"),
        ]
        assert [code.name for code in changes.retired] == ["Leadership"]
        assert changes.sentence() == "Codes: 1 added, 2 changed, 1 retired."
        assert facet_notes(before, OWN) == ["No code would stand in “Conditions” any more."]
        stanceless = Book("", tuple(replace(f, takes_stance=False) for f in before.facets), ())
        assert facet_notes(before, stanceless) == [
            "Decisions in “Conditions” would no longer say enabler, barrier or tension."
        ]
        assert load_book(session, built.study_id) == before
        assert not compare(before, before)
