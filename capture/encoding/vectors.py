"""Vectors in the store: what is missing, putting them in, taking them out as one array."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.encoding.embed import Embedder
from capture.models import Vector

KEYS_AT_A_TIME = 500


def missing(
    session: Session, texts: Mapping[str, str], *, model: str, precision: str
) -> dict[str, str]:
    """Of texts by their SHA-256, those that have no vector yet, in the order given."""
    there: set[str] = set()
    keys = list(texts)
    for at in range(0, len(keys), KEYS_AT_A_TIME):
        there.update(
            session.scalars(
                select(Vector.text_sha256).where(
                    Vector.model == model,
                    Vector.precision == precision,
                    Vector.text_sha256.in_(keys[at : at + KEYS_AT_A_TIME]),
                )
            )
        )
    return {key: text for key, text in texts.items() if key not in there}


def keep(
    session: Session, embedder: Embedder, keys: Sequence[str], vectors: NDArray[np.float32]
) -> None:
    """Add vectors of shape (len(keys), dimensions); those already there are left alone."""
    wanted = dict.fromkeys(keys, "")
    new = missing(session, wanted, model=embedder.model, precision=embedder.precision)
    for key, vector in zip(keys, vectors, strict=True):
        if new.pop(key, None) is not None:
            session.add(
                Vector(
                    text_sha256=key,
                    model=embedder.model,
                    precision=embedder.precision,
                    data=vector.astype("<f4").tobytes(),
                )
            )


def load(
    session: Session, keys: Sequence[str], *, model: str, precision: str, dimensions: int
) -> NDArray[np.float32]:
    """Vectors for text keys, shape (len(keys), dimensions). Raises KeyError for a missing one."""
    wanted, found = list(dict.fromkeys(keys)), {}
    for at in range(0, len(wanted), KEYS_AT_A_TIME):
        rows = session.execute(
            select(Vector.text_sha256, Vector.data).where(
                Vector.model == model,
                Vector.precision == precision,
                Vector.text_sha256.in_(wanted[at : at + KEYS_AT_A_TIME]),
            )
        )
        found.update({key: np.frombuffer(data, dtype="<f4") for key, data in rows})
    if not keys:
        return np.zeros((0, dimensions), dtype=np.float32)
    return np.stack([found[key] for key in keys]).astype(np.float32)
