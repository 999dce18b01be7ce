"""Rates with their denominator and their uncertainty, the funnel of invitations, and suppliers side by side.

Nothing is weighted: who did not answer is shown beside who did. Counts in tables go through `suppression`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from portal.domain.invitations import InvitationSteps, Stage
from portal.domain.suppression import SMALLEST_SHOWN

_Z95 = 1.96
SMALLEST_COMPARED = 20


@dataclass(frozen=True)
class Interval:
    """A 95 % interval of a share, 0..1."""

    low: float
    high: float


@dataclass(frozen=True)
class Rate:
    """`count` of `total`, where `denominator` names what the total counts. ValueError unless 0 <= count <= total."""

    count: int
    total: int
    denominator: str

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total:
            raise ValueError(f"{self.count} of {self.total} is no rate")

    @property
    def share(self) -> float | None:
        """0..1; None of nobody."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's score interval (Wilson 1927, JASA 22:209), 95 %; None of nobody."""
        if not self.total:
            return None
        n, share, z2 = self.total, self.count / self.total, _Z95**2
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        # At 0 and n of n the bound is the share itself; rounding must not push it past.
        return Interval(min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


@dataclass(frozen=True)
class Funnel:
    """How many invitations came at least so far; each number is at most the one before it."""

    sent: int
    delivered: int
    opened: int
    started: int
    finished: int

    def of_sent(self) -> tuple[Rate, ...]:
        """Delivered, opened, started and finished, each as a rate of those sent."""
        steps = (self.delivered, self.opened, self.started, self.finished)
        return tuple(Rate(step, self.sent, "sent") for step in steps)


class Withheld(Enum):
    """Why a supplier's rate is not shown."""

    TOO_FEW = "too_few"  # fewer than 20 asked: the rate would say next to nothing
    SMALL_CELL = "small_cell"  # under 5 answered, or under 5 did not: the rate would tell of persons


@dataclass(frozen=True)
class SupplierLine:
    """One supplier in the comparison: a rate, or why there is none."""

    supplier: str
    rate: Rate | None
    withheld: Withheld | None = None


def funnel(invitations: Iterable[InvitationSteps]) -> Funnel:
    """Count how far the invitations came.

    A later step proves the earlier ones: a finished form counts as delivered and opened even if
    the receipt never came. Without that the funnel would widen downwards, and phones without
    receipts would look like people who do not answer.
    """
    reached = Counter(steps.reached for steps in invitations)
    at_least = {stage: sum(reached[later] for later in Stage if later >= stage) for stage in Stage}
    return Funnel(
        sent=at_least[Stage.SENT],
        delivered=at_least[Stage.DELIVERED],
        opened=at_least[Stage.OPENED],
        started=at_least[Stage.STARTED],
        finished=at_least[Stage.FINISHED],
    )


def compare_suppliers(rates: Mapping[str, Rate]) -> tuple[SupplierLine, ...]:
    """Suppliers side by side in the order of the alphabet: never ranked, and only from 20 asked."""
    return tuple(_line(supplier, rates[supplier]) for supplier in sorted(rates, key=str.casefold))


def _line(supplier: str, rate: Rate) -> SupplierLine:
    if rate.total < SMALLEST_COMPARED:
        return SupplierLine(supplier, None, Withheld.TOO_FEW)
    if min(rate.count, rate.total - rate.count) < SMALLEST_SHOWN:
        return SupplierLine(supplier, None, Withheld.SMALL_CELL)
    return SupplierLine(supplier, rate)
