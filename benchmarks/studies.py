"""Whole studies as the product has them: taken into a store of their own, cut into segments."""

import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from capture.collecting import collect, from_disk
from capture.keeping_out import NEVER_LOOKED_AT
from capture.settings import Settings
from capture.store import open_store
from capture.study_segments import study_segments
from codebook.beginnings import begin
from transcripts.folders import MANIFEST_NAME, list_files
from transcripts.manifest import read_manifest
from transcripts.samples import sample_folder


@dataclass(frozen=True)
class Study:
    """n segments in the order in which they were said."""

    name: str
    texts: tuple[str, ...]
    transcripts: tuple[str, ...]
    participants: tuple[str, ...]
    fitted: NDArray[np.bool_]
    """(n,): neither asked by an interviewer nor a back-channel."""

    def first(self, count: int) -> "Study":
        """The first so many segments."""
        return Study(
            self.name,
            self.texts[:count],
            self.transcripts[:count],
            self.participants[:count],
            self.fitted[:count],
        )

    @property
    def places(self) -> NDArray[np.int64]:
        """(n,): each segment's place in its transcript."""
        return places(self.transcripts)


def sample() -> Study:
    """The invented study that is shipped with the package."""
    return read_study("the sample study", sample_folder())


def read_study(name: str, folder: Path) -> Study:
    """Take a folder of transcripts in as the command line does, and look at its segments."""
    manifest = folder / MANIFEST_NAME
    people = read_manifest(str(manifest), manifest.read_bytes()) if manifest.exists() else None
    with tempfile.TemporaryDirectory() as made:
        store = open_store(Settings(data=Path(made)))
        with store.writing() as session:
            study_id = begin(session, name).id
        files = [from_disk(path) for path in list_files([folder]).files]
        refused = collect(store, study_id, files, manifest=people).refused
        if refused:
            raise SystemExit(f"{name} can't be measured: {refused[0]}")
        with store.reading() as session:
            segments = study_segments(session, study_id)
        store.close()
    return Study(
        name,
        tuple(one.text for one in segments),
        tuple(one.source for one in segments),
        tuple(one.person for one in segments),
        np.array([one.kept_out not in NEVER_LOOKED_AT for one in segments]),
    )


def places(transcripts: tuple[str, ...]) -> NDArray[np.int64]:
    """(n,): each one's place in its transcript, where all of a transcript come together."""
    found = [0] if transcripts else []
    for before, here in pairwise(transcripts):
        found.append(found[-1] + 1 if before == here else 0)
    return np.array(found, dtype=np.int64)
