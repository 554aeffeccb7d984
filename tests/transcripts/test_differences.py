from hypothesis import given
from hypothesis import strategies as st

from transcripts.differences import Change, changes, differences


def marked(change: Change) -> tuple[list[str], list[str]]:
    """The words that are marked on either side."""
    before = [piece.text.strip() for piece in change.before if piece.changed]
    return before, [piece.text.strip() for piece in change.now if piece.changed]


def test_words_that_differ_are_marked_and_no_others():
    told = differences("I get a whole hour with mum.", "I get half an hour with mum now.")
    assert marked(told) == (["a whole", "mum."], ["half an", "mum now."])


def test_what_is_only_there_or_only_here_is_marked_on_its_side():
    assert marked(differences("", "All of it.")) == ([], ["All of it."])
    assert marked(differences("All of it.", "")) == (["All of it."], [])
    assert differences("", "") == Change((), ())


def test_what_stands_in_brackets_is_marked_as_one():
    told = differences("He left the school, they said.", "[off the record], they said.")
    assert marked(told) == (["He left the school,"], ["[off the record],"])


def test_only_lines_that_differ_are_told():
    old = "P1: One.\n\nP2: Two.\n\nP1: Three.\n\nP2: Four."
    new = "P1: One.\n\nP2: Two!\n\nP1: Three.\n\nP2: Four.\n\nP1: Five."
    assert [marked(one) for one in changes(old, new)] == [
        (["Two."], ["Two!"]),
        ([], ["P1: Five."]),
    ]
    assert changes(old, old) == []


words = st.lists(st.sampled_from(["a", "b", " ", "\n", "\n\n", "hour.", "é😀"]), max_size=30)
texts = words.map("".join)


@given(texts, texts)
def test_joined_the_pieces_are_the_texts(old, new):
    told = differences(old, new)
    assert "".join(piece.text for piece in told.before) == old
    assert "".join(piece.text for piece in told.now) == new
    kept = [
        "".join(p.text for p in side if not p.changed).split() for side in (told.before, told.now)
    ]
    assert kept[0] == kept[1]
