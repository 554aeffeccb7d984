"""A segment's place on the map of themes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for axis in ("map_x", "map_y"):
        op.add_column("segment", sa.Column(axis, sa.Double(), nullable=True))
    op.add_column("study", sa.Column("mapped_from", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("study", "mapped_from")
    for axis in ("map_y", "map_x"):
        op.drop_column("segment", axis)
