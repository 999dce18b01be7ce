"""A municipality can change the name and the number that its SMS come from, and keeps the former ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_senders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_former_senders_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_senders")),
        sa.UniqueConstraint(
            "municipality_id", "address", name=op.f("uq_former_senders_municipality_id_address")
        ),
    )
    op.create_index(op.f("ix_former_senders_address"), "former_senders", ["address"])
    op.create_index(op.f("ix_former_senders_municipality_id"), "former_senders", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("former_senders")
