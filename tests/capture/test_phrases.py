from capture.theming.phrases import Nouns, Spelling, phrases_of
from capture.theming.words import carries_content


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


def test_nouns_are_told_by_the_words_around_them():
    nouns = Nouns(
        [
            "It was lovely, the caseload is what the team drove.",
            "Ask the team.",
            "A reflective group.",
        ]
    )
    assert nouns.is_noun_phrase("caseload")
    assert nouns.is_noun_phrase("reflective group")
    for other in ("lovely", "drove", "thirteen", "reflective"):
        assert not nouns.is_noun_phrase(other)


def test_where_no_english_is_spoken_every_word_may_name_a_theme():
    assert Nouns(["Die Finanzierung endet im Frühjahr"]).is_noun_phrase("finanzierung")


def test_a_murmur_carries_no_content_but_an_unspaced_script_does():
    assert not carries_content("Yeah, no, I know what you mean.")
    assert carries_content("Supervision every fortnight.")
    assert carries_content("我们每个星期都和家庭见面")
