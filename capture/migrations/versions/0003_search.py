"""The index of words: filled by the service, emptied by triggers."""

from alembic import op
from sqlalchemy import text

from capture.searching.folding import folded_text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = """
    CREATE VIRTUAL TABLE segment_words USING fts5(
        words, tokenize="porter unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
    )
"""
GONE = """
    CREATE TRIGGER segment_words_gone AFTER DELETE ON segment BEGIN
        DELETE FROM segment_words WHERE rowid = old.passage_id;
    END
"""
MOVED = """
    CREATE TRIGGER segment_words_moved AFTER UPDATE OF passage_id ON segment
    WHEN new.passage_id <> old.passage_id BEGIN
        UPDATE segment_words SET rowid = new.passage_id WHERE rowid = old.passage_id;
    END
"""
CHANGED = """
    CREATE TRIGGER segment_words_changed AFTER UPDATE OF text_sha256, kept_out ON segment
    WHEN new.text_sha256 <> old.text_sha256 OR new.kept_out = 'withdrawn' BEGIN
        DELETE FROM segment_words WHERE rowid = new.passage_id;
    END
"""
THERE = """
    SELECT passage.version_id, passage.id, passage.start, passage."end"
    FROM segment JOIN passage ON passage.id = segment.passage_id
    WHERE segment.kept_out IS NOT 'withdrawn' ORDER BY passage.version_id
"""


def upgrade() -> None:
    for statement in (TABLE, GONE, MOVED, CHANGED):
        op.execute(statement)
    connection, texts = op.get_bind(), {}
    for version, passage, start, end in connection.execute(text(THERE)).all():
        if version not in texts:
            asked = text("SELECT text FROM transcript_version WHERE id = :id")
            texts = {version: connection.execute(asked, {"id": version}).scalar_one()}
        row = {"id": passage, "words": folded_text(texts[version][start:end])}
        connection.execute(
            text("INSERT INTO segment_words (rowid, words) VALUES (:id, :words)"), row
        )


def downgrade() -> None:
    for trigger in ("gone", "moved", "changed"):
        op.execute(f"DROP TRIGGER segment_words_{trigger}")
    op.execute("DROP TABLE segment_words")
