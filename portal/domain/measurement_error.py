"""How much of a change may be chance: standard error, smallest detectable change, regression to the mean.

Sources: SEM and SDC as in de Vet, Terwee, Mokkink and Knol, "Measurement in Medicine" (2011), chapter 5.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import stdev

_Z95 = 1.96
PAIRS_FOR_OWN_SDC = 100


class SdcSource(Enum):
    """Where an SDC comes from; the value is the key of the text that tells the reader."""

    ONE_ITEM = "sdc_source.one_item"  # SD 1.0, reliability .64, as usual for one five-point item
    COMPOSITE = "sdc_source.composite"  # SD .75, Cronbach's alpha .80, until own data can tell
    OWN_DATA = "sdc_source.own_data"  # own test-retest pairs


@dataclass(frozen=True)
class Sdc:
    """A smallest detectable change in scale points, its source, and the number of own pairs behind it."""

    value: float
    source: SdcSource
    pairs: int = 0


ITEM_SDC = Sdc(1.66, SdcSource.ONE_ITEM)
COMPOSITE_SDC = Sdc(0.93, SdcSource.COMPOSITE)


def sem(sd: float, reliability: float) -> float:
    """Standard error of measurement, in scale points: SD * sqrt(1 - r).

    ValueError unless SD >= 0 and 0 <= r <= 1.
    """
    if sd < 0:
        raise ValueError(f"a standard deviation is never negative: {sd}")
    return sd * math.sqrt(1 - _checked(reliability))


def sdc95(standard_error: float) -> float:
    """Smallest change of one person that is more than chance in 95 of 100: 1.96 * sqrt(2) * SEM."""
    return _Z95 * math.sqrt(2) * standard_error


def group_sdc95(sdc: float, n: int) -> float:
    """Smallest detectable change of the mean of `n` people: SDC / sqrt(n). ValueError when n < 1."""
    if n < 1:
        raise ValueError("a group has at least one member")
    return sdc / math.sqrt(n)


def composite_sdc(pairs: Sequence[tuple[float, float]]) -> Sdc:
    """The SDC of the composite: from own test-retest pairs (first, second) once there are 100 of them.

    SEM = SD of the differences / sqrt(2), so SDC = 1.96 * SD of the differences; until then the assumed 0.93.
    """
    if len(pairs) < PAIRS_FOR_OWN_SDC:
        return COMPOSITE_SDC
    spread = stdev(second - first for first, second in pairs)
    return Sdc(sdc95(spread / math.sqrt(2)), SdcSource.OWN_DATA, len(pairs))


def expected_follow_up(mean: float, reliability: float, first: float) -> float:
    """What to expect next time if nothing happened at all: M + r * (first - M).

    Those who start low rise by themselves, so a rise alone never shows that an offer worked.
    """
    return mean + _checked(reliability) * (first - mean)


def _checked(reliability: float) -> float:
    if not 0 <= reliability <= 1:
        raise ValueError(f"a reliability lies between 0 and 1: {reliability}")
    return reliability
