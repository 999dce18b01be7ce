"""Each municipality's line: whose turn it is, and how fast its messages may leave. What is due is found by
municipality and lane."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAME = "ix_outbox_messages_due"


def upgrade() -> None:
    op.create_table(
        "outbox_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("per_second", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_outbox_lines_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_lines")),
        sa.UniqueConstraint("municipality_id", name=op.f("uq_outbox_lines_municipality_id")),
    )
    _index("municipality_id", "lane", "due_at", "id")


def downgrade() -> None:
    _index("due_at", "id")
    op.drop_table("outbox_lines")


def _index(*columns: str) -> None:
    waiting = sa.text("due_at IS NOT NULL")
    op.drop_index(NAME, "outbox_messages")
    op.create_index(NAME, "outbox_messages", [*columns], sqlite_where=waiting, postgresql_where=waiting)
