"""Web pages, after the HTML Living Standard."""

from tests.transcripts.places.place import WORD, Place

TALK = "<p>Asha: Hello there.</p>"
BLOCKS = (
    "p div section article main aside header footer address blockquote center dd dt dl li ul ol "
    "menu figure figcaption fieldset form details summary dialog hgroup search pre td th option"
)
INLINE = (
    "a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark meter output progress q "
    "samp small span strong sub sup time tt u var ruby rb rt slot video audio canvas math mi"
)
SPOKEN = {
    **{f"in <{tag}>": f"<{tag}>{WORD}</{tag}>" for tag in BLOCKS.split()},
    **{f"in <{tag}>": f"<p>before <{tag}>{WORD}</{tag}> after" for tag in INLINE.split()},
    "loose": WORD,
    "after a line break": f"<p>Hm<br>{WORD}",
    "after a picture": f"<p><img src=x>{WORD}",
    "a word parted by tags": f"<p>{WORD[:3]}<b>{WORD[3:6]}</b><i>{WORD[6:]}</i>",
    "a word that may break": f"<p>{WORD[:3]}<wbr>{WORD[3:]}",
    "a table in a table": f"<table><tr><td><table><tr><td>{WORD}</table></table>",
    "a cell never closed": f"<table><tr><td>{WORD}",
    "letters by their numbers": "<p>" + "".join(f"&#{ord(letter)};" for letter in WORD),
    "letters by hexadecimal numbers": "<p>" + "".join(f"&#x{ord(letter):x};" for letter in WORD),
    "after a reference without an end": f"<p>fish &amp {WORD}",
    "after a sign that is no tag": f"<p>a < b {WORD}",
    "after an end tag of nothing": f"<p>x</nothing>{WORD}",
    "before a tag that breaks off": f"<p>{WORD}<a href=",
    "inside a tag that breaks off": f"<p>x <a {WORD}",
    "after the page's end": f"</body></html>{WORD}",
    "an element of somebody's own": f"<my-words>{WORD}</my-words>",
    "an element of Word's": f"<p><o:p>{WORD}</o:p>",
    "hidden by an attribute": f"<div hidden>{WORD}</div>",
    "text without tags": f"<xmp>{WORD}</xmp>",
    "for browsers without frames": f"<noframes>{WORD}</noframes>",
}  # fmt: skip
TOLD = {
    **{f"in <{tag}>": f"<{tag}>{WORD}</{tag}>" for tag in
       ["h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "title", "script", "style", "template", "noscript", "del", "s", "strike", "nav", "iframe", "textarea", "button", "object"]},
    "in a drawing": f"<svg><text>{WORD}</text></svg>",
    "in a drawing's title": f"<svg><title>{WORD}</title></svg>",
    "in a script that never ends": f"<script>{WORD}",
    "a comment": f"<!-- {WORD} -->",
    "a comment that never ends": f"<!-- {WORD}",
    "a broken comment": f"<!{WORD}>",
    "an instruction": f"<?{WORD}?>",
    "an end tag that is none": f"</ {WORD}>",
    "a CDATA section": f"<p><![CDATA[{WORD}]]>",
    "about the page": f"<meta name=description content={WORD}>",
    "a page in the page": f"<iframe srcdoc='{WORD}'></iframe>",
    "a tag that no browser knows": f"<p>yes <{WORD}> no",
    "words in a tag that no browser knows": f"<p>yes <laughs {WORD}> no",
    **{f"in the attribute {key}": f"<p><input {key}='{WORD}'>" for key in
       ["alt", "placeholder", "aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title", "value", "summary", "label", "abbr"]},
}  # fmt: skip
PLACES = [
    *(Place(name, "talk.html", (TALK + page).encode(), "turn") for name, page in SPOKEN.items()),
    *(Place(name, "talk.html", (TALK + page).encode(), "told") for name, page in TOLD.items()),
]
