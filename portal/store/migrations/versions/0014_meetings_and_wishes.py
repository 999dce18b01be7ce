"""Meetings with their hour and place, and when and how often a citizen wants SMS.

The days of next meetings that there were become meetings whose hour is not set; on the way down, the next meeting of
each citizen becomes such a day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

HERE = ZoneInfo("Europe/Copenhagen")
DAYS = sa.table(
    "citizen_dates",
    *map(sa.column, ("citizen_id", "kind", "set_by", "municipality_id")),
    sa.column("day", sa.Date()),
    sa.column("set_at", sa.DateTime(timezone=True)),
)
MEETINGS = sa.table(
    "meetings",
    *map(sa.column, ("citizen_id", "minutes", "way", "changes", "made_by", "municipality_id")),
    sa.column("has_time", sa.Boolean()),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("starts_at", "made_at", "cancelled_at")),
)


def upgrade() -> None:
    with op.batch_alter_table("citizens") as table:
        table.add_column(sa.Column("sms_hours", sa.String(12)))
        table.add_column(sa.Column("sms_days", sa.String(5)))
        table.add_column(sa.Column("sms_cap", sa.Integer()))
    _add_meetings()
    _days_become_meetings()


def downgrade() -> None:
    _meetings_become_days()
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


def _days_become_meetings() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(DAYS).where(DAYS.c.kind == "meeting")).mappings().all()
    if rows:
        connection.execute(
            sa.insert(MEETINGS),
            [
                {
                    "citizen_id": row["citizen_id"],
                    "starts_at": _start_of(row["day"]),
                    "has_time": False,
                    "minutes": 45,
                    "way": "place",
                    "changes": 0,
                    "made_by": row["set_by"],
                    "made_at": row["set_at"],
                    "municipality_id": row["municipality_id"],
                }
                for row in rows
            ],
        )
    connection.execute(sa.delete(DAYS).where(DAYS.c.kind == "meeting"))


def _meetings_become_days() -> None:
    """One for each citizen: the next, else the last."""
    connection = op.get_bind()
    query = sa.select(MEETINGS).where(MEETINGS.c.cancelled_at.is_(None)).order_by(MEETINGS.c.starts_at)
    today = datetime.now(HERE).date()
    next_of: dict[int, sa.RowMapping] = {}
    for row in connection.execute(query).mappings():
        known = next_of.get(row["citizen_id"])
        if known is None or _day_of(known["starts_at"]) < today:
            next_of[row["citizen_id"]] = row
    if next_of:
        connection.execute(
            sa.insert(DAYS),
            [
                {
                    "citizen_id": row["citizen_id"],
                    "kind": "meeting",
                    "day": _day_of(row["starts_at"]),
                    "set_by": row["made_by"],
                    "set_at": row["made_at"],
                    "municipality_id": row["municipality_id"],
                }
                for row in next_of.values()
            ],
        )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, HERE).astimezone(UTC)


def _day_of(moment: datetime) -> date:
    """SQLite gives the time in UTC without saying so."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(HERE).date()


def _reference(column: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)
