"""Where each citizen of the demo stands, so that every colour and every reason is met in every team."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from portal.content.demo_people import More
from portal.domain.ageing import Colour


class Stand(Enum):
    UP_TO_DATE = auto()
    NOT_ASKED = auto()
    """Answered once, and not asked again."""
    NEW = auto()
    """Never asked."""
    PHONE_OFF = auto()
    NO_RECEIPT = auto()
    NUMBER_DEAD = auto()
    REFUSED = auto()
    """The gateway would not take the number."""
    NOT_OPENED = auto()
    NOT_STARTED = auto()
    NOT_FINISHED = auto()
    HALF_MISSING = auto()
    STOPPED = auto()
    FROZEN = auto()
    EXEMPT = auto()
    DROPPED_OUT = auto()


class Shape(Enum):
    """How a citizen's year went."""

    RISING = auto()
    SMALL_UP = auto()
    STEADY = auto()
    SMALL_DOWN = auto()
    FALLING = auto()


@dataclass(frozen=True)
class Plan:
    """``colour``: the age of the newest complete measurement; grey: there is none."""

    stand: Stand
    colour: Colour
    shape: Shape = Shape.STEADY


AGES = {Colour.WHITE: (4, 80), Colour.YELLOW: (94, 117), Colour.RED: (126, 200)}
"""Days since the answer; kept clear of the borders (3 months are 89–92 days, 4 are 120–123)."""

NOT_WHITE = (
    (Stand.HALF_MISSING, Colour.YELLOW),
    (Stand.HALF_MISSING, Colour.RED),
    (Stand.HALF_MISSING, Colour.GREY),
    (Stand.NOT_ASKED, Colour.YELLOW),
    (Stand.NOT_ASKED, Colour.YELLOW),
    (Stand.NOT_ASKED, Colour.RED),
    (Stand.NEW, Colour.GREY),
    (Stand.PHONE_OFF, Colour.YELLOW),
    (Stand.NO_RECEIPT, Colour.RED),
    (Stand.NUMBER_DEAD, Colour.RED),
    (Stand.REFUSED, Colour.YELLOW),
    (Stand.NOT_OPENED, Colour.YELLOW),
    (Stand.NOT_OPENED, Colour.RED),
    (Stand.NOT_OPENED, Colour.GREY),
    (Stand.NOT_STARTED, Colour.YELLOW),
    (Stand.NOT_STARTED, Colour.RED),
    (Stand.NOT_FINISHED, Colour.YELLOW),
    (Stand.NOT_FINISHED, Colour.RED),
    (Stand.NOT_FINISHED, Colour.GREY),
    (Stand.STOPPED, Colour.RED),
    (Stand.FROZEN, Colour.YELLOW),
    (Stand.EXEMPT, Colour.WHITE),
    (Stand.DROPPED_OUT, Colour.YELLOW),
    (Stand.DROPPED_OUT, Colour.RED),
)
"""What every team meets; the others are up to date, but for what a caseworker meets besides."""

SHAPES = (
    *(Shape.RISING, Shape.STEADY, Shape.SMALL_UP, Shape.RISING, Shape.STEADY),
    *(Shape.FALLING, Shape.STEADY, Shape.SMALL_UP, Shape.RISING, Shape.SMALL_DOWN),
)


def plans_for(citizens: int, share: int | None, rng: Random, more: More = ()) -> list[Plan]:
    """One plan for each of a caseworker's citizens, in no order; ``share`` and ``more`` as in `DemoStaff`."""
    not_white = [*(NOT_WHITE if share is None else NOT_WHITE[share::2])]
    for stand, colour, times in more:
        not_white += [(Stand[stand], Colour[colour])] * times
    stands = [*not_white, *((Stand.UP_TO_DATE, Colour.WHITE),) * (citizens - len(not_white))]
    rng.shuffle(stands)
    return [
        Plan(stand, colour, SHAPES[number % len(SHAPES)]) for number, (stand, colour) in enumerate(stands)
    ]
