import pytest
from sqlalchemy import select

from capture.models import Appearance, Participant, Transcript


@pytest.fixture
def form(built):
    return f"/studies/{built.study_id}/transcripts/{built.transcript_ids[0]}/speakers"


@pytest.fixture
def ids(service, built):
    with service.store.reading() as session:
        rows = session.scalars(
            select(Appearance).where(Appearance.transcript_id == built.transcript_ids[0])
        )
        return {row.label: row.id for row in rows}


def typed(ids, **changes):
    fields = {"name": "Focus group 1", "kind": "focus group", "record": "verbatim"}
    for label, n in ids.items():
        fields |= {f"participant-{n}": "", f"role-{n}": "", f"place-{n}": ""}
        fields[f"scope-{n}"] = "analysis only"
        fields[f"audience-{n}"] = "inside the programme"
        if label == "Facilitator":
            fields[f"facilitator-{n}"] = "yes"
    return fields | changes


def row(service, appearance_id):
    with service.store.reading() as session:
        return session.get_one(Appearance, appearance_id)


def test_the_form_shows_what_is_known(as_role, form):
    shown = as_role("researcher").get(form).text
    assert "Family practitioner" in shown
    assert 'value="P1" list="pseudonyms"' in shown


def test_what_is_typed_is_stored_and_said(service, as_role, form, ids, built):
    p2 = ids["P2"]
    changes = {
        f"participant-{p2}": "Ash",
        f"role-{p2}": "Team manager",
        f"place-{p2}": "Quernley",
        f"scope-{p2}": "quote with role",
        "kind": "interview",
        "held_on": "2021-03-15",
        "wave": "3",
        "place": "Quernley",
    }
    answer = as_role("researcher").post(form, data=typed(ids, **changes))
    assert answer.status_code == 303
    stored = row(service, p2)
    assert (stored.role, stored.place, stored.scope) == (
        "Team manager",
        "Quernley",
        "quote with role",
    )
    with service.store.reading() as session:
        assert session.get_one(Participant, stored.participant_id).pseudonym == "Ash"
        transcript = session.get_one(Transcript, built.transcript_ids[0])
        assert (transcript.kind, transcript.wave) == ("interview", 3)


def test_how_far_words_may_travel_is_stored_for_one_and_for_all(service, as_role, form, ids):
    assert f'name="seen-audience-{ids["P1"]}" value="inside the programme"' in (
        as_role("researcher").get(form).text
    )
    as_role("researcher").post(form, data=typed(ids, **{f"audience-{ids['P1']}": "public"}))
    assert [row(service, ids[who]).audience for who in ("P1", "P2")] == [
        "public", "inside the programme",
    ]  # fmt: skip
    as_role("researcher").post(form, data=typed(ids, **{"audience-all": "public"}))
    assert [row(service, ids[who]).audience for who in ("P1", "P2", "Facilitator")] == [
        "public", "public", "inside the programme",
    ]  # fmt: skip


def test_a_page_that_stood_open_does_not_send_words_further(service, as_role, form, ids):
    p1 = ids["P1"]
    with service.store.writing() as session:
        session.get_one(Appearance, p1).audience = "public"
    late = typed(ids) | {f"seen-audience-{p1}": "inside the programme"}
    answer = as_role("researcher").post(form, data=late)
    assert answer.status_code == 409
    assert "P1 (now: quote with role, public)" in answer.text


def test_further_labels_of_a_speaker_are_shown(service, as_role, form, ids):
    with service.store.writing() as session:
        session.get_one(Appearance, ids["P1"]).also_called = ["Practitioner 1"]
    assert "also written Practitioner 1" in as_role("researcher").get(form).text


def test_one_scope_can_be_given_to_all_who_do_not_ask(service, as_role, form, ids):
    fields = typed(ids, **{"scope-all": "quote unattributed"})
    as_role("researcher").post(form, data=fields)
    assert row(service, ids["P1"]).scope == "quote unattributed"
    assert row(service, ids["P3"]).scope == "quote unattributed"
    assert row(service, ids["Facilitator"]).scope == "analysis only"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "The transcript has no name"),
        ("wave", "second", "“second” is not a wave"),
        ("held_on", "15/03/2021", "“15/03/2021” is not a day"),
        ("scope-all", "public", "is not a sharing scope"),
        ("audience-all", "everyone", "“everyone” is not a known audience"),
        ("role-P1", "x" * 200, "P1: the role has 200 characters"),
    ],
)
def test_what_will_not_do_is_said_and_what_was_typed_stays(
    service, as_role, form, ids, field, value, said
):
    field = field.replace("P1", str(ids["P1"]))
    fields = typed(ids, **{f"role-{ids['P2']}": "Typed just now"}) | {field: value}
    answer = as_role("researcher").post(form, data=fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Nothing was changed" in answer.text
    assert "Typed just now" in answer.text
    assert row(service, ids["P2"]).role == "Social worker"


def test_a_speaker_the_form_does_not_mention_stays_as_they_are(service, as_role, form, ids):
    fields = {k: v for k, v in typed(ids).items() if not k.endswith(f"-{ids['P1']}")}
    assert as_role("researcher").post(form, data=fields).status_code == 303
    assert row(service, ids["P1"]).scope == "quote with role"


def test_a_page_that_stood_open_does_not_undo_a_withdrawal(service, as_role, form, ids):
    p1 = ids["P1"]
    assert f'name="seen-scope-{p1}" value="quote with role"' in as_role("researcher").get(form).text
    with service.store.writing() as session:
        session.get_one(Appearance, p1).scope = "withdrawn"
    late = typed(ids) | {f"seen-scope-{p1}": "quote with role", f"scope-{p1}": "quote with role"}
    answer = as_role("researcher").post(form, data=late)
    assert answer.status_code == 409
    assert "A colleague changed what was agreed" in answer.text
    assert "P1 (now: withdrawn, inside the programme)" in answer.text
    assert row(service, p1).scope == "withdrawn"
    assert f'name="seen-scope-{p1}" value="withdrawn"' in answer.text


def test_a_page_that_stood_open_does_not_make_a_facilitator_quotable(service, as_role, form, ids):
    p1 = ids["P1"]
    seen = f'name="seen-facilitator-{p1}" value=""'
    assert seen in as_role("researcher").get(form).text
    with service.store.writing() as session:
        session.get_one(Appearance, p1).facilitator = True
    answer = as_role("researcher").post(form, data=typed(ids) | {f"seen-facilitator-{p1}": ""})
    assert answer.status_code == 409
    assert row(service, p1).facilitator
    assert f'name="seen-facilitator-{p1}" value="yes"' in answer.text


def test_coders_do_not_change_who_spoke(as_role, form, ids):
    assert as_role("coder").get(form).status_code == 403
    assert as_role("coder").post(form, data=typed(ids)).status_code == 403


def test_the_form_of_another_studys_transcript_is_not_there(service, as_role, built):
    other = service.study("Another study")
    theirs = f"/studies/{built.study_id}/transcripts/{other.transcript_ids[0]}/speakers"
    assert as_role("researcher").get(theirs).status_code == 404
    assert as_role("researcher").post(theirs, data={"name": "Mine"}).status_code == 404
