"""Turns as markup: whatever people said or are called, it is words and never markup."""

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from api.turn_markup import turns_markup
from capture.transcript_view import SaidSegment, SaidTurn, Speaker
from codebook.margin import Note
from codebook.reading import lay_out

HERE = "/studies/1/transcripts/2"
HOSTILE = """"><script>alert(1)</script>' onclick=x & &lt; <!-- ]]> \u202e{{ 7*7 }}"""
words = st.text(min_size=1, max_size=30).filter(lambda text: "\r" not in text and "\0" not in text)


class Page(HTMLParser):
    """What a browser would make of it: the elements, their attributes, and the words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: dict[str, str] = {}
        self._at = ""
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        kind = dict(attrs).get("class") or ""
        if tag in {"p", "ul"}:
            self._at = kind

    def handle_data(self, data: str) -> None:
        self.said[self._at] = self.said.get(self._at, "") + str(data)


def page(label: str, role: str, said: str, question: str, code: str, who: str) -> Page:
    """One turn, half of it coded, with a suggestion, a quote and a dispute, all of such words."""
    speaker = Speaker(3, label, role, None, "quote with role", False, None, "■", "public", ())
    segment = SaidSegment(11, 0, len(said), None)
    turn = SaidTurn(7, 0, 0, len(said), speaker, 65.0, question, (segment,))
    half = max(1, len(said) // 2)
    notes = [
        Note(11, 0, len(said), "suggestion", code=code, facet=who, score=0.5),
        Note(12, 0, half, "coding", (who,), code=code, facet=code, stances=(code,)),
        Note(13, 0, len(said), "quote", (who,)),
        Note(14, 0, half, "disputed", (who, label), code=code, facet=code),
    ]
    return Page(turns_markup(lay_out(said, [turn], notes), HERE))


@given(words, words, words, words, words, words)
@example(*[HOSTILE] * 6)
def test_whatever_is_said_is_words_and_nothing_else(label, role, said, question, code, who):
    there = page(label, role, said, question, code, who)
    assert there.said["words speech"] == said
    assert there.said["question"] == f"Asked: {question}"
    told = f" {role}" if role.lower() not in label.lower() else ""
    assert there.said["who"] == f"{label}{told} 01:05"
    assert there.said["notes"].count(code) >= 3
    assert [tag for tag, _ in there.tags].count("article") == 1
    known = {"article", "p", "span", "a", "ul", "li", "small", "b", "button"}
    assert {tag for tag, _ in there.tags} <= known
    names = {"class", "id", "aria-label", "dir", "href", "title", "form", "formaction"}
    asked = {name for _, attributes in there.tags for name in attributes}
    assert asked <= names | {"data-who", "data-at", "data-shape", "data-p"}
    assert there.tags[0][1]["aria-label"] == f"{label}, 01:05"


def test_a_turn_of_nobody_named_without_a_time_has_a_name_too():
    there = Page(
        turns_markup(lay_out("Hm.", [SaidTurn(7, 0, 0, 3, None, None, None, ())], []), HERE)
    )
    assert there.tags[0][1] == {"class": "turn", "id": "t7", "aria-label": "Nobody named"}
    assert there.said["who"] == "nobody named"


def test_a_passage_that_people_marked_can_be_led_to_and_a_segment_is_one_element():
    segment = SaidSegment(11, 0, 9, None)
    turn = SaidTurn(7, 0, 0, 9, None, None, None, (segment,))
    even = Page(turns_markup(lay_out("one two 3", [turn], [Note(11, 0, 9, "quote")]), HERE))
    assert [a for tag, a in even.tags if a.get("id") == "p11"] == [
        {"class": "segment run quote", "id": "p11"}
    ]
    part = Page(turns_markup(lay_out("one two 3", [turn], [Note(50, 4, 7, "coding")]), HERE))
    ids = [a["id"] for _, a in part.tags if "id" in a]
    assert ids == ["t7", "p11", "p50"]
    assert {"class": "run coding", "data-p": "50"} in [a for _, a in part.tags]
