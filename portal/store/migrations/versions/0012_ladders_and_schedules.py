"""Ladders of reminders, the schedules that begin them, and the pause that holds them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("citizens") as table:
        table.add_column(sa.Column("reminders_paused_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reminders_paused_until", sa.Date(), nullable=True))
    _ladders()
    _schedules()
    _occurrences()
    _dates()


def downgrade() -> None:
    for name in ("citizen_dates", "schedule_occurrences", "reminder_schedules", "reminder_ladders"):
        op.drop_table(name)
    with op.batch_alter_table("citizens") as table:
        table.drop_column("reminders_paused_until")
        table.drop_column("reminders_paused_at")


def _ladders() -> None:
    op.create_table(
        "reminder_ladders",
        sa.Column("id", sa.Integer(), primary_key=True),
        _points_to("invitations", "invitation_id"),
        _points_to("citizens", "citizen_id"),
        sa.Column("taken", sa.Integer(), nullable=False),
        _points_to("outbox_messages", "message_id", nullable=True),
        sa.Column("check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("too_late_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(40), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _points_to("staff", "settled_by", nullable=True),
        _points_to("municipalities", "municipality_id"),
        sa.UniqueConstraint("invitation_id"),
    )
    _indexed("reminder_ladders", "citizen_id", "municipality_id")
    waits = sa.text("check_at IS NOT NULL")
    op.create_index("ix_reminder_ladders_check", "reminder_ladders", ["check_at"],
                    sqlite_where=waits, postgresql_where=waits)  # fmt: skip


def _schedules() -> None:
    op.create_table(
        "reminder_schedules",
        sa.Column("id", sa.Integer(), primary_key=True),
        _points_to("questionnaires", "questionnaire_id"),
        _points_to("teams", "team_id"),
        _points_to("citizen_groups", "group_id", nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        _points_to("staff", "made_by"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        _points_to("municipalities", "municipality_id"),
    )
    _indexed("reminder_schedules", "team_id", "municipality_id")


def _occurrences() -> None:
    op.create_table(
        "schedule_occurrences",
        sa.Column("id", sa.Integer(), primary_key=True),
        _points_to("reminder_schedules", "schedule_id"),
        _points_to("citizens", "citizen_id"),
        sa.Column("occurrence", sa.String(32), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        _points_to("municipalities", "municipality_id"),
        sa.UniqueConstraint("schedule_id", "citizen_id", "occurrence"),
    )
    _indexed("schedule_occurrences", "citizen_id", "municipality_id")


def _dates() -> None:
    op.create_table(
        "citizen_dates",
        sa.Column("id", sa.Integer(), primary_key=True),
        _points_to("citizens", "citizen_id"),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _points_to("staff", "set_by"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _points_to("municipalities", "municipality_id"),
        sa.UniqueConstraint("citizen_id", "kind"),
    )
    _indexed("citizen_dates", "municipality_id")


def _points_to(table: str, column: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
