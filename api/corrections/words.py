"""What a new version of a text did, in a sentence or two."""

from capture.corrections.correcting import Corrected


def what_was_done(done: Corrected) -> str:
    """What became of the passages; said after every change of a text."""
    if not done.changed:
        return "Nothing was changed: the text is what it was."
    parts = [f"This is version {done.version.number} of the text now."]
    if done.moved:
        its = "its" if done.moved == 1 else "their"
        parts.append(f"{_passages(done.moved)} went with {its} words.")
    if done.needs_look:
        need = "needs" if done.needs_look == 1 else "need"
        parts.append(f"{_passages(done.needs_look)} {need} a look.")
    return " ".join(parts)


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count:,} passages"
