"""Vectors without a model: texts that share words are near each other."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ByWords:
    """An embedder whose vectors are the sum of a direction for each word of a text."""

    model, precision, dimensions = "words@1", "fp32", 64

    def encode(self, texts: Sequence[str], **_asked: Any) -> NDArray[np.float32]:
        """Unit vectors (n, 64)."""
        made = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                made[row] += self._direction(word.strip(".,"))
        return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)

    def _direction(self, word: str) -> NDArray[np.float64]:
        seed = int.from_bytes(sha256(word.encode()).digest()[:4], "little")
        return np.random.default_rng(seed).standard_normal(self.dimensions)
