"""Pages that answered a form, kept for an hour so that a browser can come back to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_pages",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key_index", sa.String(43), nullable=False),
        sa.Column("owner_index", sa.String(43), nullable=False),
        sa.Column("is_strangers", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("key_index", name=op.f("uq_kept_pages_key_index")),
    )
    op.create_index(op.f("ix_kept_pages_owner_index"), "kept_pages", ["owner_index"])
    op.create_index(op.f("ix_kept_pages_expires_at"), "kept_pages", ["expires_at"])


def downgrade() -> None:
    op.drop_table("kept_pages")
