"""How time and memory of the theme finder grow with a study; vectors are there already.

A study of any size is made of the segments at hand: each further one joins the halves of two from
the same transcript, and its vector is the mean of theirs, moved a little. Each size runs in a
process of its own, so that its memory is its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.kept_vectors import KeptVectors
from benchmarks.studies import Study
from benchmarks.tables import Table
from capture.theming.themes import discover

SIZES = (500, 2_000, 8_000, 40_000)
HEAD = (
    "segments",
    "seconds by the clock",
    "seconds of the processor",
    "memory at most, MiB",
    "themes",
)
RUNS = 2
"""The last one counts: libraries and arrays are in the system's memory then."""
MOVED = 0.3
"""Length of the random part of a made-up vector beside one."""


def measure(
    studies: Sequence[Study], vectors: KeptVectors, sizes: Sequence[int] = SIZES
) -> list[Table]:
    """One row for each size, made from the largest study at hand."""
    study = max(studies, key=lambda one: len(one.texts))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            _save(Path(folder), study, vectors.of(study.texts), size)
            command = [sys.executable, "-m", "benchmarks.growth", folder]
            runs = [subprocess.run(command, check=True, capture_output=True) for _ in range(RUNS)]
            found = json.loads(runs[-1].stdout)
            rows.append(
                [
                    f"{size:,}",
                    f"{found['clock']:.1f}",
                    f"{found['processor']:.1f}",
                    f"{found['mebibytes']:,.0f}",
                    "/".join(map(str, found["themes"])),
                ]
            )
    note = (
        f"Made from the segments of {study.name}, vectors given. Second of two runs; memory "
        "is that of the whole process, libraries included."
    )
    return [Table("Growth of discovery", HEAD, rows, note)]


def _save(folder: Path, study: Study, vectors: NDArray[np.float32], size: int) -> None:
    """A study of a size: after its own segments come, round by round, as many made-up ones."""
    chance = np.random.default_rng(0)
    heard: dict[str, list[int]] = defaultdict(list)
    for at, transcript in enumerate(study.transcripts):
        heard[transcript].append(at)
    count = len(study.texts)
    own, rounds = np.arange(size) % count, np.arange(size) // count
    other = np.array([chance.choice(heard[study.transcripts[at]]) for at in own])
    new = (rounds > 0)[:, None]
    noise = chance.standard_normal((size, vectors.shape[1])) * MOVED / np.sqrt(vectors.shape[1])
    moved = vectors[own] + new * (vectors[other] + noise)
    moved /= np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    np.savez(folder / "arrays.npz", vectors=moved.astype(np.float32), fitted=study.fitted[own])
    texts = [
        study.texts[a] if r == 0 else _halves(study.texts[a], study.texts[b])
        for a, b, r in zip(own, other, rounds, strict=True)
    ]
    keys = {
        name: [f"{of[a]} {r}" for a, r in zip(own, rounds, strict=True)]
        for name, of in (("transcripts", study.transcripts), ("participants", study.participants))
    }
    (folder / "told.json").write_text(json.dumps({"texts": texts, **keys}), "utf-8")


def _halves(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join(first[: len(first) // 2] + second[len(second) // 2 :])


def main() -> None:
    """Look for themes in the study that `measure` laid down; print what it took, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    told = json.loads((folder / "told.json").read_text("utf-8"))
    with np.load(folder / "arrays.npz") as arrays:
        vectors, fitted = arrays["vectors"], arrays["fitted"]
    begun, worked = time.perf_counter(), time.process_time()
    found = discover(
        told["texts"],
        vectors,
        told["transcripts"],
        told["participants"],
        fitted=fitted,
        places=range(len(vectors)),
    )
    print(
        json.dumps(
            {
                "clock": time.perf_counter() - begun,
                "processor": time.process_time() - worked,
                "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "themes": [len(one.themes) for one in found.granularities],
            }
        )
    )


if __name__ == "__main__":
    main()
