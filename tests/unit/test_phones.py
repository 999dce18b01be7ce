"""Numbers as people read them."""

from __future__ import annotations

import pytest

from portal.web.phones import as_read, phone_number


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("+4510100100", "10 10 01 00"),
        ("+4561000001", "61 00 00 01"),
        ("70 20 30 40", "70 20 30 40"),
        ("+48512345678", "+48 512 345 678"),
        ("+447911123456", "+44 7911 123456"),
    ],
)
def test_a_danish_number_stands_in_pairs_and_another_with_its_country(stored: str, read: str) -> None:
    assert as_read(stored).replace("\u00a0", " ") == read


def test_its_groups_stay_on_one_line() -> None:
    assert " " not in as_read("+4510100100") + as_read("+48512345678")


@pytest.mark.parametrize("other", ["112", "Aakoebing", "Ring 12345678", "+45", "", "116 123", "1911"])
def test_what_is_no_whole_number_is_left_alone(other: str) -> None:
    assert as_read(other) == other


def test_it_reads_from_left_to_right_in_a_page_of_any_direction_and_holds_no_markup() -> None:
    assert phone_number("+4510100100") == '<bdi dir="ltr">10\u00a010\u00a001\u00a000</bdi>'
    assert "<b>" not in phone_number("<b>")
