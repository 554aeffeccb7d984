"""Plain text, Markdown and captions: endless lines, broken letters, and traps for patterns."""

from collections.abc import Callable, Iterator

from tests.hostile.case import ANY, EITHER, OVER, TOO_MANY, UNDER, Case

TALK = b"Asha: Hello there.\n\nTom: Yes.\n"
LONG = 60_000
ENDLESS = b"so it was "


def trap(text: str) -> Callable[[], bytes]:
    """A text that a careless pattern would try in every way there is."""
    return lambda: TALK + text.encode()


BROKEN: dict[str, tuple[bytes, str | None]] = {
    "nothing": (b"", "empty"),
    "only spaces": (b" \r\n\t" * 1000, "empty"),
    "only null bytes": (bytes(10_000), "empty"),
    "a null byte": (TALK + b"a\0b", "null bytes"),
    "only a mark of UTF-8": (b"\xef\xbb\xbf", "no words"),
    "only a mark of UTF-16": (b"\xff\xfe", ANY),
    "control characters": (bytes(range(1, 32)) * 50, "control characters"),
    "bytes of all kinds": (bytes(range(1, 256)) * 40, ANY),
    "halves of letters in UTF-8": (TALK + b"\xed\xa0\x80\xed\xb0\x80", EITHER),
    "letters written too long": (TALK + b"\xc0\xaf\xe0\x80\xaf", EITHER),
    "UTF-8 cut within a letter": (TALK + "caffè è".encode()[:-1], None),
    "UTF-16 cut within a letter": ("Asha: Hello.".encode("utf-16")[:-1], "bytes"),
    "half a letter in UTF-16": (b"\xff\xfeA\0:\0 \0\x00\xd8b\0", "bytes"),
    "letters beyond the last in UTF-32": (b"\xff\xfe\x00\x00\xff\xff\xff\x7f", ANY),
    "UTF-16 that is mostly Chinese": ("\ufeff" + "你好。" * 100).encode("utf-16-le").hex() and (
        "Asha: 你好。".encode("utf-16"), None),
    "bytes of another alphabet": ("Привет, как дела сегодня? ".encode("cp1251") * 50, EITHER),
}  # fmt: skip
TRAPS = {
    "brackets that open": "(" * LONG + ":",
    "brackets that open and close": "()" * LONG + ":",
    "square brackets": "[" * LONG,
    "colons": ":" * LONG,
    "labels of one letter": "A:" * LONG,
    "a label that never ends": "A " * LONG + ":",
    "digits": "1" * LONG,
    "digits and colons": "1:" * LONG,
    "times": "00:00 " * LONG,
    "times in brackets": "[00:00" * LONG,
    "a time and spaces": "[00:00" + " " * LONG + "x",
    "times that reach to each other": "0:0 --> " * LONG,
    "dashes": "- " * LONG,
    "bars": "| " * LONG,
    "a number of many digits": f"[{'9' * 4000}:00] Asha: hi",
    "numbers before each line": "1 \n" * 20_000,
    "hyphens": "a-" * LONG,
    "apostrophes": "a'" * LONG,
    "marks on a letter": "e" + "\u0301" * LONG,
    "marks of direction": "\u202e" * LONG,
    "spaces": " " * LONG + "x",
    "spaces of no width": "\u200b" * LONG,
    "names alone on their lines": "Asha\nTom\n" * 5_000,
    "a label on each of 20,000 lines": "".join(f"Speaker {at}: hi\n" for at in range(20_000)),
}
MARKDOWN = {
    "comments that open": "<!--" * LONG,
    "comments that open and close": "<!-- a -->" * 10_000,
    "stars": "**" * LONG,
    "bold that opens": "**a " * LONG,
    "lines below letters": "__a" * LONG,
    "a heading of hashes": "# " + "# " * LONG + "x",
    "a rule of dashes": "- " * LONG + "x",
    "a label in marks": "*" + "a" * LONG + ":*",
    "backslashes": "\\" * LONG,
    "quotations within quotations": "> " * LONG,
    "above the text without an end": "",
}
CUES = {
    "voices with classes": "<v" + ".a" * LONG,
    "voices that open": "<v " * LONG,
    "a voice and spaces": "<v" + " " * LONG,
    "a voice without an end": "<v " + "a" * LONG,
    "classes that open": "<c." * LONG,
    "a font that says much": "<font " + "a=" * LONG,
    "a font that says nothing": "<font " + "a " * LONG,
    "styles that open": "{\\" * LONG,
    "times inside": "<1:" * LONG,
    "references": "&#" * LONG,
    "a reference of 5,000 digits": "&#" + "9" * 5_000 + ";",
    "a reference of 5,000 zeros": "&#" + "0" * 5_000 + "65;",
    "references without an end": "&amp" * LONG,
}
CUE = {"vtt": "00:01.000 --> 00:02.000\n", "srt": "00:00:01,000 --> 00:00:02,000\n",
       "sbv": "0:00:01.000,0:00:02.000\n"}  # fmt: skip
