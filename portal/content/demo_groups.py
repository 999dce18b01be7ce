"""The groups of Åkøbing's first caseworker, and what she has sent to them: neutral words that fit everybody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoGroup:
    """``done``: how many of the members the sending has reached; None: all, and it is finished."""

    name: str
    members: int
    text: str
    days_ago: int
    done: int | None = None


GROUPS = (
    DemoGroup(
        name="Onsdagsholdet",
        members=16,
        text="Fra på mandag finder du os på 2. sal i Havnegade 4. Tag elevatoren til højre.",
        days_ago=12,
    ),
    DemoGroup(
        name="Nye siden sommeren",
        members=14,
        text="Vi holder åbent hus på torsdag kl. 13-15. Kom forbi, hvis du har lyst.",
        days_ago=2,
        done=6,
    ),
)
