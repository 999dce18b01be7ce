"""A phone on our pages opens our own links and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.own_links import Piece, pieces

OWN = ("http://127.0.0.1:8000", "https://svar.example.dk")


@given(st.text(alphabet="abc :/.?!http127", max_size=60))
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text, OWN)) == text


def test_a_link_of_our_own_can_be_opened() -> None:
    assert pieces("Se dem her: http://127.0.0.1:8000/abc.", OWN) == (
        Piece("Se dem her: "),
        Piece("http://127.0.0.1:8000/abc", is_link=True),
        Piece("."),
    )


def test_the_site_itself_is_a_link_too() -> None:
    assert pieces("https://svar.example.dk", OWN) == (Piece("https://svar.example.dk", is_link=True),)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/abc",
        "https://svar.example.dk.evil.example/abc",
        "https://svar.example.dk@evil.example/",
        "http://127.0.0.1:80001/abc",
        "javascript:alert(1)",
    ],
)
def test_nothing_else_is_a_link(address: str) -> None:
    assert not any(piece.is_link for piece in pieces(f"Se {address} nu", OWN))
