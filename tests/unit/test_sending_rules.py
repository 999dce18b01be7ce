"""What a sending may do next, when two say the same, and how often its page looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.sendings import (
    SLOWEST_LOOK,
    Progress,
    SendingKind,
    SendingState,
    Step,
    can,
    fingerprint_of,
    going,
    next_look,
)
from tests.conftest import NOW

MESSAGE = SendingKind.MESSAGE
DONE = Progress(total=3, waiting=0, outcomes={"delivered": 2}, left_out={"opted_out": 1})
HALFWAY = Progress(total=3, waiting=2, outcomes={"sent": 1}, left_out={})


@pytest.mark.parametrize("state", [SendingState.STOPPED, SendingState.FINISHED])
def test_what_has_ended_takes_no_more_steps(state: SendingState) -> None:
    assert not any(can(step, state) for step in Step)


def test_only_a_draft_is_confirmed_and_only_a_pause_is_resumed() -> None:
    assert [state for state in SendingState if can(Step.CONFIRM, state)] == [SendingState.DRAFT]
    assert [state for state in SendingState if can(Step.RESUME, state)] == [SendingState.PAUSED]


@pytest.mark.parametrize(
    ("hours", "state"), [(None, "running"), (-1, "running"), (0, "running"), (1, "planned")]
)
def test_a_sending_waits_for_a_time_to_come_and_for_no_other(hours: int | None, state: str) -> None:
    planned = None if hours is None else NOW + timedelta(hours=hours)
    assert going(planned, NOW).value == state


def test_case_spaces_and_shapes_of_letters_do_not_tell_two_texts_apart() -> None:
    assert fingerprint_of(MESSAGE, "Husk  Kaffen\n") == fingerprint_of(MESSAGE, "husk kaﬀen")
    assert fingerprint_of(MESSAGE, "A\u030age") == fingerprint_of(MESSAGE, "Åge")


def test_another_word_or_another_kind_is_another_text() -> None:
    prints = {
        fingerprint_of(MESSAGE, "Husk kaffen"),
        fingerprint_of(MESSAGE, "Husk kagen"),
        fingerprint_of(MESSAGE, "7"),
        fingerprint_of(SendingKind.QUESTIONNAIRE, 7),
        fingerprint_of(SendingKind.QUESTIONNAIRE, 8),
    }
    assert len(prints) == 5


def test_the_counts_add_up() -> None:
    assert (DONE.handled, DONE.enqueued, HALFWAY.handled, HALFWAY.enqueued) == (3, 2, 1, 1)


def test_a_page_about_what_can_no_longer_change_looks_no_more() -> None:
    assert next_look(DONE, SendingState.FINISHED, timedelta()) is None
    assert next_look(HALFWAY, SendingState.STOPPED, timedelta()) is not None


@given(st.sampled_from(SendingState), st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_page_looks_ever_more_seldom_and_never_in_a_rush(state: SendingState, since: timedelta) -> None:
    seconds, later = (next_look(HALFWAY, state, each) for each in (since, since + timedelta(hours=1)))
    assert seconds is not None and later is not None
    assert 2 <= seconds <= later <= SLOWEST_LOOK
