"""Goals in a citizen's own words; staff see those she shows them, through ``shared_goals`` alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime


class Goal(Owned, Base):
    """``is_shared``: she has said that her caseworker may see it. What became of it is told by its times."""

    __tablename__ = "goals"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    body: Mapped[str] = mapped_column(Encrypted)
    is_shared: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def own_goals(session: Session, citizen_id: int) -> list[Goal]:
    """In the order in which she wrote them."""
    return list(session.scalars(select(Goal).where(Goal.citizen_id == citizen_id).order_by(Goal.id)))


def own_goal(session: Session, citizen_id: int, goal_id: int) -> Goal | None:
    query = select(Goal).where(Goal.citizen_id == citizen_id, Goal.id == goal_id)
    return session.scalars(query.with_for_update()).one_or_none()


def shared_goals(session: Session, citizen_id: int) -> list[Goal]:
    """Those that she shows staff and has not put away: the only query whose answer staff see."""
    query = select(Goal).where(Goal.citizen_id == citizen_id, Goal.is_shared, Goal.put_away_at.is_(None))
    return list(session.scalars(query.order_by(Goal.id)))
