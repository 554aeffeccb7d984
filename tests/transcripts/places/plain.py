"""Plain text, and Markdown after CommonMark 0.31."""

from tests.transcripts.places.place import WORD, Place

TALK = "Asha: Hello there.\n\n"
TXT = {
    "a paragraph": TALK + WORD,
    "after a label": f"{TALK}Tom: {WORD}",
    "below a label": f"{TALK}Tom:\n{WORD}",
    "a second line": f"{TALK}Tom: yes\n{WORD}",
    "after a colon in speech": f"{TALK}At 10:30 we met the team: {WORD}",
    "after a time": f"[00:01] Asha: Hello.\n[00:09] {WORD}",
    "before anyone speaks": f"It begins late, and people talk: {WORD}.\n\n{TALK}Tom: Yes.",
    "after a form feed": f"{TALK}Tom: a\x0c{WORD}",
    "after a line separator": f"{TALK}Tom: a\u2028{WORD}",
    "after a byte order mark within": f"{TALK}Tom: a \ufeff{WORD}",
    "after a number at the line's start": f"1 Asha: Hello.\n2 Tom: {WORD}\n3 Asha: no\n",
}
TOLD = {
    "a heading": f"{WORD}\n\n{TALK}Tom: Yes.",
    "a line about the transcript": f"Date: {WORD}\n\n{TALK}Tom: Yes.",
}
MD = {
    "bold": f"{TALK}Tom: **{WORD}**",
    "bold with a word before it": f"{TALK}Tom: so**{WORD}",
    "italic": f"{TALK}Tom: *{WORD}*",
    "struck through": f"{TALK}Tom: ~~{WORD}~~",
    "code": f"{TALK}Tom: `{WORD}`",
    "a block of code": f"{TALK}Tom: yes\n\n```\n{WORD}\n```",
    "a list item": f"{TALK}Tom: yes\n\n- {WORD}",
    "a numbered item": f"{TALK}Tom: yes\n\n1. {WORD}",
    "a task": f"{TALK}- [x] {WORD}",
    "a quotation": f"{TALK}> {WORD}",
    "a table": f"{TALK}| a | b |\n|---|---|\n| c | {WORD} |",
    "a link": f"{TALK}[{WORD}](x)",
    "a link's title": f"{TALK}[x](y '{WORD}')",
    "a link's target elsewhere": f"{TALK}[x][1]\n\n[1]: {WORD}",
    "the description of a picture": f"{TALK}![{WORD}](x.png)",
    "a footnote": f"{TALK}yes[^1]\n\n[^1]: {WORD}",
    "a tag": f"{TALK}<b>{WORD}</b>",
    "after a backslash": f"{TALK}1\\. {WORD}",
    "below a rule": f"{TALK}---\n\n{WORD}",
    "after a comment that never ends": f"{TALK}a <!-- {WORD}",
}
MD_TOLD = {
    "a heading of the first level": f"# {WORD}\n\n{TALK}",
    "a heading of the sixth level": f"{TALK}###### {WORD} ######\n\nTom: Yes.",
    "a comment": f"{TALK}<!-- {WORD} -->",
    "a comment of several lines": f"{TALK}<!--\n\n{WORD}\n\n-->",
    "above the text": f"---\ntitle: {WORD}\n---\n{TALK}",
    "above the text in the other form": f"+++\ntitle = '{WORD}'\n+++\n{TALK}",
}
PLACES = [
    *(
        Place(name, f"talk.{suffix}", text.encode(), "turn")
        for suffix in ("txt", "md")
        for name, text in TXT.items()
    ),
    *(Place(name, "talk.md", text.encode(), "turn") for name, text in MD.items()),
    *(
        Place(name, f"talk.{suffix}", text.encode(), "told")
        for suffix in ("txt", "md")
        for name, text in TOLD.items()
    ),
    *(Place(name, "talk.md", text.encode(), "told") for name, text in MD_TOLD.items()),
]
