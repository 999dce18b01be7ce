"""Who writes from a shared phone: only who says so herself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.naming import Named, Names, who_is_named

METTE, SARA = Names("Mette", "æbletræ"), Names("Sara")
names = st.text("abcdeÆøÅ", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mette", Named(0, says_more=False)),
        ("mette.", Named(0, says_more=False)),
        ("Sara: jeg kommer kl. 10", Named(1, says_more=True)),
        ("METTE jeg er syg", Named(0, says_more=True)),
        ("Æbletræ – ja", Named(0, says_more=True)),
        ("Mette Sara kommer", Named(0, says_more=True)),
        ("Hej, det er Mette", None),
        ("Metteline her", None),
        ("Jeg kommer kl. 10", None),
        ("", None),
        ("👍", None),
    ],
)
def test_only_a_name_in_front_says_who_writes(text: str, named: Named | None) -> None:
    assert who_is_named(text, [METTE, SARA]) == named


def test_two_of_one_name_are_told_apart_by_their_own_words_only() -> None:
    ali, other = Names("Ali", "kanel"), Names("Ali", "fyrtårn")
    assert who_is_named("Ali: ja", [ali, other]) is None
    assert who_is_named("Fyrtårn: ja", [ali, other]) == Named(1, says_more=True)


def test_a_name_that_is_anothers_word_says_nothing() -> None:
    assert who_is_named("Sara ja", [Names("Mette", "Sara"), Names("Sara")]) is None


def test_a_name_of_several_words_counts_whole() -> None:
    assert who_is_named("Anna Lise ja", [Names("Anna Lise"), METTE]) == Named(0, says_more=True)
    assert who_is_named("Anna ja", [Names("Anna Lise"), METTE]) is None


@given(names, names, st.text(max_size=30))
def test_nobody_is_ever_named_when_both_have_the_name(name: str, word: str, text: str) -> None:
    assert who_is_named(text, [Names(name, word), Names(name.upper(), word)]) is None
