"""What shipped with the product when it was last upgraded, and what each upgrade changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shipped_texts",
        sa.Column("locale", sa.String(8), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "shipped_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
    )
    op.create_index(op.f("ix_shipped_changes_at"), "shipped_changes", ["at"])


def downgrade() -> None:
    op.drop_table("shipped_changes")
    op.drop_table("shipped_texts")
