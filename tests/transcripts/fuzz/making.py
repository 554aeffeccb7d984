"""What the strategies of all formats share: a made file, its words, and ways to break it."""

import io
import zipfile
from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Made:
    """A file, and the words that stand in it; None where it was broken, so that nobody knows."""

    data: bytes
    words: str | None = None


WORDS = st.from_regex(r"[a-z]{1,7}( [a-z]{1,7}){0,3}", fullmatch=True)
# No words: "\0" can't be in a text, and halves of letters can't be in a file.
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=16
)
SPEECH = st.one_of(
    WORDS,
    st.sampled_from(
        ["Asha: yes", "Tom:", "Interviewer: and?", "[00:12] Asha: so", "12:31", "Date: May", "7",
         "Asha  55:21", "😀 e\u0301 نعم", "a-", "Asha", "Mx. Oak (Chair): no", " "]
    ),
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few changed, cut out, doubled or put in, or cut short."""
    whole = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        if not whole:
            break
        at = draw(st.integers(0, len(whole) - 1))
        to = min(len(whole), at + draw(st.integers(1, 40)))
        way = draw(st.sampled_from(["change", "cut", "double", "put in", "cut short"]))
        if way == "change":
            whole[at] = draw(st.integers(0, 255))
        elif way == "cut":
            del whole[at:to]
        elif way == "double":
            whole[at:at] = whole[at:to]
        elif way == "put in":
            whole[at:at] = draw(st.binary(min_size=1, max_size=8))
        else:
            del whole[at:]
    return bytes(whole)


def sometimes_broken(files: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    """Files as they are, and files that came to harm."""
    harmed = files.flatmap(lambda made: broken(made.data)).map(Made)
    return st.one_of(files, harmed)


def sometimes_broken_inside(files: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    """Packed files as they are, harmed as a whole, and harmed in one of their parts."""

    @st.composite
    def harmed(draw: st.DrawFn) -> Made:
        made = draw(files)
        with zipfile.ZipFile(io.BytesIO(made.data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = draw(st.sampled_from(sorted(parts)))
        parts[name] = draw(broken(parts[name]))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for part, content in parts.items():
                package.writestr(part, content)
        return Made(buffer.getvalue())

    return st.one_of(files, harmed(), files.flatmap(lambda made: broken(made.data)).map(Made))
