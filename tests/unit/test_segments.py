"""SMS parts: the limits of 3GPP TS 23.038 and 23.040, and the characters that make a text dear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.replacements import REPLACEMENTS, simplified
from messaging.segments import BASIC, EXTENSION, Encoding, Forcing, measure


def test_the_basic_table_holds_127_characters_and_the_escape() -> None:
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", Encoding.GSM7, 0, 0),
        ("Hej Åse, på gensyn. æøåÆØÅ", Encoding.GSM7, 26, 1),
        ("a" * 160, Encoding.GSM7, 160, 1),
        ("a" * 161, Encoding.GSM7, 161, 2),
        ("a" * 306, Encoding.GSM7, 306, 2),
        ("a" * 307, Encoding.GSM7, 307, 3),
        ("€" * 80, Encoding.GSM7, 160, 1),
        ("€" * 81, Encoding.GSM7, 162, 2),
        ("я" * 70, Encoding.UCS2, 70, 1),
        ("я" * 71, Encoding.UCS2, 71, 2),
        ("я" * 134, Encoding.UCS2, 134, 2),
        ("я" * 135, Encoding.UCS2, 135, 3),
        ("😀" * 35, Encoding.UCS2, 70, 1),
        ("😀" * 36, Encoding.UCS2, 72, 2),
    ],
)
def test_a_text_has_these_parts(text: str, encoding: Encoding, units: int, parts: int) -> None:
    measured = measure(text)
    assert (measured.encoding, measured.units, measured.parts) == (encoding, units, parts)


def test_an_escaped_character_is_not_split_over_two_parts() -> None:
    assert measure("a" * 152 + "€" + "a" * 152).parts == 3  # 306 units, but the euro sign starts the second
    assert measure("a" * 151 + "€" + "a" * 153).parts == 2


def test_a_surrogate_pair_is_not_split_over_two_parts() -> None:
    assert measure("я" * 66 + "😀" + "я" * 66).parts == 3
    assert measure("я" * 65 + "😀" + "я" * 67).parts == 2


@pytest.mark.parametrize("text", ["مرحبا", "Вітаю", "ሰላም", "Cześć", "Günaydın", "Bună ziua"])
def test_most_other_languages_take_the_short_parts(text: str) -> None:
    assert measure(text).encoding is Encoding.UCS2


def test_what_forces_ucs2_is_named_once_with_its_replacement() -> None:
    assert measure("“Hej” – “du” 😀 ł").forcing == (
        Forcing("“", '"'),
        Forcing("”", '"'),
        Forcing("–", "-"),
        Forcing("😀", ":)"),
        Forcing("ł", None),
    )


def test_a_simplified_text_says_the_same_for_less() -> None:
    assert simplified("Vi ses\u00a0i morgen – “kl. 9”…") == 'Vi ses i morgen - "kl. 9"...'


def test_a_letter_typed_as_two_is_joined() -> None:
    assert measure(simplified("pa\u030a gensyn")).encoding is Encoding.GSM7


def test_every_offered_replacement_is_cheap() -> None:
    assert all(measure(replacement).encoding is Encoding.GSM7 for replacement in REPLACEMENTS.values())
    assert not set(REPLACEMENTS) & (BASIC | EXTENSION)


@given(st.text())
def test_a_simplified_text_offers_no_further_replacement(text: str) -> None:
    assert all(forcing.replacement is None for forcing in measure(simplified(text)).forcing)


@given(st.text(min_size=1))
def test_the_parts_hold_the_units(text: str) -> None:
    measured = measure(text)
    alone, shared = (160, 153) if measured.encoding is Encoding.GSM7 else (70, 67)
    assert (measured.parts == 1) is (measured.units <= alone)
    assert measured.units <= (alone if measured.parts == 1 else measured.parts * shared)


@given(st.text(), st.text())
def test_a_longer_text_never_has_fewer_parts(text: str, more: str) -> None:
    assert measure(text + more).parts >= measure(text).parts
