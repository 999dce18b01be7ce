"""Whose page a MitID opens, and changes of number that citizens make themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_mitid_bindings()
    _add_number_changes()


def downgrade() -> None:
    op.drop_table("number_changes")
    op.drop_table("mitid_bindings")


def _add_mitid_bindings() -> None:
    op.create_table(
        "mitid_bindings",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("citizen_id", "citizens"),
        sa.Column("subject_index", sa.String(43), nullable=False),
        sa.Column("proof", sa.String(8), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        _reference("municipality_id", "municipalities"),
        sa.UniqueConstraint("citizen_id", name="uq_mitid_bindings_citizen_id"),
        sa.UniqueConstraint(
            "municipality_id", "subject_index", name="uq_mitid_bindings_municipality_id_subject_index"
        ),
    )
    for column in ("subject_index", "municipality_id"):
        op.create_index(f"ix_mitid_bindings_{column}", "mitid_bindings", [column])


def _add_number_changes() -> None:
    op.create_table(
        "number_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("citizen_id", "citizens"),
        sa.Column("new_phone", sa.Text(), nullable=False),
        sa.Column("old_phone", sa.Text()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_index", sa.String(43)),
        sa.Column("code_expires_at", sa.DateTime(timezone=True)),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        _reference("municipality_id", "municipalities"),
    )
    for column in ("citizen_id", "asked_at", "municipality_id"):
        op.create_index(f"ix_number_changes_{column}", "number_changes", [column])


def _reference(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=False)
