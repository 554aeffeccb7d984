"""The order in which transcripts came in says nothing: not when found, placed or found again."""

import shutil
import sqlite3
from contextlib import closing

from sqlalchemy import select

from capture.collecting import Incoming, collect
from capture.jobs import Bench
from capture.models import CandidateMember, CandidateTheme, Passage, TranscriptVersion
from capture.runs.looking_again import APPLY, ask_to_look
from capture.settings import Settings
from capture.store import open_store
from codebook.beginnings import begin
from tests.capture.living import LATER, add, analyse

FIRST = ("interview-01-quernley-team-manager.txt", "interview-03-brayfold-head-of-service.txt")


def told(store):
    """Every theme that stands, by what it is called and says, and not by any number."""
    themes = {}
    with store.reading() as session:
        rows = session.execute(
            select(CandidateTheme, CandidateMember.strength, TranscriptVersion.text, Passage)
            .join(CandidateMember, CandidateMember.candidate_id == CandidateTheme.id)
            .join(Passage, Passage.id == CandidateMember.passage_id)
            .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
            .where(CandidateTheme.superseded.is_(False))
        )
        for theme, strength, text, passage in rows:
            key = (theme.granularity, theme.position, theme.id, theme.label, theme.found_in)
            said = (text[passage.start : passage.end], round(strength, 6))
            themes.setdefault(key, set()).add(said)
    return themes


def lived(folder, migrated, analysed, sample_folder, embedder, order):
    """A study's themes after its first files, after one more, and after another look."""
    settings = Settings(data=folder)
    settings.data.mkdir()
    shutil.copyfile(migrated, settings.database)
    with closing(sqlite3.connect(settings.database)) as record:
        record.execute("ATTACH ? AS analysed", (str(analysed / settings.database.name),))
        record.execute("INSERT INTO vector SELECT * FROM analysed.vector")
        record.commit()
    store = open_store(settings)
    bench = Bench(store, settings)
    bench._embedder.append(embedder)
    with store.writing() as session:
        study_id = begin(session, "A study").id
    for name in order:
        collect(store, study_id, [Incoming(name, (sample_folder / name).read_bytes)])
    analyse(bench, study_id)
    states = [told(store)]
    add(bench, study_id, LATER)
    states.append(told(store))
    with store.writing() as session:
        ask_to_look(session, study_id, APPLY)
    analyse(bench, study_id)
    states.append(told(store))
    store.close()
    return states


def test_themes_live_the_same_in_whatever_order_files_came(
    tmp_path, migrated, analysed, sample_folder, embedder
):
    one, other = (
        lived(tmp_path / name, migrated, analysed, sample_folder, embedder, order)
        for name, order in (("one", FIRST), ("other", FIRST[::-1]))
    )
    assert len(one[0]) >= 6
    assert one == other
