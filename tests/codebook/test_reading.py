from hypothesis import given
from hypothesis import strategies as st

from capture.transcript_view import SaidSegment, SaidTurn
from codebook.margin import Note
from codebook.reading import lay_out

TEXT = "A: one two three\nB: four 😀 five\nC: six"
TURNS = (
    SaidTurn(
        1, 0, 3, 16, None, None, None, (SaidSegment(11, 3, 10, None), SaidSegment(12, 11, 16, None))
    ),
    SaidTurn(2, 1, 20, 31, None, None, None, (SaidSegment(13, 20, 31, None),)),
    SaidTurn(3, 2, 35, 38, None, None, None, ()),
)


def words(laid):
    return ["".join(run.text for s in one.stretches for run in s.runs) for one in laid]


def under(laid, passage_id):
    return [
        run.text
        for one in laid
        for stretch in one.stretches
        for run in stretch.runs
        if passage_id in run.passages
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(
            lambda span: span[0] < span[1]
        ),
        max_size=8,
    )
)
def test_however_passages_overlap_each_turn_reads_as_it_was_said(spans):
    notes = [Note(100 + n, start, end, "coding") for n, (start, end) in enumerate(spans)]
    laid = lay_out(TEXT, TURNS, notes)
    assert words(laid) == ["one two three", "four 😀 five", "six"]
    for note in notes:
        shown = "".join(under(laid, note.passage_id))
        said = "".join(TEXT[max(t.start, note.start) : min(t.end, note.end)] for t in TURNS)
        assert shown == said


def test_a_passage_across_turns_is_marked_in_both_and_noted_where_it_begins():
    note = Note(50, 11, 24, "coding")
    laid = lay_out(TEXT, TURNS, [note])
    assert [one.notes for one in laid] == [(note,), (), ()]
    assert under(laid, 50) == ["three", "four"]


def test_a_note_whose_turn_is_not_shown_is_not_shown_elsewhere():
    note = Note(50, 11, 24, "coding")
    (only,) = lay_out(TEXT, TURNS[1:2], [note])
    assert only.notes == ()
    assert under([only], 50) == ["four"]


def test_a_passage_that_begins_in_a_label_is_noted_at_the_turn_it_leads_to():
    note = Note(50, 17, 24, "coding")
    assert [one.notes for one in lay_out(TEXT, TURNS, [note])] == [(), (note,), ()]


def test_peoples_passages_say_where_they_begin_and_segments_need_not():
    laid = lay_out(TEXT, TURNS, [Note(11, 3, 10, "suggestion"), Note(50, 7, 16, "coding")])
    begins = [run.begins for s in laid[0].stretches for run in s.runs]
    assert begins == [(), (50,), (), ()]
