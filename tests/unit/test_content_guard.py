"""What should not stand in an SMS."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.content_guard import MASK, Concern, Finding, findings, mask_cpr


@pytest.mark.parametrize(
    "number",
    ["010190-1234", "0101901234", "010190 1234", "010190–1234", "01.01.90-1234", "01 01 90 1234",
     "01011990-1234", "290200-0000", "610190-1234", "٠١٠١٩٠-١٢٣٤", "010190\u00a01234", "010190\u20111234",
     "010190 - 1234", "010190  1234", "010190- 1234", "010190_1234", "010190 12 34", "01/01/90 1234",
     "010190\u2069-1234", "0101\u200e90-1234", "۰۱۰۱۹۰۱۲۳۴", "01-01-1990-1234"],
)  # fmt: skip
def test_a_cpr_like_number_is_masked(number: str) -> None:
    masked = mask_cpr(f"Mit nr er {number}, tak")
    assert (masked.text, masked.found) == (f"Mit nr er {MASK}, tak", 1)


@pytest.mark.parametrize(
    "text",
    ["+4510123456", "20 12 34 56", "320190-1234", "011390-1234", "300290-1234", "000190-1234",
     "12345678901234567890", "kl. 10.30", "Sag 2026-11-18", "1101-0190-12345",
     "Ferie 12.12-05.01.2027", "fra 01.12 - 05.12.2026", "01/12-05/12 2026", "12.11.26 14.00", "10 11 12 13 14",
     "12.11.26 kl. 1400", "Uge 10, 11, 12 og 13", "+45 10 90 10 00", "0045 20 12 34 56"],
)  # fmt: skip
def test_other_digits_are_left_alone(text: str) -> None:
    assert mask_cpr(text).text == text


def test_every_number_of_a_text_is_masked() -> None:
    assert mask_cpr("010190-1234 og 020291-4321").found == 2


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 9999), st.sampled_from(["", "-", " "]))
def test_every_cpr_number_there_can_be_is_masked(born: date, serial: int, gap: str) -> None:
    number = f"{born:%d%m%y}{gap}{serial:04d}"
    assert mask_cpr(f"({number})").text == f"({MASK})"


@given(st.text())
def test_masking_twice_masks_no_more(text: str) -> None:
    masked = mask_cpr(text)
    assert mask_cpr(masked.text) == type(masked)(masked.text, 0)


@pytest.mark.parametrize(
    "link",
    ["https://svar.dk/a1", "http://x.test", "www.jobnet.dk", "svar.kommune.dk/abc", "jobnet.dk", "bit.ly/3x"],
)
def test_a_link_from_a_number_is_found(link: str) -> None:
    assert Finding(Concern.LINK_FROM_NUMBER, link) in findings(f"Se {link} nu", takes_replies=True)


def test_a_link_under_the_municipality_name_is_no_concern() -> None:
    assert findings("Se https://svar.dk/a1", takes_replies=False) == ()


@pytest.mark.parametrize(
    "text", ["Vi ses kl. 9.30. Hilsen Lone", "Hej.Vi ses", "Turen gik godt...tak", "0.5 time"]
)
def test_ordinary_full_stops_are_no_links(text: str) -> None:
    assert findings(text, takes_replies=True) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [("Om dine sygedagpenge", "sygedagpenge"), ("Din DEPRESSION", "DEPRESSION"), ("log ind med MitID", "MitID"),
     ("sygemeldtes møde", "sygemeldtes"), ("your sick leave", "sick leave")],
)  # fmt: skip
def test_a_sensitive_word_is_found_in_any_form(text: str, word: str) -> None:
    assert findings(text, takes_replies=False) == (Finding(Concern.SENSITIVE_WORD, word),)


@pytest.mark.parametrize(
    "text", ["Gik turen derhen godt?", "Husk mødet i morgen kl. 10", "Tak for i dag, Lone"]
)
def test_a_practical_text_raises_nothing(text: str) -> None:
    assert findings(text, takes_replies=True) == ()


def test_a_finding_never_repeats_the_digits() -> None:
    assert findings("010190-1234", takes_replies=True) == (Finding(Concern.CPR_LIKE, MASK),)


@pytest.mark.parametrize(
    "text",
    [
        "Det gælder også mandag",
        "De gældende tider",
        "Hvad kan det gælde?",
        "Det blæser voldsomt",
        "Af alle kræfter",
    ],
)
def test_a_word_that_only_begins_like_a_private_one_is_no_concern(text: str) -> None:
    assert findings(text, takes_replies=True) == ()


@pytest.mark.parametrize(
    "word", ["gæld", "gælden", "Gældsrådgivning", "vold", "voldelig", "kræft", "kræftsyg"]
)
def test_the_private_word_itself_is_still_found(word: str) -> None:
    assert findings(f"Om {word} i dag", takes_replies=True) == (Finding(Concern.SENSITIVE_WORD, word),)


def test_a_list_of_ones_own_takes_the_place_of_the_shipped_one() -> None:
    own = ("hus*", "-husk*", "bil")
    found = findings("Husk huset og bilen. Bil! Gæld", takes_replies=True, words=own)
    assert [finding.excerpt for finding in found] == ["huset", "Bil"]


def test_an_empty_list_finds_nothing() -> None:
    assert findings("Om gæld og angst", takes_replies=True, words=()) == ()
    assert findings("Om gæld", takes_replies=True, words=("-gæld*",)) == ()


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6).map(tuple), st.text(max_size=60))
def test_no_list_and_no_text_can_break_the_guard(words: tuple[str, ...], text: str) -> None:
    findings(text, takes_replies=True, words=words)


@pytest.mark.parametrize("piece", ["a-", "a.", "-a", "a.a-", "www", "x.dk.", "a/"])
def test_however_long_a_text_is_links_are_looked_for_at_once(piece: str) -> None:
    """A hundred thousand signs took minutes, in which the process served nobody."""
    began = process_time()
    findings(piece * (100_000 // len(piece)), takes_replies=True)
    assert process_time() - began < 5


@pytest.mark.parametrize(
    "text", ["Se .jobnet.dk", "Se ...jobnet.dk", "a..jobnet.dk", "-jobnet.dk", "(min.jobnet.dk)"]
)
def test_a_link_is_found_whatever_stands_before_it(text: str) -> None:
    found = findings(text, takes_replies=True)
    assert [finding.concern for finding in found] == [Concern.LINK_FROM_NUMBER]
    assert "jobnet.dk" in found[0].excerpt
