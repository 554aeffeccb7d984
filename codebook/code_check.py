"""What a code must have before it may stand in a study's codebook."""

from dataclasses import replace

from capture.errors import Conflict, Unfit
from codebook.book_check import LONGEST_NAME
from codebook.drafts import same_name, tidy_name, tidy_text
from codebook.entries import Book, CodeEntry


def tidied(entry: CodeEntry) -> CodeEntry:
    """The entry without stray white space, control characters or empty examples."""
    return replace(
        entry,
        name=tidy_name(entry.name),
        definition=tidy_text(entry.definition),
        use_when=tidy_text(entry.use_when),
        not_when=tidy_text(entry.not_when),
        examples=tuple(filter(None, map(tidy_text, entry.examples))),
        counter_examples=tuple(filter(None, map(tidy_text, entry.counter_examples))),
        parent=entry.parent or None,
    )


def check(entry: CodeEntry, book: Book) -> None:
    """Raise Unfit (something is missing or too long) or Conflict (the name is taken).

    `entry.key` is empty for a new code; a code of that key in the book is the one being edited.
    """
    faults = [*_missing(entry, book), *_amiss_parent(entry, book)]
    if faults:
        raise Unfit(" ".join(faults), way_out="Nothing was changed yet; your words are kept below.")
    for code in book.codes:
        if code.key != entry.key and same_name(code.name) == same_name(entry.name):
            raise Conflict(
                f"There is a code called “{code.name}” already.",
                way_out="Choose another name, or edit that code.",
            )


def _missing(entry: CodeEntry, book: Book) -> list[str]:
    faults = []
    if not entry.name:
        faults.append("The code needs a name.")
    elif len(entry.name) > LONGEST_NAME:
        faults.append(f"The name has {len(entry.name)} characters; it may have {LONGEST_NAME}.")
    if not entry.definition:
        faults.append("The code needs a definition: a sentence that says what it covers.")
    if entry.facet not in {facet.key for facet in book.facets}:
        faults.append("Choose the facet the code stands in.")
    return faults


def _amiss_parent(entry: CodeEntry, book: Book) -> list[str]:
    below = [code.name for code in book.codes if entry.key and code.parent == entry.key]
    moved = next((c for c in book.codes if c.key == entry.key and c.facet != entry.facet), None)
    if moved and below:
        return [f"“{moved.name}” can't change its facet while it has codes under it."]
    if entry.parent is None:
        return []
    parents = {code.key: code for code in book.codes}
    parent = parents.get(entry.parent)
    if parent is None or parent.facet != entry.facet:
        return ["The code above it must stand in the same facet."]
    while parent is not None:
        if entry.key and parent.key == entry.key:
            return ["A code can't stand under itself."]
        parent = parents.get(parent.parent) if parent.parent else None
    return []
