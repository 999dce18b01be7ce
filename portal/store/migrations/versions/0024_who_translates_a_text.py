"""Which of the staff have a text open, so that two translators see each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_presence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writing_at", sa.DateTime(timezone=True)),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
        sa.UniqueConstraint("municipality_id", "locale", "key", "staff_id"),
    )
    op.create_index(op.f("ix_text_presence_municipality_id"), "text_presence", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("text_presence")
