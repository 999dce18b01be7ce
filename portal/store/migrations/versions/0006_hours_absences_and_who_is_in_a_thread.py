"""Opening hours, absences, who has a thread open, and what a municipality sets about its SMS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMES = ("team_hours", "absences", "thread_presence", "sms_settings")


def upgrade() -> None:
    _table(
        "team_hours",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("closings", sa.JSON(), nullable=False),
        sa.Column("reply_days", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("team_id", name=op.f("uq_team_hours_team_id")),
        points_at={"team_id": "teams"},
    )
    _table(
        "absences",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        points_at={"staff_id": "staff", "cover_id": "staff", "made_by": "staff"},
    )
    op.create_index("ix_absences_staff_id_last_day", "absences", ["staff_id", "last_day"])
    _table(
        "thread_presence",
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writing_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("citizen_id", "staff_id", name=op.f("uq_thread_presence_citizen_id_staff_id")),
        points_at={"citizen_id": "citizens", "staff_id": "staff"},
    )
    _table(
        "sms_settings",
        sa.Column("part_price", sa.Integer(), nullable=True),
        sa.Column("sensitive_words", sa.JSON(), nullable=True),
        sa.UniqueConstraint("municipality_id", name=op.f("uq_sms_settings_municipality_id")),
        points_at={},
    )


def _table(name: str, *parts: sa.schema.SchemaItem, points_at: dict[str, str]) -> None:
    """With the columns that every table of a municipality has, and a foreign key for each that points."""
    keys = [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}_{to}"))
        for column, to in {"municipality_id": "municipalities", **points_at}.items()
    ]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        *parts,
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_municipality_id"), name, ["municipality_id"])


def downgrade() -> None:
    for name in reversed(NAMES):
        op.drop_table(name)
