"""Questionnaires and their versions. A published version never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import UtcDateTime


class Questionnaire(Owned, Base):
    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    respondent: Mapped[str] = mapped_column(String(12))
    counterpart_key: Mapped[str | None] = mapped_column(String(60))
    """The key of the form that the other party answers about the same citizen at the same time."""


class QuestionnaireVersion(Owned, Base):
    """``definition``: what ``domain.questionnaires.to_dict`` gives; new answers take the newest number."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"), index=True)
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    questionnaire: Mapped[Questionnaire] = relationship()
