import pytest

from codebook.sharing import Release, Voice, release

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
