"""Placeholders that no typing breaks: in whichever direction, on whichever keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.chips import Chips, Piece, chips, mended, names, pieces
from i18n.formatting import placeholders

KNOWN = ("name", "link", "n", "name_of_all")
TYPED = st.lists(
    st.sampled_from(
        [*KNOWN, "{", "}", "{name}", "}link{", " ", "\u200f", "\u2067", "｛", "｝", "مرحبا", "Hej", "."]
    ),
    max_size=20,
).map("".join)


@pytest.mark.parametrize(
    "typed",
    [
        "}name{",
        "{ name }",
        "{\u200fname\u200f}",
        "\u2067{name\u2069}",
        "｛name｝",
        "{Name}",
        "}\u00a0name {",
        "{name{",
    ],
)
def test_a_placeholder_that_typing_has_broken_is_made_whole(typed: str) -> None:
    assert mended(f"مرحبا {typed}.", KNOWN) == "مرحبا {name}."


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    assert mended("}name_of_all{", KNOWN) == "{name_of_all}"


@pytest.mark.parametrize(
    "text",
    ["name", "\u2067{name}\u2069", "{other}", "}other{", "{ n0 }", "a } b { c", "Hej {name}, se {link}"],
)
def test_what_is_no_broken_placeholder_stays_as_it_is(text: str) -> None:
    assert mended(text, KNOWN) == text


@given(TYPED)
def test_mending_twice_is_mending_once(typed: str) -> None:
    once = mended(typed, KNOWN)
    assert mended(once, KNOWN) == once


@given(
    st.lists(st.sampled_from(["Hej", "{name}", " ", "غدا", "{link}", ".", "\n"]), max_size=12).map("".join)
)
def test_a_text_whose_placeholders_are_whole_is_not_touched(text: str) -> None:
    assert mended(text, KNOWN) == text


@given(TYPED)
def test_no_whole_placeholder_is_lost(typed: str) -> None:
    assert placeholders(typed) <= placeholders(mended(typed, KNOWN))


def test_names_come_in_the_order_of_the_text_and_once() -> None:
    assert names(["{b} {a}", "{a} {c}"]) == ("b", "a", "c")


def test_missing_and_surplus_placeholders_are_told_apart() -> None:
    found = chips(["Hej {name}, åbn {link}"], "Hi {nmae}, {link}")
    assert found == Chips(("name", "link"), ("name",), ("nmae",))
    assert not found.fit


def test_a_form_of_a_text_that_counts_may_leave_the_number_out() -> None:
    assert chips(["én dag", "{n} dage"], "jeden dzień", plural=True).fit
    assert chips(["{n} dage"], "{n} dni", plural=True) == Chips(("n",), (), ())


def test_a_text_falls_into_words_and_placeholders() -> None:
    assert pieces("Hej {name}!") == (Piece("Hej ", False), Piece("{name}", True), Piece("!", False))


@given(TYPED)
def test_the_pieces_are_the_whole_text(typed: str) -> None:
    found = pieces(typed)
    assert "".join(piece.text for piece in found) == typed
    assert {piece.text[1:-1] for piece in found if piece.is_placeholder} == placeholders(typed)
