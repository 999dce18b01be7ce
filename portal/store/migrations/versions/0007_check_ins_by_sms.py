"""Check-ins by SMS: the questions, who was asked, and the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("check_ins", "check_in_questions", "check_in_asks", "check_in_answers")


def upgrade() -> None:
    _add_check_ins()
    _add_asks()
    _add_answers()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _add_check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("made_by", "staff"),
        _moment("created_at"),
        _reference("municipality_id", "municipalities"),
    )
    _index("check_ins", "made_by", "municipality_id")
    op.create_table(
        "check_in_questions",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("check_in_id", "check_ins"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("template", sa.String(40)),
        sa.Column("text", sa.Text()),
        sa.Column("indicator", sa.String(40)),
        _reference("municipality_id", "municipalities"),
        sa.UniqueConstraint(
            "check_in_id", "position", name=op.f("uq_check_in_questions_check_in_id_position")
        ),
    )
    _index("check_in_questions", "municipality_id")


def _add_asks() -> None:
    op.create_table(
        "check_in_asks",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("check_in_id", "check_ins"),
        _reference("citizen_id", "citizens"),
        _reference("asked_by", "staff"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(24)),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        _moment("created_at"),
        *(_moment(name, nullable=True) for name in ("due_at", "asked_at", "closes_at", "ended_at")),
        _reference("message_id", "outbox_messages", nullable=True),
        _reference("municipality_id", "municipalities"),
    )
    _index("check_in_asks", "check_in_id", "citizen_id", "asked_by", "message_id", "municipality_id")
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_check_in_asks_open",
        "check_in_asks",
        ["citizen_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "ix_check_in_asks_closes_at",
        "check_in_asks",
        ["closes_at"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _add_answers() -> None:
    op.create_table(
        "check_in_answers",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("ask_id", "check_in_asks"),
        _reference("question_id", "check_in_questions"),
        _reference("citizen_id", "citizens"),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("value", sa.String(4)),
        sa.Column("text", sa.Text()),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        _reference("entry_id", "thread_entries"),
        _moment("answered_at"),
        _reference("municipality_id", "municipalities"),
        sa.UniqueConstraint("ask_id", "question_id", name=op.f("uq_check_in_answers_ask_id_question_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_check_in_answers_entry_id")),
    )
    _index("check_in_answers", "question_id", "citizen_id", "municipality_id")


def _reference(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
