"""The caseworker's half of the current measurement: all its questions on one page, saved as she goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from portal.domain.answering import AnswerError, Raw
from portal.domain.questionnaires import Answer, Questionnaire, Respondent
from portal.services import answering, forms, whole_form
from portal.services.answering import NothingPublishedError, Start
from portal.services.definitions import questionnaire_of
from portal.services.forms import OpenForm
from portal.services.whole_form import Filled
from portal.store import measurements, questionnaires, responses
from portal.store.measurements import MeasurementRow

MINE = Respondent.CASEWORKER


class NoHalf(Enum):
    """Why there is nothing to answer."""

    NOT_ASKED = "not_asked"
    FINISHED = "finished"


@dataclass(frozen=True)
class OwnHalf:
    """``answers`` so far; ``errors`` and ``typed`` are those of a form that was refused."""

    questionnaire: Questionnaire
    opened_at: datetime
    answers: Mapping[str, Answer]
    errors: Mapping[str, AnswerError] = field(default_factory=dict)
    typed: Raw = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """How many of the questions that are asked have an answer."""
        return sum(bool(answer.value or answer.missing) for answer in self.answers.values())


@dataclass(frozen=True)
class HalfFinished:
    measurement_id: int


def current(session: Session, citizen_id: int) -> MeasurementRow | None:
    """The newest measurement that asks for two halves; later than it there is nothing to answer."""
    rows = measurements.of_citizen(session, citizen_id)
    return next((row for row in rows if row.counterpart_key is not None), None)


def open_half(session: Session, citizen_id: int) -> OwnHalf | NoHalf:
    """What she has answered so far. Reading begins nothing."""
    measurement = current(session, citizen_id)
    if measurement is None:
        return NoHalf.NOT_ASKED
    if measurement.caseworker_finished_at is not None:
        return NoHalf.FINISHED
    begun = responses.facts_of_measurement(session, measurement.id, MINE)
    if begun is not None:
        form = forms.with_answers(session, begun)
        return OwnHalf(form.questionnaire, measurement.opened_at, form.answers)
    version_id = questionnaires.newest_version_id(session, _counterpart(session, measurement))
    if version_id is None:
        raise NothingPublishedError
    return OwnHalf(questionnaire_of(session, version_id, MINE), measurement.opened_at, {})


def fill_half(
    session: Session, citizen_id: int, staff_id: int, filled: Filled, now: datetime
) -> OwnHalf | HalfFinished | NoHalf:
    """What is valid is kept, and only what is whole is sent in."""
    measurement = current(session, citizen_id)
    if measurement is None:
        return NoHalf.NOT_ASKED
    form = _locked(session, measurement, staff_id, now)
    if form.finished_at is not None:
        return NoHalf.FINISHED
    kept = whole_form.keep(session, form, filled, now)
    if kept.is_finished:
        return HalfFinished(measurement.id)
    met = kept.form.route.answers
    return OwnHalf(form.questionnaire, measurement.opened_at, met, kept.errors, filled.raw)


def _locked(session: Session, measurement: MeasurementRow, staff_id: int, now: datetime) -> OpenForm:
    """Her form, begun where it was not, and held until the transaction ends."""
    wanted = Start(
        measurement_id=measurement.id,
        questionnaire_id=_counterpart(session, measurement),
        citizen_id=measurement.citizen_id,
        language="da",
        respondent=MINE,
        staff_id=staff_id,
    )
    begun = answering.start(session, wanted, now)
    return forms.load(session, begun.ref, MINE, lock=True) or begun


def _counterpart(session: Session, measurement: MeasurementRow) -> int:
    form = questionnaires.by_key(session, measurement.counterpart_key or "")
    if form is None:
        raise NothingPublishedError
    return form.id
