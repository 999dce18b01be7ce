"""Who answers today: the caseworker, or the colleague who covers while she is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from portal.domain.absence import Place, covered_by, may_cover, who_answers
from portal.domain.ageing import local_day
from portal.store import absences
from portal.store.absences import Away
from portal.store.kept import kept, of_the_house
from portal.store.people import Colleague, Staff


@dataclass(frozen=True)
class Answerer:
    """``away_until``: the last day on which the caseworker herself is away; None while she is here."""

    staff_id: int
    name: str
    away_until: date | None = None

    @property
    def first_name(self) -> str:
        return self.name.split(maxsplit=1)[0]


@dataclass(frozen=True)
class Cover:
    """Of one day. What stands between the municipality and a supplier by now is no cover any more."""

    away: Mapping[int, Away] = field(default_factory=dict)

    def answers_for(self, caseworker: Staff | Colleague) -> Answerer:
        away = self.away.get(caseworker.id)
        if away is None:
            return Answerer(caseworker.id, caseworker.name)
        answerer = who_answers(caseworker.id, self._covers)
        names = {each.cover_id: each.cover_name for each in self.away.values()}
        return Answerer(answerer, names[answerer], away.last_day)

    def covered_by(self, staff_id: int) -> Mapping[int, date]:
        """Whom the colleague answers for, each with her last day away."""
        return {each: self.away[each].last_day for each in covered_by(staff_id, self._covers)}

    def reaches(self, staff_id: int, caseworker_id: int, team_id: int) -> bool:
        """Whether the colleague answers today for a citizen of this caseworker's, in the caseworker's own team: a
        citizen whom a supplier's team looks after stays theirs, whoever is named as her caseworker."""
        return caseworker_id in self.covered_by(staff_id) and self.away[caseworker_id].team_id == team_id

    def teams_of(self, staff_ids: Iterable[int]) -> frozenset[int]:
        """Where those work who are away."""
        teams = (self.away[each].team_id for each in staff_ids)
        return frozenset(team for team in teams if team is not None)

    @property
    def _covers(self) -> Mapping[int, int]:
        return {away.staff_id: away.cover_id for away in self.away.values()}


def today(session: Session, now: datetime) -> Cover:
    """One query."""
    day = local_day(now, COPENHAGEN)
    return kept(session, (Cover, day), lambda: cover_of(absences.away_on(session, day)))


def for_sms(session: TenantSession, now: datetime) -> Cover:
    """As ``today``, and cheaper where nobody is away: most days, and each SMS asks."""
    day = local_day(now, COPENHAGEN)
    is_anybody = of_the_house(
        session, (absences.is_anybody_away, day), lambda: absences.is_anybody_away(session, day)
    )
    return today(session, now) if is_anybody else Cover()


def cover_of(rows: Iterable[Away]) -> Cover:
    return Cover({row.staff_id: row for row in rows if _still_may(row)})


def _still_may(row: Away) -> bool:
    absent = Place(row.team_id, bool(row.is_supplier))
    return may_cover(absent, Place(row.cover_team_id, bool(row.cover_is_supplier)))
