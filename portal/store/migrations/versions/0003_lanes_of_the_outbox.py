"""Lanes: whoever waits for an answer goes before a batch. What waits already was meant for one person each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_messages", sa.Column("lane", sa.SmallInteger(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("outbox_messages", "lane")
