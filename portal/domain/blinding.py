"""When staff may see what a citizen answered: not before the caseworker has given her own answers.

Somebody who has read the citizen's answers no longer gives a view of her own. So a measurement of which both
parties hold a half stays blind until both are in. A half that was never given does not hide the other for
ever: it is shown once a later measurement is whole, for then there is nothing left to colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Sight(Enum):
    VISIBLE = "visible"
    NOT_FINISHED = "not_finished"  # the citizen is still answering: half an answer set is nobody else's
    BLIND = "blind"


@dataclass(frozen=True)
class Halves:
    """One measurement of one citizen by one questionnaire; `caseworker_asked` is False for a form of hers alone."""

    measurement_id: int
    opened_at: datetime
    caseworker_asked: bool
    citizen_finished: bool
    caseworker_finished: bool

    @property
    def is_whole(self) -> bool:
        return self.citizen_finished and (self.caseworker_finished or not self.caseworker_asked)


def sight(measurement: Halves, of_citizen: Iterable[Halves]) -> Sight:
    """What staff may see of the citizen's half; `of_citizen`: all her measurements by the same questionnaire."""
    if not measurement.citizen_finished:
        return Sight.NOT_FINISHED
    if measurement.is_whole or any(_is_later_and_whole(other, measurement) for other in of_citizen):
        return Sight.VISIBLE
    return Sight.BLIND


def visible_measurements(of_citizen: Iterable[Halves]) -> frozenset[int]:
    """The ids of those whose citizen's half staff may see; all by the same questionnaire and citizen."""
    measurements = tuple(of_citizen)
    return frozenset(
        each.measurement_id for each in measurements if sight(each, measurements) is Sight.VISIBLE
    )


def _is_later_and_whole(other: Halves, measurement: Halves) -> bool:
    order = (other.opened_at, other.measurement_id) > (measurement.opened_at, measurement.measurement_id)
    return order and other.is_whole
