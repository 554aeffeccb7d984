"""What replacing one codebook by another would change: matched by key, then by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from codebook.drafts import same_name
from codebook.entries import Book, CodeEntry

FIELD_WORDS = {
    "key": "key",
    "name": "name",
    "facet": "facet",
    "definition": "definition",
    "use_when": "use when",
    "not_when": "not when",
    "examples": "examples",
    "counter_examples": "counter-examples",
    "parent": "parent",
}


@dataclass(frozen=True, slots=True)
class ChangedCode:
    """A code before and after, and in words which of its fields differ."""

    before: CodeEntry
    after: CodeEntry
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookChanges:
    """The codes that would be added, changed, retired, and how many would stay as they are."""

    added: tuple[CodeEntry, ...]
    changed: tuple[ChangedCode, ...]
    retired: tuple[CodeEntry, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retired)

    def sentence(self) -> str:
        """The change in one sentence, for the history."""
        counts = (
            (len(self.added), "added"),
            (len(self.changed), "changed"),
            (len(self.retired), "retired"),
        )
        told = [f"{count} {what}" for count, what in counts if count]
        return f"Codes: {', '.join(told)}." if told else "No code was changed."


def matches(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> tuple[int | None, ...]:
    """For each new (key, name) the index of the old one it continues, or None.

    A key counts for more than a name, wherever in the book it stands; no old code is used twice.
    """
    found: list[int | None] = [None] * len(new)
    for part in (0, 1):
        free = {same_name(o[part]): i for i, o in reversed(list(enumerate(old))) if i not in found}
        for at, entry in enumerate(new):
            if found[at] is None:
                found[at] = free.pop(same_name(entry[part]), None)
    return tuple(found)


def differing(before: CodeEntry, after: CodeEntry) -> tuple[str, ...]:
    """The words for the fields in which two states of a code differ."""
    same: Callable[[str], bool] = lambda name: getattr(before, name) == getattr(after, name)  # noqa: E731
    return tuple(FIELD_WORDS[f.name] for f in fields(CodeEntry) if not same(f.name))


def compare(old: Book, new: Book) -> BookChanges:
    """What would change if `new` took the place of `old`."""
    pairs = matches([(c.key, c.name) for c in old.codes], [(c.key, c.name) for c in new.codes])
    added, changed, same = [], [], 0
    for index, after in zip(pairs, new.codes, strict=True):
        if index is None:
            added.append(after)
        elif differences := differing(old.codes[index], after):
            changed.append(ChangedCode(old.codes[index], after, differences))
        else:
            same += 1
    retired = [code for index, code in enumerate(old.codes) if index not in pairs]
    return BookChanges(tuple(added), tuple(changed), tuple(retired), same)


def facet_notes(old: Book, new: Book) -> list[str]:
    """What would change about facets, in sentences: stances begun or ended, facets left behind."""
    pairs = matches([(f.key, f.name) for f in old.facets], [(f.key, f.name) for f in new.facets])
    notes = []
    for index, facet in zip(pairs, new.facets, strict=True):
        if index is not None and facet.takes_stance != old.facets[index].takes_stance:
            how = "would also say" if facet.takes_stance else "would no longer say"
            notes.append(f"Decisions in “{facet.name}” {how} enabler, barrier or tension.")
    left = [f"“{f.name}”" for index, f in enumerate(old.facets) if index not in pairs]
    if left:
        notes.append(f"No code would stand in {', '.join(left)} any more.")
    return notes
