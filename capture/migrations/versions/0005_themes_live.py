"""Themes that live through re-runs: what a run changed, what it offers, what it has looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LOOKED_AT = """
    UPDATE segment SET seen_in = (
        SELECT max(discovery.id) FROM discovery
        JOIN transcript ON transcript.study_id = discovery.study_id
        JOIN transcript_version ON transcript_version.transcript_id = transcript.id
        JOIN passage ON passage.version_id = transcript_version.id
        WHERE passage.id = segment.passage_id
    )
    WHERE EXISTS (SELECT 1 FROM vector WHERE vector.text_sha256 = segment.text_sha256)
"""
"""Whatever was embedded when themes were found was looked at for them."""


def upgrade() -> None:
    op.create_table(
        "theme_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discovery_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("granularity", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("size_before", sa.Integer(), nullable=False),
        sa.Column("size_now", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("went", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["discovery_id"], ["discovery.id"], name=op.f("fk_theme_change_discovery_id")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate_theme.id"], name=op.f("fk_theme_change_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["candidate_theme.id"], name=op.f("fk_theme_change_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_change")),
    )
    op.create_index(op.f("ix_theme_change_candidate_id"), "theme_change", ["candidate_id"])
    columns = ["discovery_id", "granularity"]
    op.create_index(op.f("ix_theme_change_discovery_id_granularity"), "theme_change", columns)
    op.create_table(
        "candidate_offer",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.Column("discovery_id", sa.Integer(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate_theme.id"], name=op.f("fk_candidate_offer_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_candidate_offer_passage_id")
        ),
        sa.ForeignKeyConstraint(
            ["discovery_id"], ["discovery.id"], name=op.f("fk_candidate_offer_discovery_id")
        ),
        sa.PrimaryKeyConstraint("candidate_id", "passage_id", name=op.f("pk_candidate_offer")),
    )
    op.create_index(op.f("ix_candidate_offer_passage_id"), "candidate_offer", ["passage_id"])
    # Added in place: rebuilding a table that others point at would delete what points at it.
    op.add_column("segment", sa.Column("seen_in", sa.Integer(), nullable=True))
    op.add_column(
        "segment", sa.Column("came_later", sa.Boolean(), nullable=False, server_default="0")
    )
    op.add_column("study", sa.Column("look_again", sa.String(), nullable=True))
    op.add_column("discovery", sa.Column("before", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(
        "discovery", sa.Column("state", sa.String(), nullable=False, server_default="stands")
    )
    op.execute(LOOKED_AT)


def downgrade() -> None:
    for table, column in (
        ("discovery", "state"),
        ("discovery", "before"),
        ("study", "look_again"),
        ("segment", "came_later"),
        ("segment", "seen_in"),
    ):
        op.drop_column(table, column)
    op.drop_table("candidate_offer")
    op.drop_table("theme_change")
