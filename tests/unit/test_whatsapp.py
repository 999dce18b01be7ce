"""WhatsApp's addresses and its 24 hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging import whatsapp

HEARD = datetime(2026, 11, 18, 10, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("after", "is_open"),
    [
        (timedelta(), True),
        (timedelta(hours=24) - A_MOMENT, True),
        (timedelta(hours=24), False),
        (timedelta(days=30), False),
    ],
)
def test_free_words_may_go_for_24_hours_after_her_own_message(after: timedelta, is_open: bool) -> None:
    assert whatsapp.is_open(HEARD, HEARD + after) is is_open


def test_nobody_is_written_to_on_whatsapp_first() -> None:
    assert not whatsapp.is_open(None, HEARD)


@given(st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True))
def test_an_address_holds_the_number_and_no_number_is_an_address(number: str) -> None:
    address = whatsapp.address(number)
    assert whatsapp.is_address(address)
    assert whatsapp.number_of(address) == whatsapp.number_of(number) == number
    assert not whatsapp.is_address(number)
