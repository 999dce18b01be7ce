"""Room in a thread for events with longer names, and for numbers of other channels ("whatsapp:+45…")."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("thread_entries") as table:
        table.alter_column("kind", existing_type=sa.String(12), type_=sa.String(24), existing_nullable=False)
        table.alter_column(
            "channel", existing_type=sa.String(8), type_=sa.String(12), existing_nullable=False
        )
    with op.batch_alter_table("inbound_messages") as table:
        table.alter_column(
            "recipient", existing_type=sa.String(20), type_=sa.String(40), existing_nullable=False
        )


def downgrade() -> None:
    with op.batch_alter_table("inbound_messages") as table:
        table.alter_column(
            "recipient", existing_type=sa.String(40), type_=sa.String(20), existing_nullable=False
        )
    with op.batch_alter_table("thread_entries") as table:
        table.alter_column(
            "channel", existing_type=sa.String(12), type_=sa.String(8), existing_nullable=False
        )
        table.alter_column("kind", existing_type=sa.String(24), type_=sa.String(12), existing_nullable=False)
