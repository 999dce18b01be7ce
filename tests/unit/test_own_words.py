"""What a person writes for herself: kept as written, or refused with a reason and a number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.own_words import NotTaken, WhyNot, check, tidy


def test_words_are_kept_as_written_but_for_the_space_around_them() -> None:
    assert check("  Jeg gik en tur.\r\nDet var godt. \n", 50) == "Jeg gik en tur.\nDet var godt."


def test_a_character_that_a_database_refuses_is_left_out() -> None:
    assert check("god\0t", 10) == "godt"


def test_nothing_is_refused_as_empty() -> None:
    assert check(" \n ", 10) == NotTaken(WhyNot.EMPTY, 10, 0)


def test_what_is_too_long_says_how_long_it_is() -> None:
    assert check("x" * 100_000, 5_000) == NotTaken(WhyNot.TOO_LONG, 5_000, 100_000)


@given(st.text(max_size=60), st.integers(1, 40))
def test_what_is_taken_fits_and_is_taken_again_unchanged(typed: str, longest: int) -> None:
    words = check(typed, longest)
    if isinstance(words, str):
        assert 0 < len(words) <= longest
        assert check(words, longest) == words
    else:
        assert words.written == len(tidy(typed))
