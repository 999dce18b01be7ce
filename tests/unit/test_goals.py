"""What becomes of a goal, how many there may be, and that she is asked who sees it."""

from __future__ import annotations

import pytest

from portal.domain.goals import MOST_OPEN, GoalState, Room, WhoSees, room, state, who_sees
from tests.conftest import NOW


def test_a_goal_is_under_way_until_it_is_reached() -> None:
    assert state(None, None) is GoalState.OPEN
    assert state(NOW, None) is GoalState.REACHED


def test_what_is_put_away_lies_away_whether_it_was_reached_or_not() -> None:
    assert {state(None, NOW), state(NOW, NOW)} == {GoalState.PUT_AWAY}


def test_there_is_room_for_a_few_goals_at_a_time() -> None:
    assert room(MOST_OPEN - 1) is Room.FREE
    assert room(MOST_OPEN) is Room.FULL


@pytest.mark.parametrize("said", ["", "on", "staff", "ME"])
def test_who_has_not_said_who_sees_a_goal_has_not_said_it(said: str) -> None:
    assert who_sees(said) is None


def test_she_says_that_she_alone_sees_it_or_her_caseworker_too() -> None:
    assert {who_sees(each.value) for each in WhoSees} == set(WhoSees)
