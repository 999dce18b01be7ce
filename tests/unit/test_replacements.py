"""Signs that make an SMS dear, and what could stand in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.replacements import replacement_of, simplified
from messaging.segments import Encoding, measure


@pytest.mark.parametrize(
    ("typed", "cheap"),
    [
        ("Vi ses – kl. 9…", "Vi ses - kl. 9..."),
        ("“Hej” ‘du’", "\"Hej\" 'du'"),
        ("Godt gået 👍🏽!", "Godt gået OK!"),
        ("Tak ❤️", "Tak <3"),
        ("Vi glæder os 🎉.", "Vi glæder os."),
        ("Skønt 😊😊", "Skønt :):)"),
        ("🎉", ""),
        ("1 × 2½", "1 x 21/2"),
    ],
)
def test_a_text_with_typed_signs_says_the_same_for_one_part(typed: str, cheap: str) -> None:
    assert simplified(typed) == cheap
    assert measure(simplified(typed)).encoding is Encoding.GSM7


@pytest.mark.parametrize("text", ["Cześć", "Вітаю", "مرحبا", "ሰላም", "Günaydın", "Bună"])
def test_a_letter_of_another_language_is_never_taken_for_another(text: str) -> None:
    assert simplified(text) == text


def test_a_text_without_such_signs_stays_to_the_letter() -> None:
    assert simplified("To  mellemrum , og  linje \n\nmere ") == "To  mellemrum , og  linje \n\nmere "


@given(st.text())
def test_simplifying_twice_changes_no_more(text: str) -> None:
    assert simplified(simplified(text)) == simplified(text)


@given(st.characters())
def test_no_replacement_needs_one_of_its_own(sign: str) -> None:
    new = replacement_of(sign)
    assert new is None or all(replacement_of(each) is None for each in new)
