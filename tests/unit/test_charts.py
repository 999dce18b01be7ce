"""Lines over time: days apart are apart, and what cannot be compared is not joined."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from portal.web.charts import HEIGHT, MARGIN, SCALE, WIDTH, Level, Line, draw

START = datetime(2026, 1, 1, tzinfo=UTC)


def level(days: int, value: float, *, is_joined: bool = True) -> Level:
    return Level(START + timedelta(days=days), value, is_joined)


def line(*levels: Level, mirrored: bool = False) -> Line:
    drawn = draw({"citizen": levels}, mirrored=mirrored)
    assert drawn is not None
    return drawn.lines[0]


def test_the_lowest_level_stands_at_the_bottom_and_the_highest_at_the_top() -> None:
    low, high = line(level(0, 1), level(10, 5)).dots
    assert (low.y, high.y) == (HEIGHT - MARGIN, MARGIN)


def test_dots_stand_as_far_apart_as_their_days() -> None:
    first, second, third = line(level(0, 3), level(10, 3), level(40, 3)).dots
    assert third.x - second.x > 2.9 * (second.x - first.x)


def test_two_lines_stand_over_the_same_days() -> None:
    drawn = draw({"citizen": [level(0, 3), level(20, 3)], "caseworker": [level(10, 3)]})
    assert drawn is not None
    (first, last), (between,) = (each.dots for each in drawn.lines)
    assert between.x == (first.x + last.x) / 2
    assert (drawn.first, drawn.last) == (START, START + timedelta(days=20))


def test_what_cannot_be_compared_begins_a_line_of_its_own() -> None:
    pieces = line(level(0, 1), level(1, 2), level(2, 3, is_joined=False), level(3, 4)).pieces
    assert len(pieces) == 2


def test_a_dot_alone_has_no_line_and_stands_in_the_middle() -> None:
    alone = line(level(0, 3, is_joined=False))
    assert alone.pieces == () and alone.dots[0].x == SCALE + (WIDTH - SCALE) / 2


def test_mirrored_the_first_day_and_the_numbers_stand_to_the_right() -> None:
    drawn = draw({"citizen": [level(0, 3), level(10, 3)]}, mirrored=True)
    assert drawn is not None
    first, last = drawn.lines[0].dots
    assert drawn.end < drawn.steps[0].x and last.x < first.x < drawn.end


def test_nothing_gives_no_picture() -> None:
    assert draw({"citizen": []}) is None
