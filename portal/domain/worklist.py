"""Who needs her caseworker today, and why: the few before the many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from portal.domain.ageing import Colour, Standing
from portal.domain.progression import Change, Verdict

SILENT_AFTER = timedelta(days=60)
"""One contact every second month is what worked (Deloitte 2015, 30 municipalities)."""
LOW_ANSWER_IS_NEWS_FOR = timedelta(days=14)
"""Who answered no to a check-in, or low, is written to or called within this time, or it is past."""
MOVE_IS_NEWS_FOR = timedelta(days=30)


class Reason(IntEnum):
    """In the order of the list: words of crisis before all, then whoever waits for a word."""

    CRISIS = 0
    MESSAGE = 1
    MEETING_WISH = 2
    FROZEN = 3
    PIN_LOCKED = 4
    NUMBER_DEAD = 5
    LOW_ANSWER = 6
    MEETING_NEAR = 7
    LADDER_ENDED = 8
    OWN_HALF_MISSING = 9
    MOVED = 10
    RED = 11
    SILENT = 12


@dataclass(frozen=True)
class WorkFacts:
    """`heard_at` is the last time the citizen wrote or answered, else when she came to us.

    `asked_of_meeting`: she wants another time or an interpreter, and nobody has seen to it; `meeting_is_near`: today
    or on the next working day. `wrote_of_crisis`: a message of hers holds words of crisis, and nobody has seen to it
    yet. `number_is_dead`: a provider says that no SMS can reach her.
    `answered_low_at`: when she answered a check-in with no or a low number, if nobody has written to her since.
    `ladder_ended_at` is when the last reminder of an unanswered form had got its time, and nobody has taken it up yet.
    `moved_at` is when a measurement was finished that shows a move; None when the newest shows none.
    """

    colour: Colour
    heard_at: datetime
    standing: Standing = Standing.ACTIVE
    wrote_of_crisis: bool = False
    awaits_answer: bool = False
    asked_of_meeting: bool = False
    meeting_is_near: bool = False
    is_frozen: bool = False
    number_is_dead: bool = False
    pin_is_locked: bool = False
    answered_low_at: datetime | None = None
    own_half_missing: bool = False
    moved_at: datetime | None = None
    ladder_ended_at: datetime | None = None


def reasons(facts: WorkFacts, now: datetime) -> tuple[Reason, ...]:
    """Why she needs her caseworker at `now` (aware, UTC), the weightiest first; empty when she does not.

    Who is exempt or has dropped out is asked nothing, so only what she herself waits for counts.
    """
    waits_for_us = {
        Reason.CRISIS: facts.wrote_of_crisis,
        Reason.MESSAGE: facts.awaits_answer,
        Reason.MEETING_WISH: facts.asked_of_meeting,
        Reason.FROZEN: facts.is_frozen,
        Reason.PIN_LOCKED: facts.pin_is_locked,
        Reason.LOW_ANSWER: _is_news(facts.answered_low_at, LOW_ANSWER_IS_NEWS_FOR, now),
        Reason.MEETING_NEAR: facts.meeting_is_near,
    }
    ours_to_follow = {
        Reason.NUMBER_DEAD: facts.number_is_dead,
        # A word from her since then is a better place to begin than a form that she left.
        Reason.LADDER_ENDED: facts.ladder_ended_at is not None and facts.heard_at < facts.ladder_ended_at,
        Reason.OWN_HALF_MISSING: facts.own_half_missing,
        Reason.MOVED: _is_news(facts.moved_at, MOVE_IS_NEWS_FOR, now),
        # With our own half missing the age is ours, not hers, and that reason stands already.
        Reason.RED: facts.colour is Colour.RED and not facts.own_half_missing,
        Reason.SILENT: now - facts.heard_at > SILENT_AFTER,
    }
    if facts.standing is Standing.ACTIVE:
        waits_for_us |= ours_to_follow
    return tuple(reason for reason, holds in waits_for_us.items() if holds)


def shows_a_move(verdicts: Iterable[Verdict]) -> bool:
    """Whether any indicator moved by more than chance, in either direction."""
    return any(verdict.change in (Change.PROGRESSION, Change.REGRESSION) for verdict in verdicts)


def _is_news(happened_at: datetime | None, how_long: timedelta, now: datetime) -> bool:
    return happened_at is not None and now - happened_at <= how_long
