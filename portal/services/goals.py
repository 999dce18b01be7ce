"""Goals in her own words: write, change, reach, put away, take out again; each shown to staff only if she says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from portal.domain.goals import LONGEST, GoalState, Room, WhoSees, room, state, who_sees
from portal.domain.own_words import NotTaken, check, mark_of_change
from portal.services.diary import caseworker_of
from portal.store import goals
from portal.store.goals import Goal as GoalRow
from portal.store.invitations import citizen_for_update


@dataclass(frozen=True)
class Goal:
    id: int
    body: str
    state: GoalState
    who_sees: WhoSees
    reached_at: datetime | None
    changed_at: datetime | None

    @property
    def mark(self) -> str:
        return mark_of_change(self.changed_at)


@dataclass(frozen=True)
class Goals:
    caseworker: str
    open: tuple[Goal, ...]
    reached: tuple[Goal, ...]
    put_away: tuple[Goal, ...]

    @property
    def room(self) -> Room:
        return room(len(self.open))


@dataclass(frozen=True)
class Typed:
    """What the form was sent with; ``who_sees`` is empty while she has not said."""

    body: str = ""
    who_sees: str = ""


class NotKept(Enum):
    NOT_SAID_WHO_SEES = "choose"
    FULL = "full"
    NO_SUCH_GOAL = "no_such_goal"


class Step(Enum):
    REACH = "reach"
    NOT_REACHED = "not_reached"
    PUT_AWAY = "put_away"
    TAKE_OUT = "take_out"


def goals_of(session: Session, citizen_id: int) -> Goals:
    found = [_goal(row) for row in goals.own_goals(session, citizen_id)]
    by_state = {kind: tuple(goal for goal in found if goal.state is kind) for kind in GoalState}
    return Goals(
        caseworker=caseworker_of(session, citizen_id),
        open=by_state[GoalState.OPEN],
        reached=by_state[GoalState.REACHED],
        put_away=by_state[GoalState.PUT_AWAY],
    )


def goal_of(session: Session, citizen_id: int, goal_id: int) -> Goal | None:
    row = goals.own_goal(session, citizen_id, goal_id)
    return None if row is None else _goal(row)


def add(session: Session, citizen_id: int, typed: Typed, now: datetime) -> Goal | NotTaken | NotKept:
    """The words of an open goal again are that goal: somebody tapped twice."""
    wanted = _wanted(typed)
    if not isinstance(wanted, _Wanted):
        return wanted
    citizen_for_update(session, citizen_id)  # two taps take their turns
    has = goals_of(session, citizen_id)
    same = next((goal for goal in has.open if goal.body == wanted.words), None)
    if same is not None:
        return same
    if has.room is Room.FULL:
        return NotKept.FULL
    row = GoalRow(citizen_id=citizen_id, body=wanted.words, is_shared=wanted.is_shared, created_at=now)
    session.add(row)
    session.flush()
    return _goal(row)


def change(
    session: Session, citizen_id: int, goal_id: int, typed: Typed, now: datetime, *, seen: str
) -> Goal | NotTaken | NotKept:
    """``seen``: the mark of the goal that she had before her. Where she has changed its words since, in another tab,
    both stand: what she types now becomes a goal of its own, if there is room."""
    citizen_for_update(session, citizen_id)  # two tabs take their turns
    row, wanted = goals.own_goal(session, citizen_id, goal_id), _wanted(typed)
    if row is None:
        return NotKept.NO_SUCH_GOAL
    if not isinstance(wanted, _Wanted):
        return wanted
    if wanted.words != row.body and seen != _goal(row).mark:
        return add(session, citizen_id, typed, now)
    row.body, row.is_shared, row.changed_at = wanted.words, wanted.is_shared, now
    return _goal(row)


def take(session: Session, citizen_id: int, goal_id: int, step: Step, now: datetime) -> Goal | NotKept:
    """Taken twice, a step is the same. FULL when an open goal more would be too many."""
    row = goals.own_goal(session, citizen_id, goal_id)
    if row is None:
        return NotKept.NO_SUCH_GOAL
    after = _after(row, step, now)
    opens = state(*after) is GoalState.OPEN and _goal(row).state is not GoalState.OPEN
    if opens and goals_of(session, citizen_id).room is Room.FULL:
        return NotKept.FULL
    row.reached_at, row.put_away_at = after
    return _goal(row)


def forget(session: Session, citizen_id: int, goal_id: int) -> None:
    """For good; only what she has put away before."""
    row = goals.own_goal(session, citizen_id, goal_id)
    if row is not None and row.put_away_at is not None:
        session.delete(row)


@dataclass(frozen=True)
class _Wanted:
    words: str
    is_shared: bool


def _wanted(typed: Typed) -> _Wanted | NotTaken | NotKept:
    words, sees = check(typed.body, LONGEST), who_sees(typed.who_sees)
    if isinstance(words, NotTaken):
        return words
    if sees is None:
        return NotKept.NOT_SAID_WHO_SEES
    return _Wanted(words, sees is WhoSees.CASEWORKER)


def _after(row: GoalRow, step: Step, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When it was reached and put away, after this step."""
    match step:
        case Step.REACH:
            return row.reached_at or now, row.put_away_at
        case Step.NOT_REACHED:
            return None, row.put_away_at
        case Step.PUT_AWAY:
            return row.reached_at, row.put_away_at or now
        case Step.TAKE_OUT:
            return row.reached_at, None


def _goal(row: GoalRow) -> Goal:
    return Goal(
        id=row.id,
        body=row.body,
        state=state(row.reached_at, row.put_away_at),
        who_sees=WhoSees.CASEWORKER if row.is_shared else WhoSees.ME,
        reached_at=row.reached_at,
        changed_at=row.changed_at,
    )
