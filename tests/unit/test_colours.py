"""A municipality's colour: readable by day and by night, or refused with a shade that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.colours import (
    CARD,
    ENOUGH,
    NIGHT,
    NIGHT_CARD,
    ON_LIGHT,
    ON_NIGHT,
    PAPER,
    NoColour,
    OwnColour,
    TooPale,
    contrast,
    judge,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_is_21_and_a_colour_on_itself_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_what_is_taken_can_be_read_by_day_and_by_night(colour: str) -> None:
    judged = judge(colour)
    if isinstance(judged, TooPale):
        assert judged.contrast < ENOUGH
        judged = judge(judged.darker)
    assert isinstance(judged, OwnColour)
    for ground in (PAPER, CARD, ON_LIGHT):
        assert contrast(judged.day, ground) >= ENOUGH
    for ground in (NIGHT, ON_NIGHT):
        assert contrast(judged.night, ground) >= ENOUGH


@given(COLOURS)
def test_text_can_be_read_on_the_tints(colour: str) -> None:
    judged = judge(colour)
    if isinstance(judged, OwnColour):
        assert contrast("#2a241e", judged.day_tint) >= ENOUGH
        assert contrast("#f2eadf", judged.night_tint) >= ENOUGH


@pytest.mark.parametrize("typed", ["", "red", "#12345", "#gggggg", "1c5a4d", "#1c5a4d;}"])
def test_what_is_no_colour_is_none(typed: str) -> None:
    assert judge(typed) == NoColour()


def test_the_ground_is_the_one_of_the_stylesheet() -> None:
    from pathlib import Path

    css = Path("static/citizen.css").read_text(encoding="utf-8")
    for name, value in (("--paper", PAPER), ("--card", CARD), ("--paper", NIGHT), ("--card", NIGHT_CARD)):
        assert f"{name}:{value}" in css
