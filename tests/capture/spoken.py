"""The sample study as discovery sees it: texts, keys, vectors, and what takes part in fitting."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from capture.encoding.embed import Embedder
from capture.theming.themes import Discovery, discover, near_duplicates
from transcripts.folders import list_files
from transcripts.manifest import read_manifest
from transcripts.readers import read
from transcripts.samples import sample_folder
from transcripts.segments import segment
from transcripts.turns import is_facilitator_label


@dataclass(frozen=True)
class Spoken:
    texts: list[str]
    vectors: NDArray[np.float32]
    transcripts: list[str]
    participants: list[str]
    fitted: NDArray[np.bool_]
    places: list[int]

    def discover(self, order: NDArray[np.int64] | None = None, **options: Any) -> Discovery:
        """Look for themes with the segments in another order; members keep to that order."""
        order = np.arange(len(self.texts)) if order is None else order
        return discover(
            [self.texts[i] for i in order],
            self.vectors[order],
            [self.transcripts[i] for i in order],
            [self.participants[i] for i in order],
            fitted=self.fitted[order],
            places=[self.places[i] for i in order],
            **options,
        )


def spoken_sample(embedder: Embedder) -> Spoken:
    folder = sample_folder()
    manifest = read_manifest("manifest.csv", (folder / "manifest.csv").read_bytes())
    texts, transcripts, participants, fitted = [], [], [], []
    for path in list_files([folder]).files:
        entry = manifest.rows_for(path.name)
        survey = entry.survey if entry else None
        reading = read(path.name, path.read_bytes(), survey=survey)
        for one in segment(reading.text, reading.turns):
            speaker = str(reading.turns[one.turn].speaker)
            texts.append(reading.text[one.start : one.end])
            participants.append(f"{path.name}/{speaker}")
            transcripts.append(participants[-1] if survey else path.name)
            fitted.append(one.kept_out is None and not is_facilitator_label(speaker))
    vectors = embedder.encode(texts)
    keep = np.array(fitted) & ~near_duplicates(texts, vectors)
    return Spoken(texts, vectors, transcripts, participants, keep, list(range(len(texts))))
