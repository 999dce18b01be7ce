"""When a message may go out: never outside the hours, never after STOP, never above the cap, and always with a
reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.policy import (
    WEEKLY_CAP,
    Decision,
    Facts,
    Pause,
    Purpose,
    Send,
    Stop,
    StopReason,
    Wait,
    WaitReason,
    Wishes,
    decide,
)
from messaging.sending_window import SendingWindow
from portal.domain.contact_wishes import CAPS, DAYS, HOURS, PartOfDay
from tests.windows import (
    ANY_HOUR,
    DENMARK,
    OFFICE_HOURS,
    any_moment,
    any_window,
    around_changes,
    local,
)

NOON = local("2026-11-18T12:00")
"""A Wednesday."""
HELD_TO_THE_HOURS = (Purpose.WRITTEN, Purpose.ASKED, Purpose.PLANNED)
CAPPED = (Purpose.ASKED, Purpose.PLANNED)

purposes = st.sampled_from(Purpose)
before = st.timedeltas(timedelta(), timedelta(days=10))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Facts, datetime]:
    """Facts of any kind, and a moment at which they are known."""
    now = draw(any_moment)
    pause = st.none() | st.builds(Pause, st.none() | st.dates(date(2020, 1, 1), date(2036, 1, 1)))
    sent_at = st.lists(before.map(lambda age: now - age), max_size=6).map(tuple)
    too_late = st.none() | before.map(lambda ahead: now + ahead - timedelta(days=2))
    flags = [st.booleans()] * 8
    return draw(st.builds(Facts, *flags, pause, sent_at, too_late)), now


def when(purpose: Purpose = Purpose.PLANNED, at: datetime = NOON, **known: Any) -> Decision:
    return decide(Facts(**known), purpose, OFFICE_HOURS, at)


@pytest.mark.parametrize("purpose", Purpose)
def test_with_nothing_in_its_way_a_message_goes_out_in_the_hours(purpose: Purpose) -> None:
    assert when(purpose) == Send()


@pytest.mark.parametrize("purpose", HELD_TO_THE_HOURS)
def test_a_message_waits_for_the_hours(purpose: Purpose) -> None:
    monday = local("2026-11-23T09:00")
    assert when(purpose, local("2026-11-21T12:00")) == Wait(monday, WaitReason.OUTSIDE_HOURS)


def test_what_the_citizen_asked_for_goes_out_at_night() -> None:
    assert when(Purpose.REQUESTED, local("2026-11-22T03:00")) == Send()


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"opted_out": True}, StopReason.OPTED_OUT),
        ({"number_frozen": True}, StopReason.NUMBER_FROZEN),
        ({"number_failed": True}, StopReason.NUMBER_FAILED),
        ({"answered": True}, StopReason.ANSWERED),
        ({"exempt": True}, StopReason.EXEMPT),
        ({"dropped_out": True}, StopReason.DROPPED_OUT),
        ({"cancelled": True}, StopReason.CANCELLED),
        ({"too_late_at": NOON}, StopReason.TOO_LATE),
    ],
)
def test_a_reminder_that_must_not_go_out_says_why(known: dict[str, Any], reason: StopReason) -> None:
    assert when(**known) == Stop(reason)


@pytest.mark.parametrize("until", [None, date(2026, 12, 1)])
def test_a_pause_holds_what_is_planned_and_nothing_that_a_person_sends(until: date | None) -> None:
    pause = Pause(until)
    assert when(pause=pause) == Wait(local("2026-11-19T12:00"), WaitReason.PAUSED)
    assert when(Purpose.ASKED, pause=pause) == Send()
    assert when(Purpose.WRITTEN, pause=pause) == Send()


def test_a_pause_is_over_on_its_day() -> None:
    assert when(pause=Pause(date(2026, 11, 18))) == Send()
    assert isinstance(when(pause=Pause(date(2026, 11, 19))), Wait)


def test_an_unanswered_message_of_hers_holds_a_reminder_and_is_asked_about_again_the_next_day() -> None:
    assert when(unanswered=True) == Wait(local("2026-11-19T12:00"), WaitReason.UNANSWERED)
    assert when(Purpose.WRITTEN, unanswered=True) == Send()


def test_the_question_is_asked_again_at_the_same_hour_of_the_next_working_day() -> None:
    friday = local("2026-11-20T15:00")
    assert when(at=friday, unanswered=True) == Wait(local("2026-11-23T15:00"), WaitReason.UNANSWERED)


def test_the_cap_counts_everything_and_waits_until_the_oldest_is_a_week_old() -> None:
    sent = (local("2026-11-12T17:00"), local("2026-11-16T09:00"), local("2026-11-17T09:00"))
    thursday = local("2026-11-19T09:00")
    assert when(sent_at=sent) == Wait(thursday, WaitReason.WEEKLY_CAP)
    assert when(Purpose.ASKED, sent_at=sent) == Wait(thursday, WaitReason.WEEKLY_CAP)
    assert when(at=thursday, sent_at=sent) == Send()


@pytest.mark.parametrize("purpose", [Purpose.REQUESTED, Purpose.WRITTEN])
def test_no_cap_stands_between_two_people_who_talk(purpose: Purpose) -> None:
    assert when(purpose, sent_at=(NOON,) * 20) == Send()


def test_a_week_is_seven_days_of_the_calendar_whatever_the_clock_does() -> None:
    sent = (local("2026-10-23T17:59"),) * WEEKLY_CAP  # the clock goes back on the 25th
    assert when(at=local("2026-10-29T09:00"), sent_at=sent) == Wait(
        local("2026-10-30T09:00"), WaitReason.WEEKLY_CAP
    )
    assert when(at=local("2026-10-30T09:00"), sent_at=sent) == Send()


def test_the_reason_that_a_person_can_mend_is_told_before_the_clocks() -> None:
    night = local("2026-11-18T23:00")
    told = when(at=night, pause=Pause(), unanswered=True)
    assert isinstance(told, Wait) and told.reason is WaitReason.PAUSED


@given(situations(), purposes, any_window)
def test_nothing_is_sent_outside_the_window(
    situation: tuple[Facts, datetime], purpose: Purpose, window: SendingWindow
) -> None:
    facts, now = situation
    if purpose in HELD_TO_THE_HOURS and decide(facts, purpose, window, now) == Send():
        there = now.astimezone(window.tz)
        assert there.weekday() in window.weekdays
        assert window.start <= there.time() < window.end
        assert not window.is_holiday(there.date())


@given(situations(), purposes, any_window)
def test_a_wait_ends_in_the_future_and_in_the_window(
    situation: tuple[Facts, datetime], purpose: Purpose, window: SendingWindow
) -> None:
    facts, now = situation
    decision = decide(facts, purpose, window, now)
    if isinstance(decision, Wait):
        assert decision.until > now
        assert window.is_open(decision.until)


@given(situations(), purposes, any_window)
def test_nothing_is_ever_sent_after_stop(
    situation: tuple[Facts, datetime], purpose: Purpose, window: SendingWindow
) -> None:
    facts, now = situation
    if facts.opted_out or facts.number_frozen:
        assert isinstance(decide(facts, purpose, window, now), Stop)


@given(situations(), any_window)
def test_what_is_planned_is_sent_only_with_nothing_in_its_way(
    situation: tuple[Facts, datetime], window: SendingWindow
) -> None:
    facts, now = situation
    if decide(facts, Purpose.PLANNED, window, now) == Send():
        assert not (facts.unanswered or facts.number_failed or facts.exempt or facts.dropped_out)
        assert not (facts.answered or facts.cancelled)
        assert facts.pause is None or not facts.pause.covers(window.local_day(now))


@given(any_window, any_moment | around_changes, st.lists(st.tuples(purposes, st.integers(0, 60 * 24 * 4))))
def test_what_is_capped_never_makes_more_than_the_cap_in_seven_local_days(
    window: SendingWindow, now: datetime, wishes: list[tuple[Purpose, int]]
) -> None:
    """Whatever else is sent in between: each wish is asked about again until it may go."""
    sent: list[datetime] = []
    for purpose, minutes in wishes:
        now += timedelta(minutes=minutes)
        decision = decide(Facts(sent_at=tuple(sent)), purpose, window, now)
        while isinstance(decision, Wait):
            now = decision.until
            decision = decide(Facts(sent_at=tuple(sent)), purpose, window, now)
        sent.append(now)
        if purpose in CAPPED:
            today = window.local_day(now)
            week = [at for at in sent if window.local_day(at) > today - timedelta(days=7)]
            assert len(week) <= WEEKLY_CAP


@given(any_moment, any_window, st.integers(1, 40))
def test_what_has_an_end_always_comes_to_one(now: datetime, window: SendingWindow, days: int) -> None:
    """Held for ever, it still stops when it makes no sense any more."""
    facts = Facts(unanswered=True, pause=Pause(), too_late_at=now + timedelta(days=days))
    for _ in range(days + 3):
        decision = decide(facts, Purpose.PLANNED, window, now)
        if isinstance(decision, Stop):
            break
        assert isinstance(decision, Wait)
        now = decision.until
    assert decision == Stop(StopReason.TOO_LATE)


def test_the_moments_of_a_decision_are_utc() -> None:
    decision = when(at=datetime(2026, 11, 21, 12, tzinfo=DENMARK))
    assert isinstance(decision, Wait) and decision.until.tzinfo is UTC


MORNINGS = Wishes(frozenset({0, 2}), time(9), time(12))
"""Mondays and Wednesdays."""
wishes = st.builds(
    lambda days, hours, cap: Wishes(frozenset(days), *HOURS[hours], cap),
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.sampled_from(PartOfDay),
    st.sampled_from(CAPS),
)
our_windows = st.sampled_from([OFFICE_HOURS, ANY_HOUR])


@pytest.mark.parametrize("purpose", HELD_TO_THE_HOURS)
def test_a_message_waits_for_the_hours_that_she_has_chosen(purpose: Purpose) -> None:
    assert when(purpose, local("2026-11-18T11:59"), wishes=MORNINGS) == Send()
    monday = Wait(local("2026-11-23T09:00"), WaitReason.HER_HOURS)
    assert when(purpose, local("2026-11-18T12:00"), wishes=MORNINGS) == monday


def test_at_night_it_waits_for_ours_and_is_asked_about_again_in_hers() -> None:
    night = local("2026-11-18T23:00")
    assert when(at=night, wishes=MORNINGS) == Wait(local("2026-11-23T09:00"), WaitReason.OUTSIDE_HOURS)


def test_what_she_asks_for_herself_goes_out_in_her_quiet_time() -> None:
    assert when(Purpose.REQUESTED, local("2026-11-20T15:00"), wishes=MORNINGS) == Send()


def test_her_own_cap_holds_before_ours_is_reached() -> None:
    sent = (local("2026-11-16T09:00"),)
    assert when(sent_at=sent, wishes=Wishes(cap=2)) == Send()
    assert when(sent_at=sent, wishes=Wishes(cap=1)) == Wait(local("2026-11-23T09:00"), WaitReason.HER_CAP)


def test_who_wishes_nothing_is_written_to_as_everybody() -> None:
    assert Wishes().within(OFFICE_HOURS) == OFFICE_HOURS


@given(situations(), purposes, our_windows, wishes)
def test_nothing_is_ever_sent_in_her_quiet_time(
    situation: tuple[Facts, datetime], purpose: Purpose, window: SendingWindow, hers: Wishes
) -> None:
    facts, now = replace(situation[0], wishes=hers), situation[1]
    decision = decide(facts, purpose, window, now)
    sent_at = decision.until if isinstance(decision, Wait) else now
    if purpose in HELD_TO_THE_HOURS and not isinstance(decision, Stop):
        there = sent_at.astimezone(window.tz)
        assert there.weekday() in hers.days
        assert hers.start <= there.time() < hers.end
        assert window.is_open(sent_at)


@given(
    our_windows, wishes, any_moment, st.lists(st.tuples(purposes, st.integers(0, 60 * 24 * 4)), max_size=8)
)
def test_what_is_capped_never_makes_more_than_she_has_asked_for(
    window: SendingWindow, hers: Wishes, now: datetime, asked: list[tuple[Purpose, int]]
) -> None:
    sent: list[datetime] = []
    for purpose, minutes in asked:
        now += timedelta(minutes=minutes)
        decision = decide(Facts(sent_at=tuple(sent), wishes=hers), purpose, window, now)
        while isinstance(decision, Wait):
            assert decision.until > now
            now = decision.until
            decision = decide(Facts(sent_at=tuple(sent), wishes=hers), purpose, window, now)
        sent.append(now)
        if purpose in CAPPED:
            today = window.local_day(now)
            assert len([at for at in sent if window.local_day(at) > today - timedelta(days=7)]) <= hers.cap
