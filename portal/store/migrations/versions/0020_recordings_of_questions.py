"""Readings of questions, recorded by people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("wording", sa.String(64), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("sound", sa.String(4), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
        sa.UniqueConstraint("municipality_id", "form", "question", "locale"),
    )
    op.create_index(op.f("ix_recordings_name"), "recordings", ["name"])
    op.create_index(op.f("ix_recordings_municipality_id"), "recordings", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("recordings")
