"""Looking before storing, names and words taken out, corrected texts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["transcript.id"], name=op.f("fk_draft_corrects_id")
        ),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_draft_study_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user.id"], name=op.f("fk_draft_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("study_id", "file_sha256", name=op.f("uq_draft_study_id_file_sha256")),
    )
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stands_as", sa.String(), nullable=False),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_register_entry_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_register_entry_participant_id")
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["study.id"], name=op.f("fk_register_entry_study_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("study_id", "name", name=op.f("uq_register_entry_study_id_name")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_entry_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("instead", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.id"], name=op.f("fk_replacement_entry_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_replacement_made_by")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["transcript_version.id"], name=op.f("fk_replacement_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement")),
    )
    with op.batch_alter_table("replacement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replacement_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_replacement_version_id"), ["version_id"], unique=False)

    op.create_table(
        "needs_look",
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("set_aside_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_needs_look_passage_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_aside_by"], ["user.id"], name=op.f("fk_needs_look_set_aside_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["transcript_version.id"], name=op.f("fk_needs_look_version_id")
        ),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_needs_look")),
    )
    with op.batch_alter_table("needs_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_needs_look_version_id"), ["version_id"], unique=False)

    op.create_table(
        "passage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("from_version_id", sa.Integer(), nullable=False),
        sa.Column("from_start", sa.Integer(), nullable=False),
        sa.Column("from_end", sa.Integer(), nullable=False),
        sa.Column("to_version_id", sa.Integer(), nullable=False),
        sa.Column("to_start", sa.Integer(), nullable=False),
        sa.Column("to_end", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_version_id"],
            ["transcript_version.id"],
            name=op.f("fk_passage_move_from_version_id"),
        ),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_passage_move_made_by")),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_passage_move_passage_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_version_id"], ["transcript_version.id"], name=op.f("fk_passage_move_to_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_move")),
    )
    with op.batch_alter_table("passage_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_passage_move_passage_id"), ["passage_id"], unique=False
        )

    # Added in place: rebuilding a table that others point at would delete what points at it.
    for column in (
        sa.Column("audience", sa.String(), nullable=False, server_default="inside the programme"),
        sa.Column("also_called", sa.JSON(), nullable=False, server_default="[]"),
    ):
        op.add_column("appearance", column)
    for column in (
        sa.Column("why", sa.String(), nullable=False, server_default="uploaded"),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column("hides_earlier", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("transcript_version", column)
    op.execute(
        "ALTER TABLE transcript_version ADD COLUMN made_by INTEGER "
        'CONSTRAINT fk_transcript_version_made_by REFERENCES "user" (id)'
    )
    op.create_index(
        op.f("ix_transcript_version_file_sha256"), "transcript_version", ["file_sha256"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_transcript_version_file_sha256"), "transcript_version")
    with op.batch_alter_table("transcript_version", schema=None) as batch_op:
        batch_op.drop_column("made_by")
        batch_op.drop_column("hides_earlier")
        batch_op.drop_column("file_sha256")
        batch_op.drop_column("why")

    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.drop_column("also_called")
        batch_op.drop_column("audience")

    with op.batch_alter_table("passage_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_move_passage_id"))

    op.drop_table("passage_move")
    with op.batch_alter_table("needs_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needs_look_version_id"))

    op.drop_table("needs_look")
    with op.batch_alter_table("replacement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replacement_version_id"))
        batch_op.drop_index(batch_op.f("ix_replacement_entry_id"))

    op.drop_table("replacement")
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_entry_participant_id"))

    op.drop_table("register_entry")
    op.drop_table("draft")
