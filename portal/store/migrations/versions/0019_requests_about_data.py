"""What citizens ask about their data, and the municipality's settings about their rights."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_OPEN = sa.text("answered_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "data_requests",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("citizen_id", sa.Integer(), sa.ForeignKey("citizens.id"), index=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("outcome", sa.String(12)),
        sa.Column("answer", sa.Text()),
        sa.Column(
            "municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False, index=True
        ),
    )
    op.create_index(
        "ix_data_requests_open",
        "data_requests",
        ["municipality_id", "due_on"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "rights_settings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("download_by_pin", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(120)),
        sa.Column("dpo", sa.String(200)),
        sa.Column("statement_url", sa.String(200)),
        sa.Column("reviewed_on", sa.Date()),
        sa.Column(
            "municipality_id", sa.Integer(), sa.ForeignKey("municipalities.id"), nullable=False, index=True
        ),
        sa.UniqueConstraint("municipality_id"),
    )


def downgrade() -> None:
    op.drop_table("rights_settings")
    op.drop_table("data_requests")
