"""Web pages: tags in any order around words, and pages that break off anywhere."""

from hypothesis import strategies as st

from tests.transcripts.fuzz.making import SPEECH, TEXT, Made, sometimes_broken

TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<br/>", "<table>", "</table>", "<tr>", "<td>", "</td>",
     "<li>", "<b>", "</b>", "<pre>", "</pre>", "<nav>", "</nav>", "<s>", "</s>", "<h1>", "</h2>",
     "<script>", "</script>", "<title>", "</title>", "<svg>", "</svg>", "<svg/>", "<!-- x -->", "&amp;",
     "<template>", "</template>", "<textarea>", "</textarea>", "<img alt='a b'>", "<my-tag>", "&nbsp;",
     "<ruby>", "<rt>", "</ruby>", "<style>", "</style>", "</body>", "<p class=\"x\">", "&#8217;"]
)  # fmt: skip
ODD = st.sampled_from(
    ["<!--", "-->", "<![CDATA[", "]]>", "<?x ", ">", "</", "<", "<a href='", "<a b=", "&#x0;", "&#", "\"",
     "&#99999999999;", "<p", "<!", "<!DOCTYPE", "</script", "<a b c=d/e>", "'", "=", "&notin", "\x0c"]
)  # fmt: skip


@st.composite
def _sound(draw: st.DrawFn) -> Made:
    """Words between whole tags."""
    pairs = draw(st.lists(st.tuples(TAGS, SPEECH), max_size=14))
    page = "<p>Asha: start</p>" + "".join(f"{tag}{words} " for tag, words in pairs)
    return Made(page.encode(), " ".join(words for _, words in pairs))


_ODD = st.lists(st.one_of(TAGS, ODD, SPEECH, TEXT), max_size=20).map(
    lambda pieces: Made("".join(pieces).encode())
)
HTML = sometimes_broken(st.one_of(_sound(), _ODD))
