"""A municipality's own colour and logo."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brands",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("colour", sa.String(7)),
        sa.Column("logo", sa.LargeBinary()),
        sa.Column("logo_name", sa.String(16)),
        sa.Column("logo_width", sa.Integer()),
        sa.Column("logo_height", sa.Integer()),
        sa.Column("municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False),
        sa.UniqueConstraint("municipality_id"),
    )
    op.create_index(op.f("ix_brands_logo_name"), "brands", ["logo_name"])
    op.create_index(op.f("ix_brands_municipality_id"), "brands", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("brands")
