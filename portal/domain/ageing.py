"""How old a citizen's answers are, and what is missing when they are too old.

The colour marks the age of an answer, never a person. A measurement has two halves, the citizen's and the
caseworker's, and it is as old as the older of them.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from portal.domain.invitations import InvitationSteps, Stage

YELLOW_MONTHS, RED_MONTHS = 3, 4


class Colour(Enum):
    WHITE = "white"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"  # never answered


class Standing(Enum):
    """Whether a citizen counts in the table's total; exempt and dropped out stand beside it."""

    ACTIVE = "active"
    EXEMPT = "exempt"
    DROPPED_OUT = "dropped_out"


class NotWhite(Enum):
    """What has to happen next for the row to turn white."""

    NOT_SENT = "not_sent"
    NOT_DELIVERED = "not_delivered"
    NOT_OPENED = "not_opened"
    NOT_STARTED = "not_started"
    NOT_FINISHED = "not_finished"
    CASEWORKER_HALF_MISSING = "caseworker_half_missing"


_WORST_LAST = (Colour.WHITE, Colour.YELLOW, Colour.RED, Colour.GREY)
_NEXT_STEP = {
    Stage.NOT_SENT: NotWhite.NOT_SENT,
    Stage.SENT: NotWhite.NOT_DELIVERED,
    Stage.DELIVERED: NotWhite.NOT_OPENED,
    Stage.OPENED: NotWhite.NOT_STARTED,
    Stage.STARTED: NotWhite.NOT_FINISHED,
    # It was answered, and that answer has grown old: a new one has to be sent.
    Stage.FINISHED: NotWhite.NOT_SENT,
}


@dataclass(frozen=True)
class AgeingFacts:
    """Days are in the municipality's own calendar (see `local_day`).

    `caseworker_asked` is False for a form without a caseworker's half, such as the screening at home.
    """

    last_answered_on: date | None = None
    caseworker_answered_on: date | None = None
    invited_on: date | None = None
    newest_invitation: InvitationSteps | None = None
    standing: Standing = Standing.ACTIVE
    caseworker_asked: bool = True


@dataclass(frozen=True)
class StatusRow:
    """One row of the status table; `exempt` and `dropped_out` lie outside `citizens`."""

    white: int = 0
    yellow: int = 0
    red: int = 0
    grey: int = 0
    exempt: int = 0
    dropped_out: int = 0

    @property
    def citizens(self) -> int:
        return self.white + self.yellow + self.red + self.grey

    def __add__(self, other: "StatusRow") -> "StatusRow":
        """Two teams taken together."""
        return StatusRow(
            self.white + other.white,
            self.yellow + other.yellow,
            self.red + other.red,
            self.grey + other.grey,
            self.exempt + other.exempt,
            self.dropped_out + other.dropped_out,
        )


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day when it is shorter (30 Nov + 3 = 28/29 Feb)."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day on the municipality's calendar. ValueError for a naive moment, which has no place on it."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no local day")
    return moment.astimezone(zone).date()


def counted_from(facts: AgeingFacts) -> date | None:
    """The day the row's age is counted from: the older half, or the invitation when a half never came."""
    halves = [facts.last_answered_on]
    if facts.caseworker_asked:
        halves.append(facts.caseworker_answered_on)
    answered = [half for half in halves if half is not None]
    return min(answered) if len(answered) == len(halves) else facts.invited_on


def colour(facts: AgeingFacts, today: date) -> Colour:
    """White below 3 calendar months, yellow below 4, red from 4; grey while a half was never answered."""
    halves = [_half(facts.last_answered_on, today)]
    if facts.caseworker_asked:
        halves.append(_half(facts.caseworker_answered_on, today))
    return max(halves, key=_WORST_LAST.index)


def why_not_white(facts: AgeingFacts, today: date) -> NotWhite | None:
    """What is missing for white; None when the row is white, or stands outside the total."""
    if facts.standing is not Standing.ACTIVE or colour(facts, today) is Colour.WHITE:
        return None
    if _half(facts.last_answered_on, today) is Colour.WHITE:
        return NotWhite.CASEWORKER_HALF_MISSING
    invitation = facts.newest_invitation
    return _NEXT_STEP[invitation.reached if invitation else Stage.NOT_SENT]


def status_table(rows: Iterable[AgeingFacts], today: date) -> StatusRow:
    """Count one group of citizens; groups are added with +."""
    counts = Counter(
        colour(facts, today).value if facts.standing is Standing.ACTIVE else facts.standing.value
        for facts in rows
    )
    return StatusRow(**counts)


def _half(answered_on: date | None, today: date) -> Colour:
    if answered_on is None:
        return Colour.GREY
    if today < add_months(answered_on, YELLOW_MONTHS):
        return Colour.WHITE
    return Colour.YELLOW if today < add_months(answered_on, RED_MONTHS) else Colour.RED
