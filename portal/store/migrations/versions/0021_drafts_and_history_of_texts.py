"""Drafts of texts beside what is live, how far each has come, and its history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("text_overrides") as batch_op:
        batch_op.alter_column(
            "key", type_=sa.String(200), existing_type=sa.String(120), existing_nullable=False
        )
        # Whoever wrote them, no native speaker has said that she stands for them.
        batch_op.add_column(sa.Column("live_status", sa.String(16), nullable=False, server_default="draft"))
        batch_op.add_column(sa.Column("draft_forms", sa.JSON()))
        batch_op.add_column(sa.Column("draft_source", sa.JSON()))
        batch_op.add_column(sa.Column("status", sa.String(16), nullable=False, server_default="draft"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("approved_by", sa.Integer()))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True)))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True)))
        batch_op.create_foreign_key(
            op.f("fk_text_overrides_approved_by_staff"), "staff", ["approved_by"], ["id"]
        )
    op.execute("UPDATE text_overrides SET published_at = changed_at")
    op.create_table(
        "text_revisions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
    )
    op.create_index("ix_text_revisions_text", "text_revisions", ["municipality_id", "locale", "key"])
    op.create_index(op.f("ix_text_revisions_municipality_id"), "text_revisions", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("text_revisions")
    op.execute("DELETE FROM text_overrides WHERE length(key) > 120 OR published_at IS NULL")
    with op.batch_alter_table("text_overrides") as batch_op:
        batch_op.drop_constraint(op.f("fk_text_overrides_approved_by_staff"), type_="foreignkey")
        for name in ("published_at", "approved_at", "approved_by", "version", "status"):
            batch_op.drop_column(name)
        for name in ("draft_source", "draft_forms", "live_status"):
            batch_op.drop_column(name)
        batch_op.alter_column(
            "key", type_=sa.String(120), existing_type=sa.String(200), existing_nullable=False
        )
