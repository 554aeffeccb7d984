from hypothesis import given
from hypothesis import strategies as st

from transcripts.readers import read
from transcripts.rewriting import Edit, rewritten
from transcripts.turns import Reading, Turn

TALK = """A heading

[00:12] P1: We used to knock and go.

Practitioner 2: Well, for us it went the other way.

P1: True."""
LABELS = {"P1": ("P1",), "P2": ("P2", "Practitioner 2"), "Asha": ("Asha",)}


def turn(speaker: str, words: str, text: str = TALK) -> Turn:
    start = text.index(words)
    return Turn(speaker, start, start + len(words), starts_at=12.0)


READING = Reading(
    "talk.txt",
    TALK,
    (
        turn("P1", "We used to knock and go."),
        turn("P2", "Well, for us it went the other way."),
        turn("P1", "True."),
    ),
)


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(one.speaker, reading.text[one.start : one.end]) for one in reading.turns]


def edited(**edits: Edit) -> Reading:
    return rewritten(READING, {int(key[1:]): edit for key, edit in edits.items()}, LABELS)


def test_words_are_put_in_their_place_and_all_else_stays():
    new = edited(t1=Edit("P2", "Well, for me it went the other way."))
    assert new.text == TALK.replace("for us", "for me")
    assert said(new)[1] == ("P2", "Well, for me it went the other way.")
    assert new.turns[1].starts_at == 12.0


def test_another_speaker_is_written_in_the_label():
    assert "[00:12] Asha: We used" in edited(t0=Edit("Asha", "We used to knock and go.")).text
    new = edited(t1=Edit("P1", "Well, for us it went the other way."))
    assert "\n\nP1: Well" in new.text
    assert said(new)[1][0] == "P1"


def test_a_label_is_replaced_whole_whatever_letters_stand_before_it():
    text = "Straße und Maße, Groß\n\nAnna: hello there you.\n\nBen: hi."
    spoken = turn("Anna", "hello there you.", text), turn("Ben", "hi.", text)
    labels = {"Anna": ("Anna",), "Ben": ("Ben",)}
    reading = Reading("a.txt", text, spoken)
    other = rewritten(reading, {0: Edit("Ben", "hello there you.")}, labels)
    assert other.text == text.replace("Anna:", "Ben:")
    gone = rewritten(reading, {0: Edit("Anna", "")}, labels)
    assert gone.text == "Straße und Maße, Groß\n\nBen: hi."


def test_a_line_that_begins_with_a_known_label_splits_the_turn():
    new = edited(t0=Edit("P1", "We used to knock\r\npractitioner 2: and go.\nTo stay: never."))
    assert said(new)[:2] == [("P1", "We used to knock"), ("P2", "and go.\nTo stay: never.")]
    assert "[00:12] P1: We used to knock\n\nP2: and go." in new.text
    assert new.turns[1].starts_at is None


def test_a_turn_without_words_goes_with_its_label():
    new = edited(t1=Edit("P2", "  "))
    assert new.text == "A heading\n\n[00:12] P1: We used to knock and go.\n\nP1: True."
    assert [speaker for speaker, _ in said(new)] == ["P1", "P1"]


def test_a_text_without_labels_is_given_none_but_for_a_new_turn():
    reading = Reading("a.vtt", "One.\nTwo.", (Turn("P1", 0, 4), Turn("P2", 5, 9)))
    new = rewritten(reading, {0: Edit("P2", "One!"), 1: Edit("P1", "Two. Three.")}, LABELS)
    assert new.text == "One!\nTwo. Three."
    assert said(new) == [("P2", "One!"), ("P1", "Two. Three.")]
    split = rewritten(reading, {0: Edit("P1", "One.\nP2: And.")}, LABELS)
    assert split.text == "One.\n\nP2: And.\nTwo."


words = st.text("abc P1:\n[]…é😀", max_size=20)
speakers = st.sampled_from(["P1", "P2", None])


@given(st.dictionaries(st.integers(0, 2), st.builds(Edit, speakers, words), max_size=3))
def test_turns_always_stand_in_order_on_words_without_white_space_around(edits):
    new = rewritten(READING, edits, LABELS)
    at = 0
    for one in new.turns:
        assert at <= one.start < one.end <= len(new.text)
        spoken = new.text[one.start : one.end]
        assert spoken == spoken.strip()
        at = one.end
    untouched = [speech for at, speech in enumerate(said(READING)) if at not in edits]
    assert len([one for one in said(new) if one in untouched]) >= len(untouched)


def test_what_was_rewritten_is_read_again_as_the_same_turns():
    new = edited(t0=Edit("P1", "We used to knock.\nP2: And go."), t2=Edit("P1", ""))
    again = read("talk.txt", new.text.replace("[00:12] ", "").encode())
    assert [(s, w) for s, w in said(again)][:2] == said(new)[:2]
