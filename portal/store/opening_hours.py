"""A team's opening hours, one row a team; a team without a row has told nobody its hours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime


class TeamHours(Owned, Base):
    """``week``: weekday ("0" is Monday) to [opens, closes] in local time, such as ["09:00", "15:00"].
    ``closings``: [first, last] days, both included, on which the team is closed beside the holidays."""

    __tablename__ = "team_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), unique=True)
    week: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    closings: Mapped[list[list[str]]] = mapped_column(JSON)
    reply_days: Mapped[int]
    """Working days within which a message is answered."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def of_team(session: Session, team_id: int) -> TeamHours | None:
    return session.scalars(_OF_TEAM, {"team": team_id}).one_or_none()


_OF_TEAM = select(TeamHours).where(TeamHours.team_id == bindparam("team"))


def of_teams(session: Session, team_ids: Collection[int]) -> dict[int, TeamHours]:
    rows = session.scalars(select(TeamHours).where(TeamHours.team_id.in_(team_ids)))
    return {row.team_id: row for row in rows}
