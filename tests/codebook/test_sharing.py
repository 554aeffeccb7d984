import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.sharing import INSIDE, PUBLIC, Release, Voice, release

WITH_ROLE = Voice("quote with role", facilitator=False)
UNATTRIBUTED = Voice("quote unattributed", facilitator=False)
ANALYSIS = Voice("analysis only", facilitator=False)
WITHDRAWN = Voice("withdrawn", facilitator=False)
FACILITATOR = Voice("quote with role", facilitator=True)


def test_words_go_by_what_was_agreed() -> None:
    assert release([WITH_ROLE], "verbatim") == Release(attribution="with role")
    assert release([UNATTRIBUTED], "verbatim") == Release(attribution="unattributed")
    assert release([ANALYSIS], "verbatim") == Release(held="for analysis only")
    assert release([WITHDRAWN], "verbatim") == Release(held="withdrawn")


@pytest.mark.parametrize("other", [UNATTRIBUTED, ANALYSIS, WITHDRAWN])
def test_an_exchange_goes_by_the_strictest_agreement_in_any_order(other: Voice) -> None:
    alone = release([other], "verbatim")
    assert release([WITH_ROLE, other], "verbatim") == alone
    assert release([other, WITH_ROLE], "verbatim") == alone


def test_a_facilitator_is_never_quoted_not_even_beside_others() -> None:
    assert release([WITH_ROLE, FACILITATOR], "verbatim").held == "a facilitator's words"


def test_notes_are_nobodys_words() -> None:
    assert release([WITH_ROLE], "notes").held == "notes, not anyone's words"


def test_a_withdrawal_comes_before_every_other_reason() -> None:
    assert release([WITHDRAWN, FACILITATOR], "notes").held == "withdrawn"


def test_words_without_a_speaker_are_held_back() -> None:
    assert release([], "verbatim").held == "nobody is named as the speaker"


def test_a_scope_we_dont_know_releases_nothing() -> None:
    assert release([Voice("sure, why not", facilitator=False)], "verbatim").attribution is None


def test_labels_among_the_words_need_everyones_role_to_be_open() -> None:
    assert release([WITH_ROLE], "verbatim", "labels").attribution == "with role"
    held = release([WITH_ROLE, UNATTRIBUTED], "verbatim", "labels").held
    assert held == "names or headings among the words"


def test_text_that_nobody_said_is_never_quoted() -> None:
    assert release([WITH_ROLE], "verbatim", "more").held == "names or headings among the words"


def heard(*audiences: str, scope: str = "quote with role") -> list[Voice]:
    return [Voice(scope, facilitator=False, audience=one) for one in audiences]


def test_words_travel_no_further_than_was_agreed() -> None:
    assert release(heard(PUBLIC), "verbatim", audience=PUBLIC) == Release(
        attribution="with role", travels=PUBLIC
    )
    held = release(heard(INSIDE), "verbatim", audience=PUBLIC)
    assert held == Release(held="agreed only inside the programme")
    assert release(heard(INSIDE), "verbatim").attribution == "with role"


@pytest.mark.parametrize("voices", [heard(PUBLIC, INSIDE), heard(INSIDE, PUBLIC)])
def test_an_exchange_travels_as_far_as_the_narrowest_agreement_in_it(voices: list[Voice]) -> None:
    assert release(voices, "verbatim", audience=PUBLIC).held == "agreed only inside the programme"
    assert release(voices, "verbatim").travels == INSIDE


def test_nobody_has_agreed_to_the_public_without_saying_so() -> None:
    for audience in ("", "everyone", "Public"):
        assert release(heard(audience), "verbatim", audience=PUBLIC).attribution is None
    assert release([WITH_ROLE], "verbatim", audience=PUBLIC).attribution is None


def test_what_may_be_said_of_whoever_spoke_is_decided_by_the_scope_alone() -> None:
    voices = heard(PUBLIC, scope="quote unattributed")
    assert release(voices, "verbatim", audience=PUBLIC).attribution == "unattributed"
    for scope, reason in (("analysis only", "for analysis only"), ("withdrawn", "withdrawn")):
        assert release(heard(PUBLIC, scope=scope), "verbatim", audience=PUBLIC).held == reason


@given(
    st.lists(
        st.builds(
            Voice,
            st.sampled_from([*("quote with role", "quote unattributed"), "analysis only", "?"]),
            st.booleans(),
            st.sampled_from([INSIDE, PUBLIC, "?"]),
        ),
        max_size=4,
    ),
    st.sampled_from(["verbatim", "notes"]),
    st.sampled_from(["nothing", "labels", "more"]),
)
def test_what_the_public_may_read_the_programme_may_read_too(voices, record, beside) -> None:
    outside = release(voices, record, beside, audience=PUBLIC)
    inside = release(voices, record, beside)
    if outside.attribution is not None:
        assert inside == outside
        assert all(voice.audience == PUBLIC for voice in voices)
    elif inside.attribution is not None:
        assert inside.travels == INSIDE
