"""What a coder sends from the review page: ticks, stances and memos, and what was in view."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from api.review.place import LARGEST_ID, Id, MaybeId, Where
from capture.errors import Unfit
from capture.models.suggestion import SOURCES
from codebook.ticks import Ticks


class Page(Where):
    """The state of a review page. Further fields are `stance-<code>` and `memo-<code>`."""

    model_config = ConfigDict(extra="allow")

    confirm: list[Id] = Field(default_factory=list, max_length=500)
    """The codes that are ticked."""
    shown: list[str] = Field(default_factory=list, max_length=50)
    """The suggestions in view, each as `code:score:source`."""

    def ticks(self) -> Ticks:
        """The ticked codes with their stances, and every memo that was sent."""
        extra = self.model_extra or {}
        return Ticks(
            {code: extra.get(f"stance-{code}") or None for code in self.confirm},
            {
                int(name[5:]): str(value).replace("\r\n", "\n")
                for name, value in extra.items()
                if name.startswith("memo-") and _is_id(name[5:])
            },
        )

    def in_view(self) -> list[dict[str, Any]]:
        """The suggestions the coder had in view; none when blind."""
        return [] if self.blind else [_shown(one) for one in self.shown]


class Asked(Page):
    """A page and the act that was asked for on it."""

    act: Annotated[
        str, Field(pattern=r"^(confirm|none|(reject|unsure)-[0-9]{1,15}|relabel-[0-9]{1,15})$")
    ]
    """`confirm`, `none`, `reject-<code>`, `unsure-<code>`, or `relabel-<code>` with `add`."""
    on: Id
    """The passage in view."""
    seen: int = Field(ge=0, le=LARGEST_ID)
    """The coder's latest act on it when the page was made; 0 for none."""
    add: str = ""
    """The code chosen in the finder."""

    @property
    def gesture(self) -> str:
        """The act without its code."""
        return self.act.partition("-")[0]

    @property
    def code_id(self) -> int:
        """The code the act is about, where it is about one."""
        return int(self.act.partition("-")[2] or 0)


class Adding(Page):
    """A page and the code that was chosen in its finder."""

    on: Id
    add: str = ""


class Undoing(Page):
    """A page, or the end of the queue, and the act to take back."""

    on: MaybeId = None
    last: int = Field(ge=0, le=LARGEST_ID)
    """The latest act when the page was made."""


def chosen_code(add: str) -> int:
    """The code chosen in the finder; Unfit when none was."""
    if not _is_id(add):
        raise Unfit("No code was chosen.", way_out="Type a few letters of its name, and choose.")
    return int(add)


def _is_id(said: str) -> bool:
    """Whether these are the digits of an id; a longer number would take long to convert."""
    return said.isascii() and said.isdigit() and len(said) <= len(str(LARGEST_ID))


def _shown(said: str) -> dict[str, Any]:
    code, _, rest = said.partition(":")
    score, _, source = rest.partition(":")
    try:
        shown = {"code": int(code if _is_id(code) else ""), "score": float(score), "source": source}
    except ValueError:
        raise Unfit("The page doesn't say what was suggested.", way_out="Load it again.") from None
    if source not in SOURCES or not 0 <= float(score) <= 1:
        raise Unfit("The page doesn't say what was suggested.", way_out="Load it again.")
    return shown
