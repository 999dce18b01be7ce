"""May this message go out now? What is known of the citizen, the hours and the clock -> the decision.

Every SMS of ours is asked about here, at the moment it would be sent. What stops it comes before what makes it
wait, and the reason that a person can do something about before the clock's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum

from messaging.sending_window import SendingWindow

WEEKLY_CAP = 3
"""SMS to one citizen within seven days, whatever they are about and whoever sent them [ours]."""
A_WEEK = timedelta(days=7)


class Purpose(Enum):
    """Who wants the message to go. It says which rules can stop it or make it wait."""

    REQUESTED = "requested"
    """She asks for it herself, now: a new link, an answer to what she has just written."""
    WRITTEN = "written"
    """A person has written to her: the words themselves, or word that they wait in the portal."""
    ASKED = "asked"
    """A person has pressed a button to ask her something: a questionnaire, a check-in."""
    PLANNED = "planned"
    """Nobody pressed a button today: reminders, and what a schedule asks."""


class StopReason(StrEnum):
    OPTED_OUT = "opted_out"
    NUMBER_FROZEN = "number_frozen"
    NUMBER_FAILED = "number_failed"
    DROPPED_OUT = "dropped_out"
    EXEMPT = "exempt"
    CANCELLED = "cancelled"
    ANSWERED = "answered"
    TOO_LATE = "too_late"


class WaitReason(StrEnum):
    PAUSED = "paused"
    UNANSWERED = "unanswered"
    WEEKLY_CAP = "weekly_cap"
    HER_CAP = "her_cap"
    """She has asked for fewer than the cap that holds for everybody."""
    OUTSIDE_HOURS = "outside_hours"
    HER_HOURS = "her_hours"
    """The hours are open, but she has asked for others."""


@dataclass(frozen=True)
class Send:
    """Send it now."""


@dataclass(frozen=True)
class Wait:
    """Ask again at `until` (UTC), which lies after now."""

    until: datetime
    reason: WaitReason


@dataclass(frozen=True)
class Stop:
    """Never send it."""

    reason: StopReason


Decision = Send | Wait | Stop


@dataclass(frozen=True)
class Pause:
    """The caseworker has paused what is planned: up to the day `until` (local time), or until she lifts it."""

    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.until is None or day < self.until


@dataclass(frozen=True)
class Wishes:
    """What she has asked of our SMS, inside what holds for everybody: on which days (0 is Monday), from `start` up
    to but not at `end` (local time), and at most so many in seven days."""

    days: frozenset[int] = frozenset(range(7))
    start: time = time.min
    end: time = time.max
    cap: int = WEEKLY_CAP

    def within(self, window: SendingWindow) -> SendingWindow:
        """The part of the window that she leaves open. Raises ValueError where that is nothing."""
        start, end = max(self.start, window.start), min(self.end, window.end)
        return SendingWindow(window.tz, window.weekdays & self.days, start, end, window.is_holiday)


@dataclass(frozen=True)
class Facts:
    """What is known at send time.

    `answered`: what the message asks for has already come in. `unanswered`: she has written, and no person has
    replied. `sent_at`: when SMS left for her, or may have left, in the last week at least, whatever they were
    about. `too_late_at`: from then on the message makes no sense any more.
    """

    opted_out: bool = False
    number_frozen: bool = False
    answered: bool = False
    number_failed: bool = False
    cancelled: bool = False
    exempt: bool = False
    dropped_out: bool = False
    unanswered: bool = False
    pause: Pause | None = None
    sent_at: tuple[datetime, ...] = ()
    too_late_at: datetime | None = None
    wishes: Wishes = Wishes()


@dataclass(frozen=True)
class _Rules:
    stops: frozenset[StopReason]
    waits: frozenset[WaitReason]


_HERS = frozenset({StopReason.OPTED_OUT, StopReason.NUMBER_FROZEN, StopReason.CANCELLED, StopReason.ANSWERED})
_HOURS = frozenset({WaitReason.OUTSIDE_HOURS, WaitReason.HER_HOURS})
_RULES: Mapping[Purpose, _Rules] = {
    Purpose.REQUESTED: _Rules(_HERS, frozenset()),
    Purpose.WRITTEN: _Rules(_HERS, _HOURS),
    Purpose.ASKED: _Rules(
        # A number that has failed is tried again when a person says so: that is how we learn that it works.
        _HERS | {StopReason.EXEMPT, StopReason.DROPPED_OUT, StopReason.TOO_LATE},
        _HOURS | {WaitReason.WEEKLY_CAP, WaitReason.HER_CAP},
    ),
    Purpose.PLANNED: _Rules(frozenset(StopReason), frozenset(WaitReason)),
}


def decide(facts: Facts, purpose: Purpose, window: SendingWindow, now: datetime) -> Decision:
    """Send, wait or stop, at `now` (aware). Pure, and the same for every kind of message. Raises ValueError where
    her own hours and the window never meet."""
    rules = _RULES[purpose]
    for stop in _stops(facts, now):
        if stop in rules.stops:
            return Stop(stop)
    for wait in _waits(facts, window, now):
        if wait.reason in rules.waits:
            return wait
    return Send()


def waits_of(purpose: Purpose) -> frozenset[WaitReason]:
    """What can make such a message wait: the facts for the others need not be looked up."""
    return _RULES[purpose].waits


def _stops(facts: Facts, now: datetime) -> Iterator[StopReason]:
    holds = {
        StopReason.OPTED_OUT: facts.opted_out,
        StopReason.NUMBER_FROZEN: facts.number_frozen,
        StopReason.DROPPED_OUT: facts.dropped_out,
        StopReason.EXEMPT: facts.exempt,
        StopReason.CANCELLED: facts.cancelled,
        StopReason.ANSWERED: facts.answered,
        StopReason.NUMBER_FAILED: facts.number_failed,
        StopReason.TOO_LATE: facts.too_late_at is not None and now >= facts.too_late_at,
    }
    return (reason for reason, stops in holds.items() if stops)


def _waits(facts: Facts, window: SendingWindow, now: datetime) -> Iterator[Wait]:
    """Whatever it waits for, it is asked about again within her own hours."""
    hers = facts.wishes.within(window)
    if facts.pause is not None and facts.pause.covers(window.local_day(now)):
        yield Wait(_tomorrow(hers, now), WaitReason.PAUSED)
    if facts.unanswered:
        yield Wait(_tomorrow(hers, now), WaitReason.UNANSWERED)
    for cap, reason in ((WEEKLY_CAP, WaitReason.WEEKLY_CAP), (facts.wishes.cap, WaitReason.HER_CAP)):
        free_on = _below_cap_on(facts.sent_at, cap, window, now)
        if free_on is not None:
            yield Wait(hers.first_open(free_on, hers.start), reason)
    if not window.is_open(now):
        yield Wait(hers.next_opening(now), WaitReason.OUTSIDE_HOURS)
    if not hers.is_open(now):
        yield Wait(hers.next_opening(now), WaitReason.HER_HOURS)


def _tomorrow(window: SendingWindow, now: datetime) -> datetime:
    """The same hour of the next day that opens: a pause may be lifted, or somebody may reply, at any time."""
    local = now.astimezone(window.tz)
    return window.first_open(local.date() + timedelta(days=1), local.time())


def _below_cap_on(
    sent_at: tuple[datetime, ...], cap: int, window: SendingWindow, now: datetime
) -> date | None:
    """The first local day on which one more makes no more than the cap in seven days; None for today."""
    today = window.local_day(now)
    days = sorted(window.local_day(at) for at in sent_at)
    counted = [day for day in days if day > today - A_WEEK]
    return counted[-cap] + A_WEEK if len(counted) >= cap else None
