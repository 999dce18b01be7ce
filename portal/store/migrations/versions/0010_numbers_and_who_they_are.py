"""Numbers that were a citizen's, numbers that get no answer, and what became of an SMS that was nobody's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_former_numbers()
    _add_quiet_numbers()
    with op.batch_alter_table("unplaced_messages") as table:
        table.add_column(sa.Column("outcome", sa.String(12)))
        table.add_column(sa.Column("reason", sa.String(24)))
        table.add_column(sa.Column("citizen_id", sa.Integer()))
        table.create_foreign_key(
            "fk_unplaced_messages_citizen_id_citizens", "citizens", ["citizen_id"], ["id"]
        )
        table.create_index("ix_unplaced_messages_citizen_id", ["citizen_id"])


def downgrade() -> None:
    with op.batch_alter_table("unplaced_messages") as table:
        table.drop_index("ix_unplaced_messages_citizen_id")
        table.drop_constraint("fk_unplaced_messages_citizen_id_citizens", type_="foreignkey")
        table.drop_column("citizen_id")
        table.drop_column("reason")
        table.drop_column("outcome")
    op.drop_table("quiet_numbers")
    op.drop_table("former_numbers")


def _add_former_numbers() -> None:
    op.create_table(
        "former_numbers",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("citizen_id", "citizens", nullable=False),
        sa.Column("phone_index", sa.String(43), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        _reference("municipality_id", "municipalities", nullable=False),
    )
    for column in ("citizen_id", "phone_index", "municipality_id"):
        op.create_index(f"ix_former_numbers_{column}", "former_numbers", [column])


def _add_quiet_numbers() -> None:
    op.create_table(
        "quiet_numbers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(43), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        _reference("staff_id", "staff"),
        _reference("municipality_id", "municipalities", nullable=False),
        sa.UniqueConstraint(
            "municipality_id", "phone_index", "why", name="uq_quiet_numbers_municipality_id_phone_index_why"
        ),
    )
    op.create_index("ix_quiet_numbers_municipality_id", "quiet_numbers", ["municipality_id"])


def _reference(name: str, table: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)
