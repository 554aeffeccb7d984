"""Suggestions that learn: what they were learnt from, why they are made, and jobs that may wait."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("learnt_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_learning_study_id")),
        sa.PrimaryKeyConstraint("study_id", name=op.f("pk_learning")),
    )
    # Added in place: rebuilding a table that others point at would delete what points at it.
    for column in (
        sa.Column("decided", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("because", sa.JSON(), nullable=False, server_default="[]"),
    ):
        op.add_column("suggestion", column)
    op.add_column("job", sa.Column("not_before", sa.DateTime(), nullable=True))
    op.drop_column("study", "suggested_from")


def downgrade() -> None:
    op.add_column("study", sa.Column("suggested_from", sa.String(), nullable=True))
    op.drop_column("job", "not_before")
    for name in ("because", "stance", "decided"):
        op.drop_column("suggestion", name)
    op.drop_table("learning")
