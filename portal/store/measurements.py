"""Measurements with both their halves, and the scores made of them: one query each, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.blinding import Halves
from portal.domain.questionnaires import Respondent
from portal.store.answering import IndicatorScore, Measurement, Response
from portal.store.people import Citizen
from portal.store.questionnaires import Questionnaire, QuestionnaireVersion

Rows = Select[*tuple[Any, ...]]


class MeasurementRow(NamedTuple):
    """``citizen_…`` and ``caseworker_…``: the two halves; None where the half has not been begun or finished."""

    id: int
    citizen_id: int
    opened_at: datetime
    questionnaire_id: int
    questionnaire_key: str
    counterpart_key: str | None
    citizen_ref: str | None
    citizen_finished_at: datetime | None
    citizen_language: str | None
    citizen_help: str | None
    citizen_version_id: int | None
    caseworker_ref: str | None
    caseworker_finished_at: datetime | None

    @property
    def halves(self) -> Halves:
        return Halves(
            measurement_id=self.id,
            opened_at=self.opened_at,
            caseworker_asked=self.counterpart_key is not None,
            citizen_finished=self.citizen_finished_at is not None,
            caseworker_finished=self.caseworker_finished_at is not None,
        )


class ScoreRow(NamedTuple):
    indicator: str
    value: float | None
    wording: str
    citizen_id: int
    measurement_id: int
    respondent: str
    version_id: int
    language: str
    help: str
    finished_at: datetime


def of_citizen(session: Session, citizen_id: int) -> list[MeasurementRow]:
    """The newest first."""
    query = _measurements().where(Measurement.citizen_id == citizen_id)
    return [MeasurementRow(*row) for row in session.execute(query)]


def of_team(session: Session, team_id: int, since: datetime) -> list[MeasurementRow]:
    """Opened from ``since`` on, the newest first."""
    query = (
        _measurements()
        .join(Citizen, Citizen.id == Measurement.citizen_id)
        .where(Citizen.team_id == team_id, Measurement.opened_at >= since)
    )
    return [MeasurementRow(*row) for row in session.execute(query)]


def scores(session: Session, measurement_ids: Collection[int]) -> list[ScoreRow]:
    """The scores of both halves, as far as they are finished, in the order of time."""
    query: Rows = (
        select(
            IndicatorScore.indicator,
            IndicatorScore.value,
            IndicatorScore.wording,
            Response.citizen_id,
            Response.measurement_id,
            Response.respondent,
            Response.version_id,
            Response.language,
            Response.help,
            Response.finished_at,
        )
        .join(Response, Response.id == IndicatorScore.response_id)
        .where(Response.measurement_id.in_(measurement_ids), Response.finished_at.is_not(None))
        .order_by(Response.finished_at, IndicatorScore.id)
    )
    return [ScoreRow(*row) for row in session.execute(query)]


def versions(session: Session, version_ids: Collection[int]) -> dict[int, QuestionnaireVersion]:
    query = select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(version_ids))
    return {version.id: version for version in session.scalars(query)}


def _measurements() -> Rows:
    hers, mine = aliased(Response), aliased(Response)
    return (
        select(
            Measurement.id,
            Measurement.citizen_id,
            Measurement.opened_at,
            Questionnaire.id,
            Questionnaire.key,
            Questionnaire.counterpart_key,
            hers.ref,
            hers.finished_at,
            hers.language,
            hers.help,
            hers.version_id,
            mine.ref,
            mine.finished_at,
        )
        .select_from(Measurement)
        .join(Questionnaire, Questionnaire.id == Measurement.questionnaire_id)
        .outerjoin(hers, and_(hers.measurement_id == Measurement.id, hers.respondent == Respondent.CITIZEN))
        .outerjoin(
            mine, and_(mine.measurement_id == Measurement.id, mine.respondent == Respondent.CASEWORKER)
        )
        .order_by(Measurement.opened_at.desc(), Measurement.id.desc())
    )
