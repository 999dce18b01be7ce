"""A team's opening hours, as an administrator sets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.domain.opening_hours import WORKING_DAYS_TO_REPLY, Closing, Span
from portal.store import audit, opening_hours
from portal.store.opening_hours import TeamHours
from portal.store.people import Team

WEEKDAYS = range(7)
MOST_CLOSINGS = 40
LONGEST_CLOSING_DAYS = 60
MOST_REPLY_DAYS = 10


class Problem(StrEnum):
    HALF = "half"
    NO_TIME = "no_time"
    CLOSES_FIRST = "closes_first"
    NEVER_OPEN = "never_open"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"
    REPLY_DAYS = "reply_days"


@dataclass(frozen=True)
class Typed:
    """As typed: ``week`` has (opens, closes) for each weekday, both empty where the team is closed;
    ``closings`` has (first, last), the last empty for a single day."""

    week: Sequence[tuple[str, str]]
    closings: Sequence[tuple[str, str]]
    reply_days: str


@dataclass(frozen=True)
class Line:
    """One team in the administrator's list; ``hours`` is None where nobody has set any."""

    team: Team
    hours: TeamHours | None


def lines(session: Session, teams: Sequence[Team]) -> list[Line]:
    found = opening_hours.of_teams(session, [team.id for team in teams])
    return [Line(team, found.get(team.id)) for team in teams]


def typed_of(row: TeamHours | None) -> Typed:
    if row is None:
        usual = [("09:00", "15:00") if day < 5 else ("", "") for day in WEEKDAYS]
        return Typed(usual, (), str(WORKING_DAYS_TO_REPLY))
    week = [row.week.get(str(day), ["", ""]) for day in WEEKDAYS]
    closings = [(first, "" if first == last else last) for first, last in row.closings]
    return Typed([(opens, closes) for opens, closes in week], closings, str(row.reply_days))


def save(session: Session, team: Team, typed: Typed, staff_id: int, now: datetime) -> Mapping[str, Problem]:
    """Keep the hours; or, having kept nothing, the problems by field: ``day_0``, ``closing_0``, ``reply_days``."""
    problems = check(typed)
    if not problems:
        row = opening_hours.of_team(session, team.id) or TeamHours(team_id=team.id)
        row.week = {str(day): list(span) for day, span in enumerate(typed.week) if all(span)}
        row.closings = sorted([first, last or first] for first, last in typed.closings)
        row.reply_days, row.changed_at = int(typed.reply_days), now
        session.add(row)
        audit.record(session, "hours.changed", now, staff_id=staff_id, subject=f"team {team.id}")
    return problems


def check(typed: Typed) -> dict[str, Problem]:
    found = {f"day_{day}": _day(*span) for day, span in enumerate(typed.week)}
    found |= {f"closing_{place}": _closing(*days) for place, days in enumerate(typed.closings)}
    if not any(map(all, typed.week)) and not any(found.values()):
        found["day_0"] = Problem.NEVER_OPEN
    if not (
        typed.reply_days.isdecimal()
        and len(typed.reply_days) < 4
        and 1 <= int(typed.reply_days) <= MOST_REPLY_DAYS
    ):
        found["reply_days"] = Problem.REPLY_DAYS
    return {name: problem for name, problem in found.items() if problem is not None}


def _day(opens: str, closes: str) -> Problem | None:
    if not (opens or closes):
        return None
    if not (opens and closes):
        return Problem.HALF
    try:
        span = time.fromisoformat(opens), time.fromisoformat(closes)
    except ValueError:
        return Problem.NO_TIME
    if any(each.tzinfo for each in span):
        return Problem.NO_TIME
    try:
        Span(*span)
    except ValueError:
        return Problem.CLOSES_FIRST
    return None


def _closing(first: str, last: str) -> Problem | None:
    try:
        closing = Closing(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        return Problem.NO_DAY
    return Problem.TOO_LONG if (closing.last - closing.first).days >= LONGEST_CLOSING_DAYS else None
