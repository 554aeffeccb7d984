"""Codebooks in YAML: read with the safe loader, node by node, so that every fault has its line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import yaml

from codebook.book_faults import refuse
from codebook.drafts import DraftBook, DraftCode, DraftFacet, tidy_name, tidy_text
from codebook.entries import Book, CodeEntry

_BOOK_FIELDS = ("name", "facets", "codes")
_FACET_FIELDS = ("key", "name", "description", "takes_stance")
_CODE_FIELDS = (
    *("key", "name", "facet", "parent", "definition"),
    *("use_when", "not_when", "examples", "counter_examples"),
)
_WAY_OUT = "docs/codebook.md shows a whole codebook in YAML. Nothing of this file was kept."

Fields = dict[str, yaml.Node]


class YamlDraft:
    """Reads one YAML text into a draft; `file_name` is what refusals call the file."""

    def __init__(self, file_name: str, text: str) -> None:
        self.file_name = file_name
        self.text = text

    def read(self) -> DraftBook:
        """The draft; raises RefusedCodebook for anything that isn't a codebook's YAML."""
        top = self._compose()
        if not isinstance(top, yaml.MappingNode):
            self._refuse(
                top, "The file is not a codebook: it must begin with fields such as “codes:”."
            )
        fields = self._fields(top, _BOOK_FIELDS, "a codebook")
        if "codes" not in fields:
            self._refuse(top, "The codebook has no “codes:”.")
        return DraftBook(
            name=tidy_name(self._words(fields.get("name"))),
            facets=[self._facet(node) for node in self._entries(fields.get("facets"), "facets")],
            codes=[self._code(node) for node in self._entries(fields["codes"], "codes")],
        )

    def _compose(self) -> yaml.Node:
        try:
            top = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            place = f"line {mark.line + 1}" if mark else ""
            wrong = ", ".join(filter(None, (fault.context, fault.problem)))
            reason = f"This is not YAML: {wrong}."
            raise refuse(self.file_name, place, reason, _WAY_OUT) from None
        except yaml.reader.ReaderError as fault:
            place = f"line {self.text.count(chr(10), 0, fault.position) + 1}"
            reason = "This is not YAML: it holds a character that can't be printed."
            raise refuse(self.file_name, place, reason, _WAY_OUT) from None
        except RecursionError:
            reason = "The YAML is nested too deeply to be a codebook."
            raise refuse(self.file_name, "", reason, _WAY_OUT) from None
        if top is None:
            raise refuse(self.file_name, "", "The file is empty.", _WAY_OUT)
        return top

    def _facet(self, node: yaml.Node) -> DraftFacet:
        fields = self._fields(node, _FACET_FIELDS, "a facet")
        return DraftFacet(
            place=_place(node),
            name=tidy_name(self._words(fields.get("name"))),
            key=tidy_name(self._words(fields.get("key"))),
            description=tidy_text(self._words(fields.get("description"))),
            takes_stance=self._yes(fields.get("takes_stance")),
        )

    def _code(self, node: yaml.Node) -> DraftCode:
        fields = self._fields(node, _CODE_FIELDS, "a code")

        def said(field: str, tidy: Callable[[str], str] = tidy_name) -> str:
            return tidy(self._words(fields.get(field)))

        return DraftCode(
            place=_place(node),
            name=said("name"),
            key=said("key"),
            facet=said("facet"),
            parent=said("parent"),
            definition=said("definition", tidy_text),
            use_when=said("use_when", tidy_text),
            not_when=said("not_when", tidy_text),
            examples=self._texts(fields.get("examples")),
            counter_examples=self._texts(fields.get("counter_examples")),
        )

    def _fields(self, node: yaml.Node, known: tuple[str, ...], what: str) -> Fields:
        """The mapping's fields by name; refuses unknown ones and ones given twice."""
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, f"Here {what} was expected, as fields such as “{known[0]}:”.")
        fields: Fields = {}
        for key, value in node.value:
            field = self._words(key)
            if field not in known:
                self._refuse(
                    key,
                    f"The field “{field}” is not one of {what}; those are {', '.join(known)}.",
                )
            if field in fields:
                self._refuse(
                    key, f"The field “{field}” is given twice, first at {_place(fields[field])}."
                )
            fields[field] = value
        return fields

    def _entries(self, node: yaml.Node | None, field: str) -> list[yaml.Node]:
        if node is None or _is_nothing(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node, f"“{field}:” must be a list, each entry beginning with “- ”.")
        return list(node.value)

    def _texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """A list of texts; one text on its own is a list of one."""
        if node is None or _is_nothing(node):
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(filter(None, (tidy_text(self._words(each)) for each in nodes)))

    def _words(self, node: yaml.Node | None) -> str:
        """A scalar as it was written: a code may be called “No” or “2020”."""
        if node is None or _is_nothing(node):
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, "Here words were expected, not a list or further fields.")
        return str(node.value)

    def _yes(self, node: yaml.Node | None) -> bool:
        word = self._words(node).casefold()
        if node is not None and word not in {"", "yes", "no", "true", "false"}:
            self._refuse(node, f"“takes_stance” is “{word}”; it may be yes or no.")
        return word in {"yes", "true"}

    def _refuse(self, node: yaml.Node, reason: str) -> NoReturn:
        raise refuse(self.file_name, _place(node), reason, _WAY_OUT)


def dump(book: Book) -> str:
    """The book as YAML that reads back to an equal book."""
    facets = [
        {
            "key": facet.key,
            "name": facet.name,
            "description": facet.description,
            "takes_stance": facet.takes_stance,
        }
        for facet in book.facets
    ]
    whole = {"name": book.name, "facets": facets, "codes": [_plain(code) for code in book.codes]}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=96)


def _plain(code: CodeEntry) -> dict[str, str | list[str]]:
    """The code's fields in the order people read them, empty ones left out."""
    fields: dict[str, str | list[str]] = {}
    for field in _CODE_FIELDS:
        value = getattr(code, field)
        if value:
            fields[field] = list(value) if isinstance(value, tuple) else value
    return fields


def _place(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"


def _is_nothing(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"
