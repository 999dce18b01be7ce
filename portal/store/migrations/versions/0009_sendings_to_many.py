"""Sendings to many, and the recipients of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("questionnaire", "check_in", "message", name="sendingkind", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("questionnaire_id", sa.Integer(), nullable=True),
        sa.Column("check_in_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=True),
        sa.Column("words_confirmed", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=43), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "planned",
                "running",
                "paused",
                "stopped",
                "finished",
                name="sendingstate",
                native_enum=False,
                length=12,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("list_report", sa.Text(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_sendings_changed_by_staff")),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_sendings_check_in_id_check_ins")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["citizen_groups.id"], name=op.f("fk_sendings_group_id_citizen_groups")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_sendings_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_sendings_questionnaire_id_questionnaires"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sendings_staff_id_staff")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_sendings_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sendings")),
        sa.UniqueConstraint("form_key", name=op.f("uq_sendings_form_key")),
    )
    op.create_index("ix_sendings_fingerprint", "sendings", ["municipality_id", "fingerprint"], unique=False)
    op.create_index(
        "ix_sendings_live",
        "sendings",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('planned', 'running')"),
        postgresql_where=sa.text("state IN ('planned', 'running')"),
    )
    op.create_index(op.f("ix_sendings_municipality_id"), "sendings", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_sendings_team_id"), "sendings", ["team_id"], unique=False)
    op.create_table(
        "sending_recipients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "enqueued",
                "handed_over",
                "left_out",
                name="recipientstate",
                native_enum=False,
                length=12,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizens.id"], name=op.f("fk_sending_recipients_citizen_id_citizens")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_messages.id"],
            name=op.f("fk_sending_recipients_message_id_outbox_messages"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_sending_recipients_municipality_id_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["sending_id"], ["sendings.id"], name=op.f("fk_sending_recipients_sending_id_sendings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_recipients")),
        sa.UniqueConstraint(
            "sending_id", "citizen_id", name=op.f("uq_sending_recipients_sending_id_citizen_id")
        ),
    )
    op.create_index(
        op.f("ix_sending_recipients_citizen_id"), "sending_recipients", ["citizen_id"], unique=False
    )
    op.create_index(
        "ix_sending_recipients_enqueued",
        "sending_recipients",
        ["sending_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'enqueued'"),
        postgresql_where=sa.text("state = 'enqueued'"),
    )
    op.create_index(
        op.f("ix_sending_recipients_message_id"), "sending_recipients", ["message_id"], unique=False
    )
    op.create_index(
        op.f("ix_sending_recipients_municipality_id"), "sending_recipients", ["municipality_id"], unique=False
    )
    op.create_index(
        "ix_sending_recipients_waiting",
        "sending_recipients",
        ["sending_id", "citizen_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("sending_recipients")
    op.drop_table("sendings")
