"""Who helped, who typed it in, and forms on paper with their codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ENTERED_BY = "fk_responses_entered_by_staff"


def upgrade() -> None:
    with op.batch_alter_table("responses") as table:
        table.add_column(sa.Column("helper", sa.String(12)))
        table.add_column(sa.Column("entered_by", sa.Integer()))
        table.create_foreign_key(ENTERED_BY, "staff", ["entered_by"], ["id"])
    op.create_table(
        "paper_forms",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(8), nullable=False),
        _points_to("citizens", "citizen_id"),
        _points_to("measurements", "measurement_id"),
        _points_to("questionnaire_versions", "version_id"),
        sa.Column("language", sa.String(8), nullable=False),
        _points_to("staff", "printed_by"),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        _points_to("municipalities", "municipality_id"),
        sa.UniqueConstraint("municipality_id", "code"),
    )
    for column in ("citizen_id", "measurement_id", "municipality_id"):
        op.create_index(op.f(f"ix_paper_forms_{column}"), "paper_forms", [column])


def downgrade() -> None:
    op.drop_table("paper_forms")
    with op.batch_alter_table("responses") as table:
        table.drop_constraint(ENTERED_BY, type_="foreignkey")
        table.drop_column("entered_by")
        table.drop_column("helper")


def _points_to(table: str, column: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=False)
