"""Meetings with their hour and place, and when and how often a citizen wants SMS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("citizens") as table:
        table.add_column(sa.Column("sms_hours", sa.String(12)))
        table.add_column(sa.Column("sms_days", sa.String(5)))
        table.add_column(sa.Column("sms_cap", sa.Integer()))
    _add_meetings()


def downgrade() -> None:
    op.drop_table("meetings")
    with op.batch_alter_table("citizens") as table:
        table.drop_column("sms_cap")
        table.drop_column("sms_days")
        table.drop_column("sms_hours")


def _add_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("citizen_id", "citizens"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("interpreter", sa.String(8)),
        sa.Column("interpreter_asked_at", sa.DateTime(timezone=True)),
        sa.Column("move_asked_at", sa.DateTime(timezone=True)),
        _reference("invitation_id", "invitations", nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        _reference("made_by", "staff"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        _reference("municipality_id", "municipalities"),
    )
    op.create_index("ix_meetings_citizen_id_starts_at", "meetings", ["citizen_id", "starts_at"])
    for column in ("starts_at", "invitation_id", "municipality_id"):
        op.create_index(f"ix_meetings_{column}", "meetings", [column])


def _reference(column: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)
