"""Groups of citizens: a team's own, made and kept by its caseworkers. Only the team's own citizens come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.services.reach import Reader
from portal.services.worklist import DANISH_ORDER
from portal.store import audit, groups
from portal.store.groups import Group, GroupMember, GroupRow, PersonRow

LONGEST_NAME = 80
MOST_FOUND = 50
MOST_AT_ONCE = 2_000
"""Citizens in one click: far more than any page shows."""


class Problem(StrEnum):
    REQUIRED = "required"
    TOO_LONG = "too_long"
    TAKEN = "taken"


@dataclass(frozen=True)
class Made:
    group: Group


@dataclass(frozen=True)
class Refused:
    problem: Problem


@dataclass(frozen=True)
class GroupList:
    in_use: tuple[GroupRow, ...]
    archived: tuple[GroupRow, ...]


@dataclass(frozen=True)
class Changed:
    """``changed``: how many came in or left; ``out_of_reach``: asked for, but not the team's citizens."""

    changed: int
    out_of_reach: int = 0


def list_groups(session: Session, reader: Reader) -> GroupList:
    rows = [] if reader.team_id is None else groups.groups_of_team(session, reader.team_id)
    rows.sort(key=lambda row: _sort_key(row.group.name))
    return GroupList(
        in_use=tuple(row for row in rows if row.group.archived_at is None),
        archived=tuple(row for row in rows if row.group.archived_at is not None),
    )


def choices(session: Session, reader: Reader) -> tuple[Group, ...]:
    """The groups in use, by name."""
    found = [] if reader.team_id is None else groups.names_of_team(session, reader.team_id)
    return tuple(sorted(found, key=lambda group: _sort_key(group.name)))


def find(session: Session, reader: Reader, group_id: int) -> Group | None:
    """None when the reader's team has no such group."""
    return None if reader.team_id is None else groups.group_of_team(session, reader.team_id, group_id)


def make(session: Session, reader: Reader, name: str, now: datetime) -> Made | Refused | None:
    """A new group of the reader's team, empty. None for a reader without a team."""
    if reader.team_id is None:
        return None
    name = " ".join(name.split())
    problem = _problem(session, reader.team_id, name)
    if problem is not None:
        return Refused(problem)
    group = Group(team_id=reader.team_id, name=name, made_by=reader.staff_id, created_at=now)
    session.add(group)
    session.flush()
    _record(session, reader, "group.made", group, now)
    return Made(group)


def rename(session: Session, reader: Reader, group: Group, name: str, now: datetime) -> Problem | None:
    """None when it is done."""
    name = " ".join(name.split())
    problem = _problem(session, group.team_id, name, but=group.id)
    if problem is None and name != group.name:
        group.name = name
        _record(session, reader, "group.renamed", group, now)
    return problem


def people(session: Session, reader: Reader, group: Group, now: datetime) -> tuple[PersonRow, ...]:
    """The members by name; that they were seen is written down."""
    _record(session, reader, "group.read", group, now)
    return by_name(groups.members(session, group))


def ids(session: Session, group: Group) -> list[int]:
    """Of the members, as far as they are the team's."""
    return groups.member_ids(session, group)


def search(session: Session, group: Group, words: str) -> tuple[PersonRow, ...]:
    """Citizens of the team who are no members yet and whose names hold every word; at most 50."""
    wanted = words.casefold().split()
    inside = set(groups.member_ids(session, group))
    found = (
        person
        for person in groups.people_of_team(session, group.team_id)
        if person.id not in inside and all(word in person.name.casefold() for word in wanted)
    )
    return by_name(found)[:MOST_FOUND]


def add(session: Session, reader: Reader, group: Group, ids: Sequence[int], now: datetime) -> Changed:
    """Whoever is a member already stays one."""
    groups.hold(session, group.id)
    wanted = set(ids[:MOST_AT_ONCE])
    mine = {person.id for person in groups.people_by_id(session, group.team_id, wanted)}
    new = sorted(mine - groups.known_members(session, group.id, mine))
    session.add_all(
        GroupMember(group_id=group.id, citizen_id=each, added_by=reader.staff_id, added_at=now)
        for each in new
    )
    if new:
        _record(session, reader, "group.members_added", group, now)
    return Changed(len(new), len(wanted - mine))


def remove(session: Session, reader: Reader, group: Group, ids: Sequence[int], now: datetime) -> Changed:
    gone = groups.remove_members(session, group.id, ids[:MOST_AT_ONCE])
    if gone:
        _record(session, reader, "group.members_removed", group, now)
    return Changed(gone)


def archive(session: Session, reader: Reader, group: Group, now: datetime) -> None:
    if group.archived_at is None:
        group.archived_at = now
        _record(session, reader, "group.archived", group, now)


def restore(session: Session, reader: Reader, group: Group, now: datetime) -> Problem | None:
    """Back in use, with all its members. A problem when its name is another group's by now."""
    if group.archived_at is None:
        return None
    problem = _problem(session, group.team_id, group.name, but=group.id)
    if problem is None:
        group.archived_at = None
        _record(session, reader, "group.restored", group, now)
    return problem


def by_name(found: Iterable[PersonRow]) -> tuple[PersonRow, ...]:
    return tuple(sorted(found, key=lambda person: _sort_key(person.name)))


def _sort_key(name: str) -> str:
    return name.casefold().translate(DANISH_ORDER)


def _problem(session: Session, team_id: int, name: str, but: int | None = None) -> Problem | None:
    if not name:
        return Problem.REQUIRED
    if len(name) > LONGEST_NAME:
        return Problem.TOO_LONG
    others = (group for group in groups.names_of_team(session, team_id) if group.id != but)
    return Problem.TAKEN if name.casefold() in {group.name.casefold() for group in others} else None


def _record(session: Session, reader: Reader, action: str, group: Group, now: datetime) -> None:
    audit.record(
        session,
        action,
        now,
        staff_id=reader.staff_id,
        subject=f"group {group.id}",
        request_id=reader.request_id or None,
    )
