"""Names found by a spaCy model that is installed here: it adds to what is found by shape.

Only here and in `transcripts.sentences` is spaCy imported, and only when first used.
"""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from capture.errors import ModelUnavailable
from transcripts.redaction import Find
from transcripts.redaction.finds import ORGANISATION, PERSON, PLACE

if TYPE_CHECKING:
    from spacy.language import Language

KINDS = {
    "PERSON": PERSON,
    "PER": PERSON,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "ORG": ORGANISATION,
}
"""Labels of English and European models; others (dates, money, nationalities) are no names."""
LONGEST_PIECE = 20_000
"""Characters handed to the model at once; its memory grows with them."""
_PIECE = re.compile(rf"(?s).{{1,{LONGEST_PIECE}}}(?:\n|$)|.{{1,{LONGEST_PIECE}}}")
_POSSESSIVE = re.compile(r"['’]s?$")
_ONE_AT_A_TIME = threading.Lock()


def entities(text: str, model: str) -> Iterator[Find]:
    """Names of people, places and organisations as the model sees them. Never sure.

    `model` is an installed package ("en_core_web_sm") or a folder. Raises ModelUnavailable.
    """
    language = _load(model)
    pieces = list(_PIECE.finditer(text))
    with _ONE_AT_A_TIME:
        documents = list(language.pipe(piece[0] for piece in pieces))
    for piece, document in zip(pieces, documents, strict=True):
        for one in document.ents:
            words = _POSSESSIVE.sub("", one.text).strip()
            if one.label_ in KINDS and any(letter.isalpha() for letter in words):
                start = piece.start() + one.start_char + one.text.index(words)
                end = start + len(words)
                yield Find(start, end, KINDS[one.label_], text[start:end], sure=False)


@lru_cache(maxsize=1)
def _load(model: str) -> "Language":
    import spacy

    try:
        language = spacy.load(model)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise ModelUnavailable(
            f"The model for names, “{model}”, can't be loaded.",
            way_out="Set GREENSHOOTS_NER_MODEL to an installed spaCy model or a folder with one, "
            "or leave it unset.",
        ) from error
    if not {"ner", "entity_ruler"} & set(language.pipe_names):
        raise ModelUnavailable(
            f"The model for names, “{model}”, finds no names.",
            way_out="Set GREENSHOOTS_NER_MODEL to a spaCy model with named entities.",
        )
    return language
