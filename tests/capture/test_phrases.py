from capture.phrases import Spelling, phrases_of
from capture.words import carries_content


def test_phrases_hold_whole_words_and_no_filler():
    found = phrases_of(
        "You know, it's sort of a lack of time, I don't think we've reflective space."
    )
    assert "lack of time" in found
    assert "reflective space" in found
    assert not {"know", "sort", "sort of", "don", "ve", "time reflective"} & set(found)


def test_phrases_do_not_run_across_a_pause():
    assert "supervision funding" not in phrases_of("We had supervision. Funding ended.")


def test_names_are_known_by_their_capitals_and_acronyms_keep_theirs():
    spelling = Spelling(
        ["Then Mr. Wagantall rang, and Sarah came.", "We told Sarah about the NHS grant."]
    )
    assert spelling.is_name("sarah")
    assert spelling.is_name("wagantall")
    assert not spelling.is_name("grant")
    assert spelling.written("nhs grant") == "NHS grant"


def test_a_murmur_carries_no_content_but_an_unspaced_script_does():
    assert not carries_content("Yeah, no, I know what you mean.")
    assert carries_content("Supervision every fortnight.")
    assert carries_content("我们每个星期都和家庭见面")
