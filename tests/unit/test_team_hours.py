"""What an administrator may set as a team's hours."""

from __future__ import annotations

import pytest

from portal.services.team_hours import Problem, Typed, check

WEEK = [("09:00", "15:00")] * 5 + [("", "")] * 2


def typed(day: tuple[str, str] = ("09:00", "15:00"), **other: object) -> Typed:
    values = {"week": [day, *WEEK[1:]], "closings": [], "reply_days": "2"} | other
    return Typed(**values)  # type: ignore[arg-type]


def test_a_usual_week_is_in_order() -> None:
    assert check(typed()) == {}


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (("09:00", ""), Problem.HALF),
        (("", "15:00"), Problem.HALF),
        (("15:00", "09:00"), Problem.CLOSES_FIRST),
        (("09:00", "09:00"), Problem.CLOSES_FIRST),
        (("9", "15:00"), Problem.NO_TIME),
        (("25:00", "26:00"), Problem.NO_TIME),
        (("09:00+01:00", "15:00"), Problem.NO_TIME),
        (("ni", "tre"), Problem.NO_TIME),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_by_its_name(day: tuple[str, str], problem: Problem) -> None:
    assert check(typed(day)) == {"day_0": problem}


def test_a_week_that_never_opens_is_refused() -> None:
    assert check(typed(week=[("", "")] * 7)) == {"day_0": Problem.NEVER_OPEN}


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        (("2026-12-24", ""), None),
        (("2026-12-24", "2027-01-02"), None),
        (("", "2026-12-24"), Problem.NO_DAY),
        (("2026-12-24", "2026-12-23"), Problem.NO_DAY),
        (("24/12", ""), Problem.NO_DAY),
        (("2026-02-30", ""), Problem.NO_DAY),
        (("2026-01-01", "2026-12-31"), Problem.TOO_LONG),
    ],
)
def test_a_closing_is_one_day_or_a_few_weeks(days: tuple[str, str], problem: Problem | None) -> None:
    assert check(typed(closings=[days])) == ({"closing_0": problem} if problem else {})


@pytest.mark.parametrize("days", ["", "0", "11", "-1", "to", "1.5", "²"])
def test_an_answer_is_promised_within_one_to_ten_days(days: str) -> None:
    assert check(typed(reply_days=days)) == {"reply_days": Problem.REPLY_DAYS}
