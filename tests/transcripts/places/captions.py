"""Caption files: WebVTT (W3C), SubRip and SubViewer."""

from tests.transcripts.places.place import WORD, Place

TIMES = {"vtt": "00:01.000 --> 00:02.000", "srt": "00:00:01,000 --> 00:00:02,000",
         "sbv": "0:00:01.000,0:00:02.000"}  # fmt: skip
HEAD = {"vtt": "WEBVTT\n\n", "srt": "", "sbv": ""}
# {t} is the times of a cue; the talk comes before, the rest is the place.
CUES = {
    "a cue": "{t}\n" + WORD,
    "the second line of a cue": "{t}\nHm\n" + WORD,
    "below an empty line within a cue": "{t}\nHm\n\n" + WORD,
    "after a name": "{t}\nAsha: " + WORD,
    "a cue without an empty line before it": "{t}\nHm\n{t}\n" + WORD,
    "after a sign that is no tag": "{t}\nx < y " + WORD,
    "in brackets": "{t}\n[" + WORD + "]",
    "in curly brackets": "{t}\n{\\" + WORD + " not}",
    "words like a tag": "{t}\n<i " + WORD + " you>",
    "in italics": "{t}\n<i>" + WORD + "</i>",
}
VTT = {
    "in a voice": "{t}\n<v Tom>" + WORD + "</v>",
    "in a voice that isn't ended": "{t}\n<v Tom>" + WORD,
    "in a voice with a class": "{t}\n<v.loud.first Tom>" + WORD,
    "a voice's name that isn't ended": "{t}\n<v Tom " + WORD,
    "before a voice": "{t}\n" + WORD + " <v Tom>yes",
    "in a class": "{t}\n<c.yellow.bg>" + WORD + "</c>",
    "in another language": "{t}\n<lang cy>" + WORD + "</lang>",
    "a word timed by letters": "{t}\n" + WORD[:4] + "<00:01.500>" + WORD[4:],
    "below a reading aid": "{t}\n<ruby>" + WORD + "<rt>aid</rt></ruby>",
    "a reading aid": "{t}\n<ruby>base<rt>" + WORD + "</rt></ruby>",
    "letters by their numbers": "{t}\n" + "".join(f"&#{ord(letter)};" for letter in WORD),
    "after the settings of a cue": "{t} align:start position:10%,line-left\n" + WORD,
}
NAMED = WORD + " one\n{t}\nHm"
VTT_TOLD = {
    "beside a cue's times": "{t} " + WORD + "\nHm",
    "a note": "NOTE " + WORD,
    "a note of several lines": "NOTE\nfirst\n" + WORD,
    "how captions look": "STYLE\n::cue(." + WORD + ") {{}}",
    "where captions stand": "REGION\nid:" + WORD,
}


def captions(suffix: str, body: str) -> bytes:
    """A file with a cue of somebody's before this."""
    times = TIMES[suffix]
    talk = f"{times}\nAsha: Hello there.\n\n"
    return (HEAD[suffix] + talk + body.replace("{t}", times) + "\n").encode()


PLACES = [
    *(
        Place(name, f"call.{suffix}", captions(suffix, body), "turn")
        for suffix in TIMES
        for name, body in CUES.items()
    ),
    *(Place(name, "call.vtt", captions("vtt", body), "turn") for name, body in VTT.items()),
    *(
        Place("the name of a cue", f"call.{suffix}", captions(suffix, NAMED), "told")
        for suffix in ("vtt", "srt")
    ),
    Place("above a cue, which has no name here", "call.sbv", captions("sbv", NAMED), "turn"),
    *(Place(name, "call.vtt", captions("vtt", body), "told") for name, body in VTT_TOLD.items()),
    Place(
        "beside the file's first word",
        "call.vtt",
        captions("vtt", "").replace(b"WEBVTT", f"WEBVTT - {WORD}".encode()),
        "told",
    ),
    Place(
        "above the first cue",
        "call.srt",
        f"{WORD}\n\n".encode() + captions("srt", ""),
        "told",
    ),
    Place(
        "above the first cue",
        "call.sbv",
        f"{WORD}\n\n".encode() + captions("sbv", ""),
        "told",
    ),
]
