"""A team's groups of citizens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citizen_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_citizen_groups_team_id_teams")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_citizen_groups_made_by_staff")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_citizen_groups_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_groups")),
    )
    op.create_index(op.f("ix_citizen_groups_team_id"), "citizen_groups", ["team_id"])
    op.create_index(op.f("ix_citizen_groups_municipality_id"), "citizen_groups", ["municipality_id"])
    op.create_table(
        "group_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["citizen_groups.id"], name=op.f("fk_group_members_group_id_citizen_groups")
        ),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizens.id"], name=op.f("fk_group_members_citizen_id_citizens")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_group_members_added_by_staff")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_group_members_municipality_id_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint("group_id", "citizen_id", name=op.f("uq_group_members_group_id_citizen_id")),
    )
    op.create_index(op.f("ix_group_members_citizen_id"), "group_members", ["citizen_id"])
    op.create_index(op.f("ix_group_members_municipality_id"), "group_members", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("group_members")
    op.drop_table("citizen_groups")
