"""Whether the words of a button fit the button on a small phone."""

from __future__ import annotations

import pytest

from i18n.room import BUTTON_LINE, is_button, on_button


@pytest.mark.parametrize(
    ("text", "lines", "fits"),
    [
        ("Begynd", 1, True),
        ("Send mig et nyt link på sms", 2, True),
        ("Send mig et helt nyt link på sms nu, for jeg kan ikke bruge det gamle", 3, False),
        ("x" * (BUTTON_LINE + 1), 2, False),
        ("", 0, True),
    ],
)
def test_a_label_fits_in_two_lines_without_a_word_broken(text: str, lines: int, fits: bool) -> None:
    room = on_button(text)
    assert (room.lines, room.fits) == (lines, fits)


def test_a_vowel_mark_takes_no_room() -> None:
    assert on_button("مُرحَبًا").signs == on_button("مرحبا").signs == 5


def test_an_ethiopic_letter_takes_the_room_of_two() -> None:
    assert on_button("ሰላም").signs == 6


def test_a_placeholder_takes_the_room_of_a_name() -> None:
    assert on_button("Hej {name_of_the_caseworker}").signs == on_button("Hej Mohammad").signs


@pytest.mark.parametrize(
    "context",
    ["Button", "Button: starts the form", "Button. {n}: how many", "Small button: undo", "Link or button",
     "Heading and button", "Link that looks like a button"],
)  # fmt: skip
def test_the_context_tells_what_stands_on_a_button(context: str) -> None:
    assert is_button(context)


@pytest.mark.parametrize(
    "context",
    ["", "Before the button", "Text above a button", "Heading of a column that holds a link or button"],
)
def test_what_stands_near_a_button_is_not_on_it(context: str) -> None:
    assert not is_button(context)
