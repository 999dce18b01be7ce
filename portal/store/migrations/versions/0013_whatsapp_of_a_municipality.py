"""A municipality's number on WhatsApp; none where it has not been switched on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "uq_municipalities_whatsapp_number"


def upgrade() -> None:
    with op.batch_alter_table("municipalities") as table:
        table.add_column(sa.Column("whatsapp_number", sa.String(20)))
        table.create_unique_constraint(NAME, ["whatsapp_number"])


def downgrade() -> None:
    with op.batch_alter_table("municipalities") as table:
        table.drop_constraint(NAME, type_="unique")
        table.drop_column("whatsapp_number")
