"""Goals in her own words: a few at a time, and nothing is lost by putting one away."""

from datetime import datetime
from enum import Enum, StrEnum

LONGEST = 200
"""Characters of one goal: two or three sentences [ours]."""
MOST_OPEN = 5
"""At a time; more would be a list of duties [ours]."""


class GoalState(Enum):
    OPEN = "open"
    REACHED = "reached"
    PUT_AWAY = "put_away"


class WhoSees(StrEnum):
    """Asked each time, never assumed."""

    ME = "me"
    CASEWORKER = "caseworker"


class Room(Enum):
    FREE = "free"
    FULL = "full"


def state(reached_at: datetime | None, put_away_at: datetime | None) -> GoalState:
    """A goal that was reached and put away lies away; taken out again, it is a reached one."""
    if put_away_at is not None:
        return GoalState.PUT_AWAY
    return GoalState.OPEN if reached_at is None else GoalState.REACHED


def room(open_goals: int) -> Room:
    return Room.FREE if open_goals < MOST_OPEN else Room.FULL


def who_sees(chosen: str) -> WhoSees | None:
    """None while she has not said."""
    return WhoSees(chosen) if chosen in set(WhoSees) else None
