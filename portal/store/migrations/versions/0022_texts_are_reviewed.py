"""Texts are read back into Danish, asked about, and tried with citizens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "back_translations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("danish", sa.Text(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
    )
    op.create_table(
        "text_comments",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
    )
    op.create_table(
        "text_trials",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("area", sa.String(80), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("citizens", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
    )
    for table in ("back_translations", "text_comments"):
        op.create_index(f"ix_{table}_text", table, ["municipality_id", "locale", "key"])
    for table in ("back_translations", "text_comments", "text_trials"):
        op.create_index(op.f(f"ix_{table}_municipality_id"), table, ["municipality_id"])


def downgrade() -> None:
    for table in ("text_trials", "text_comments", "back_translations"):
        op.drop_table(table)
