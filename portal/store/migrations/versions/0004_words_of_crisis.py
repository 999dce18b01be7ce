"""Messages with words of crisis, and a municipality's own lists of such words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_alarms()
    _add_lists()


def downgrade() -> None:
    op.drop_table("crisis_lists")
    op.drop_table("crisis_alarms")


def _add_alarms() -> None:
    op.create_table(
        "crisis_alarms",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("citizen_id", "citizens"),
        _reference("entry_id", "thread_entries"),
        _reference("inbound_id", "inbound_messages"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("handled_at", sa.DateTime(timezone=True)),
        _reference("handled_by", "staff"),
        _reference("municipality_id", "municipalities", nullable=False),
        sa.UniqueConstraint("entry_id", name="uq_crisis_alarms_entry_id"),
        sa.UniqueConstraint("inbound_id", name="uq_crisis_alarms_inbound_id"),
    )
    op.create_index("ix_crisis_alarms_municipality_id", "crisis_alarms", ["municipality_id"])
    op.create_index("ix_crisis_alarms_citizen_id", "crisis_alarms", ["citizen_id"])
    op.create_index(
        "ix_crisis_alarms_open",
        "crisis_alarms",
        ["municipality_id", "citizen_id"],
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )


def _add_lists() -> None:
    op.create_table(
        "crisis_lists",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        _reference("changed_by", "staff"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _reference("municipality_id", "municipalities", nullable=False),
        sa.UniqueConstraint("municipality_id", "locale", name="uq_crisis_lists_municipality_id_locale"),
    )
    op.create_index("ix_crisis_lists_municipality_id", "crisis_lists", ["municipality_id"])


def _reference(name: str, table: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)
