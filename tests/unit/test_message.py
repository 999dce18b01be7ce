"""Statuses move forward only; dedupe keys name one message each."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.message import FINAL, Status, advance, dedupe_key

ORDER = [Status.QUEUED, Status.SENDING, Status.SENT, Status.UNKNOWN]
statuses = st.sampled_from(Status)
parts = st.lists(st.integers(0) | st.text("abcdefghij-_", min_size=1, max_size=5), max_size=4)


def place(status: Status) -> int:
    return ORDER.index(status) if status in ORDER else len(ORDER)


@given(statuses, statuses)
def test_a_status_never_moves_back(current: Status, new: Status) -> None:
    assert place(advance(current, new)) >= place(current)


@given(st.sampled_from(sorted(FINAL)), statuses)
def test_a_final_status_stays(current: Status, new: Status) -> None:
    assert advance(current, new) is current


@given(st.lists(st.sampled_from([*ORDER, Status.DELIVERED])), st.randoms())
def test_receipts_in_any_order_and_doubled_end_at_the_same_status(
    heard: list[Status], chance: Random
) -> None:
    shuffled = heard + heard
    chance.shuffle(shuffled)
    assert run(heard) is run(shuffled)


def run(heard: list[Status]) -> Status:
    status = Status.QUEUED
    for each in heard:
        status = advance(status, each)
    return status


@pytest.mark.parametrize("late", [Status.DELIVERED, Status.UNDELIVERED, Status.FAILED])
def test_a_receipt_after_72_hours_is_still_believed(late: Status) -> None:
    assert advance(Status.UNKNOWN, late) is late


def test_a_sent_receipt_after_unknown_changes_nothing() -> None:
    assert advance(Status.UNKNOWN, Status.SENT) is Status.UNKNOWN


@pytest.mark.parametrize("current", [Status.SENT, Status.UNKNOWN])
def test_what_the_provider_has_taken_cannot_be_withheld(current: Status) -> None:
    assert advance(current, Status.WITHHELD) is current


def test_a_dedupe_key_reads_as_what_it_is_about() -> None:
    assert dedupe_key("invitation", 17, 0) == "invitation:17:0"


@given(st.text("abc", min_size=1), parts, st.text("abc", min_size=1), parts)
def test_two_different_messages_never_share_a_key(
    kind: str, one: list[int | str], other_kind: str, other: list[int | str]
) -> None:
    same = [kind, *map(str, one)] == [other_kind, *map(str, other)]
    assert (dedupe_key(kind, *one) == dedupe_key(other_kind, *other)) is same


@pytest.mark.parametrize("bad", ["", "a:b", "x" * 200])
def test_a_part_that_could_blur_two_keys_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="dedupe key"):
        dedupe_key("invitation", bad)
