"""A line over time: days apart are apart, and what cannot be compared is not joined."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from portal.web.charts import HEIGHT, MARGIN, WIDTH, Level, trend

START = datetime(2026, 1, 1, tzinfo=UTC)


def level(days: int, value: float, *, is_joined: bool = True) -> Level:
    return Level(START + timedelta(days=days), value, is_joined)


def test_the_lowest_level_stands_at_the_bottom_and_the_highest_at_the_top() -> None:
    low, high = trend([level(0, 1), level(10, 5)]).dots
    assert (low.y, high.y) == (HEIGHT - MARGIN, MARGIN)


def test_dots_stand_as_far_apart_as_their_days() -> None:
    first, second, third = trend([level(0, 3), level(10, 3), level(40, 3)]).dots
    assert third.x - second.x > 2.9 * (second.x - first.x)


def test_what_cannot_be_compared_begins_a_line_of_its_own() -> None:
    lines = trend([level(0, 1), level(1, 2), level(2, 3, is_joined=False), level(3, 4)]).lines
    assert len(lines) == 2


def test_a_dot_alone_has_no_line_and_stands_in_the_middle() -> None:
    chart = trend([level(0, 3, is_joined=False)])
    assert chart.lines == () and chart.dots[0].x == WIDTH / 2


def test_mirrored_the_first_day_stands_to_the_right() -> None:
    first, last = trend([level(0, 3), level(10, 3)], mirrored=True).dots
    assert first.x > last.x


def test_nothing_gives_an_empty_picture() -> None:
    assert trend([]).dots == ()
