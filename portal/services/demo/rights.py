"""The demo's rights: a copy by PIN is allowed, one citizen waits for a correction, another was told no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from portal.content import demo_rights as content
from portal.domain.ageing import local_day
from portal.domain.data_requests import Outcome, RequestKind, due_on
from portal.services.demo.days import ZONE, Days
from portal.services.demo.people import Resident
from portal.store.people import Citizen
from portal.store.rights import DataRequest, RightsSettings


def add_rights(session: Session, residents: Sequence[Resident], days: Days) -> None:
    mette, agnieszka = (_called(residents, name) for name in content.ASKERS)
    session.add_all(
        (
            RightsSettings(
                download_by_pin=True,
                email=content.EMAIL,
                dpo=content.DPO,
                reviewed_on=days.at(content.REVIEWED_DAYS_AGO, 10).date(),
            ),
            _answered(mette, days),
            _waiting(agnieszka, RequestKind.CORRECTION, content.CORRECTION, days, 27),
        )
    )


def _called(residents: Sequence[Resident], first_name: str) -> Citizen:
    return next(each.row for each in residents if each.row.first_name == first_name)


def _waiting(citizen: Citizen, kind: RequestKind, words: str, days: Days, days_ago: int) -> DataRequest:
    asked_at = days.at(days_ago, 19)
    return DataRequest(
        citizen_id=citizen.id,
        kind=kind,
        words=words,
        asked_at=asked_at,
        due_on=due_on(local_day(asked_at, ZONE)),
    )


def _answered(citizen: Citizen, days: Days) -> DataRequest:
    row = _waiting(citizen, RequestKind.ERASURE, content.ERASURE, days, 60)
    row.answered_at = row.asked_at + timedelta(days=6)
    row.answered_by = citizen.caseworker_id
    row.outcome, row.answer = Outcome.REFUSED, content.REFUSAL
    return row