HEAD = {"vtt": "WEBVTT\n\n", "srt": "", "sbv": ""}
TIMES = {
    "the greatest time": ("9999:99:99.999 --> 9999:99:99.999\nhi", EITHER),
    "a time of many digits": (f"{'9' * 5000}:00:00.000 --> 00:00:01.000\nhi", EITHER),
    "a cue that ends before it begins": ("00:00:09,000 --> 00:00:01,000\nhi", EITHER),
    "a cue without an end": ("00:00:09,000 -->\nhi", EITHER),
    "times and no words": ("00:00:01,000 --> 00:00:02,000\n\n" * 50, ANY),
    "times in other digits": ("٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠\nhi", EITHER),
}


def _captions() -> Iterator[Case]:
    for suffix in ("vtt", "srt"):
        begins = HEAD[suffix] + CUE[suffix] + "Asha: hi\n\n" + CUE[suffix]
        for name, text in CUES.items():
            yield Case(name, f"call.{suffix}", lambda text=begins + text: text.encode(), EITHER)
    yield Case(
        "one caption of 24 MB",
        "call.srt",
        lambda: CUE["srt"].encode() + ENDLESS * (UNDER // 10 - 50),
        EITHER,
        slow=True,
    )
    for suffix, cue in CUE.items():
        yield Case(
            "more lines than are read",
            f"call.{suffix}",
            lambda text=HEAD[suffix] + f"{cue}a\n\n" * 101_000: text.encode(),
            "lines",
        )
    for name, (text, says) in TIMES.items():
        yield Case(name, "call.srt", lambda text=text: text.encode(), says)
        dotted = text.replace(",", ".")
        yield Case(name, "call.vtt", lambda text=f"WEBVTT\n\n{dotted}": text.encode(), says)
    yield Case("no mark at its head", "call.vtt", lambda: b"00:01.000 --> 00:02.000\nhi", "WEBVTT")
    yield Case(
        "notes without an end", "call.vtt", lambda: b"WEBVTT\n\nNOTE " + b"x " * LONG, "no caption"
    )
    yield Case("20,000 files in one", "call.vtt", lambda: b"WEBVTT\n" * 20_000, "no caption")


def _all() -> Iterator[Case]:
    for suffix in ("txt", "html", "csv"):
        for name, (data, says) in BROKEN.items():
            there = (
                says
                if suffix == "txt" or says in {"empty", "null bytes", "control characters", "bytes"}
                else EITHER
            )
            yield Case(name, f"talk.{suffix}", lambda data=data: data, there)
    for name, text in TRAPS.items():
        yield Case(name, "talk.txt", trap(text), EITHER)
    for name, text in MARKDOWN.items():
        yield Case(name, "talk.md", trap(text), EITHER)
    yield Case("a head that never ends", "talk.md", lambda: b"---\n" + b"a: b\n" * 20_000, EITHER)
    for suffix in ("txt", "html"):
        name = "one line of 24 MB"
        yield Case(name, f"talk.{suffix}", lambda: ENDLESS * (UNDER // 10), TOO_MANY, slow=True)
    just = "just as many words as are read"
    yield Case(just, "talk.txt", lambda: ENDLESS * (1_000_000 // 3), None, slow=True)
    for suffix in ("txt", "md", "html"):
        yield Case("a million lines", f"talk.{suffix}", lambda: b"a\n" * 1_000_000, "lines")
    for file in (
        "talk.txt",
        "talk.md",
        "talk.html",
        "talk.docx",
        "talk.odt",
        "talk.rtf",
        "talk.pdf",
        "call.vtt",
        "call.srt",
        "call.sbv",
        "views.csv",
        "views.xlsx",
    ):
        yield Case("one line of 100 MB", file, lambda: b"a" * OVER, "100 MB; at most 25")
    yield from _captions()


CASES = list(_all())
