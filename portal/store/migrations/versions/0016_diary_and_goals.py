"""A diary of what went well, and goals, both in a citizen's own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diary_notes",
        *_own_words(),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
    )
    deleted = sa.text("deleted_at IS NOT NULL")
    op.create_index("ix_diary_notes_citizen_id_id", "diary_notes", ["citizen_id", "id"])
    op.create_index(op.f("ix_diary_notes_municipality_id"), "diary_notes", ["municipality_id"])
    op.create_index("ix_diary_notes_deleted_at", "diary_notes", ["deleted_at"],
                    sqlite_where=deleted, postgresql_where=deleted)  # fmt: skip
    op.create_table(
        "goals",
        *_own_words(),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index(op.f("ix_goals_citizen_id"), "goals", ["citizen_id"])
    op.create_index(op.f("ix_goals_municipality_id"), "goals", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("goals")
    op.drop_table("diary_notes")


def _own_words() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("citizen_id", sa.Integer(), sa.ForeignKey("citizens.id"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
    )
