"""Who answers for whom while a caseworker is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Place:
    """Where somebody works; suppliers' staff see their own team's citizens and nobody else's."""

    team_id: int | None
    is_supplier: bool


class Refusal(StrEnum):
    DAYS_MISSING = "days_missing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    IS_OVER = "is_over"
    TOO_LONG = "too_long"
    NO_COVER = "no_cover"
    COVER_OUT_OF_REACH = "cover_out_of_reach"
    COVER_IS_AWAY = "cover_is_away"
    OVERLAPS = "overlaps"


def may_cover(absent: Place, cover: Place) -> bool:
    """Colleagues of one team; and of two, when both are the municipality's own."""
    if absent.team_id is None or cover.team_id is None:
        return False
    return absent.team_id == cover.team_id or not (absent.is_supplier or cover.is_supplier)


def check_days(first: date | None, last: date | None, today: date) -> Refusal | None:
    if first is None or last is None:
        return Refusal.DAYS_MISSING
    if last < first:
        return Refusal.ENDS_BEFORE_IT_BEGINS
    if last < today:
        return Refusal.IS_OVER
    return Refusal.TOO_LONG if (last - first).days >= LONGEST_DAYS else None


def who_answers(caseworker_id: int, covers: Mapping[int, int]) -> int:
    """`covers`: whoever is away today, and her cover. Where the cover is away too, it is the cover's cover;
    where they cover each other, it stays the first one's cover."""
    if caseworker_id not in covers:
        return caseworker_id
    seen, answerer = {caseworker_id}, covers[caseworker_id]
    while answerer in covers and answerer not in seen:
        seen.add(answerer)
        answerer = covers[answerer]
    return covers[caseworker_id] if answerer in seen else answerer


def covered_by(staff_id: int, covers: Mapping[int, int]) -> frozenset[int]:
    """For whom a colleague answers today, herself left out."""
    return frozenset(away for away in covers if away != staff_id and who_answers(away, covers) == staff_id)
