"""Who may take over a citizen from whom."""

from collections.abc import Iterable
from datetime import timedelta

from portal.domain.absence import Place

GIVE_BACK = timedelta(days=14)
"""For so long a handover of all of somebody's citizens can be undone; later they have settled where they are."""


def may_take_over(giver: Place, taker: Place) -> bool:
    """Within a team, and between a team and the municipality's own. From one supplier to another she goes by way of
    the municipality, which decides who looks after her."""
    if giver.team_id is None or taker.team_id is None:
        return False
    return giver.team_id == taker.team_id or not (giver.is_supplier and taker.is_supplier)


def may_take_all(givers: Iterable[Place], taker: Place) -> bool:
    return all(may_take_over(giver, taker) for giver in givers)
