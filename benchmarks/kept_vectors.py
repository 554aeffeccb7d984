"""Vectors of texts, worked out once a run, or once for good in a folder of one's own."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from capture.encoding.embed import Embedder, load_embedder

Vectors = NDArray[np.float32]


class KeptVectors:
    """Gives vectors, fp32 unless an embedder is given; a text is embedded at its first use."""

    def __init__(self, folder: Path | None = None, embedder: Embedder | None = None) -> None:
        self._embedder: list[Embedder] = [embedder] if embedder else []
        self._kept: dict[str, Vectors] = {}
        self._file = folder / "vectors.npz" if folder else None
        if self._file and self._file.exists():
            with np.load(self._file) as found:
                self._kept = dict(zip(found["keys"].tolist(), found["vectors"], strict=True))

    def of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, dimensions); that of an empty text is zero."""
        keys = [sha256(text.encode()).hexdigest() for text in texts]
        new = {k: text for k, text in zip(keys, texts, strict=True) if k not in self._kept}
        if new:
            told = [text for text in new.values() if text]
            made = iter(self._model().encode(told) if told else ())
            nothing = np.zeros(self._model().dimensions, dtype=np.float32)
            self._kept |= {k: next(made) if text else nothing for k, text in new.items()}
            self._save()
        return np.stack([self._kept[key] for key in keys])

    def _model(self) -> Embedder:
        if not self._embedder:
            self._embedder.append(load_embedder(precision="fp32"))
        return self._embedder[0]

    def _save(self) -> None:
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            kept = np.stack(list(self._kept.values()))
            np.savez(self._file, keys=np.array(list(self._kept)), vectors=kept)
