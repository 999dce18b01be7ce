"""A team's groups of citizens: a course, the young, those whose meeting is next week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime
from portal.store.people import Citizen, Staff


class Group(Owned, Base):
    """Belongs to a team: every caseworker of the team sees it. An archived one is kept, and can come back."""

    __tablename__ = "citizen_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    name: Mapped[str] = mapped_column(Encrypted)
    """Staff's own words: with its members it may tell of somebody's health, so only the application reads it."""
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GroupMember(Owned, Base):
    """``group_id``, ``citizen_id``: each once. Who has moved to another team is a member still, but is shown to
    nobody and gets nothing."""

    __tablename__ = "group_members"
    __table_args__ = (UniqueConstraint("group_id", "citizen_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("citizen_groups.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    added_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GroupRow(NamedTuple):
    group: Group
    maker: str
    members: int


class PersonRow(NamedTuple):
    """A citizen, as lists of many show her."""

    id: int
    first_name: str
    last_name: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


_PERSON = (Citizen.id, Citizen.first_name, Citizen.last_name, Citizen.language)


def groups_of_team(session: Session, team_id: int) -> list[GroupRow]:
    """Archived ones too; members of the team alone are counted."""
    members = (
        select(GroupMember.group_id, func.count(GroupMember.id).label("members"))
        .join(Citizen, Citizen.id == GroupMember.citizen_id)
        .where(Citizen.team_id == team_id)
        .group_by(GroupMember.group_id)
        .subquery()
    )
    query = (
        select(Group, Staff.name, func.coalesce(members.c.members, 0))
        .join(Staff, Staff.id == Group.made_by)
        .outerjoin(members, members.c.group_id == Group.id)
        .where(Group.team_id == team_id)
        .order_by(Group.id)
    )
    return [GroupRow(*row) for row in session.execute(query)]


def names_of_team(session: Session, team_id: int) -> list[Group]:
    """Those in use."""
    query = select(Group).where(Group.team_id == team_id, Group.archived_at.is_(None)).order_by(Group.id)
    return list(session.scalars(query))


def group_of_team(session: Session, team_id: int, group_id: int) -> Group | None:
    return session.scalars(select(Group).where(Group.id == group_id, Group.team_id == team_id)).one_or_none()


def members(session: Session, group: Group) -> list[PersonRow]:
    query = (
        select(*_PERSON)
        .join(GroupMember, GroupMember.citizen_id == Citizen.id)
        .where(GroupMember.group_id == group.id, Citizen.team_id == group.team_id)
    )
    return [PersonRow(*row) for row in session.execute(query)]


def member_ids(session: Session, group: Group) -> list[int]:
    """In the order of their ids. Of the group's own team alone."""
    query = (
        select(Citizen.id)
        .join(GroupMember, GroupMember.citizen_id == Citizen.id)
        .where(GroupMember.group_id == group.id, Citizen.team_id == group.team_id)
        .order_by(Citizen.id)
    )
    return list(session.scalars(query))


def people_of_team(session: Session, team_id: int) -> list[PersonRow]:
    return [PersonRow(*row) for row in session.execute(select(*_PERSON).where(Citizen.team_id == team_id))]


def ids_of_team(session: Session, team_id: int) -> set[int]:
    return set(session.scalars(select(Citizen.id).where(Citizen.team_id == team_id)))


def people_by_id(session: Session, team_id: int, citizen_ids: Collection[int]) -> list[PersonRow]:
    """Those of them who are the team's."""
    query = select(*_PERSON).where(Citizen.team_id == team_id, Citizen.id.in_(citizen_ids))
    return [PersonRow(*row) for row in session.execute(query)]


def hold(session: Session, group_id: int) -> None:
    """Two clicks at once take their turns."""
    session.scalars(select(Group.id).where(Group.id == group_id).with_for_update()).one()


def known_members(session: Session, group_id: int, citizen_ids: Collection[int]) -> set[int]:
    query = select(GroupMember.citizen_id).where(
        GroupMember.group_id == group_id, GroupMember.citizen_id.in_(citizen_ids)
    )
    return set(session.scalars(query))


def remove_members(session: Session, group_id: int, citizen_ids: Sequence[int]) -> int:
    """How many there were."""
    gone = session.scalars(
        delete(GroupMember)
        .where(GroupMember.group_id == group_id, GroupMember.citizen_id.in_(citizen_ids))
        .returning(GroupMember.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def leave_all(session: Session, citizen_ids: Collection[int]) -> None:
    """They have left the team that the groups belong to."""
    session.execute(
        delete(GroupMember)
        .where(GroupMember.citizen_id.in_(citizen_ids))
        .execution_options(synchronize_session=False)
    )
