"""Measurements for tests: the shipped forms, answered by either party at a given time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from database.tenancy import TenantSession
from portal.domain.indicators import indicator_rows, wordings
from portal.domain.questionnaires import Questionnaire, QuestionType, Respondent
from portal.domain.scoring import indicator_scores
from portal.services.publishing import COUNTERPARTS, publish, shipped_forms
from portal.store import questionnaires
from portal.store.answering import Answer, IndicatorScore, Measurement, Response
from portal.store.people import Citizen
from portal.store.questionnaires import Origin, QuestionnaireVersion, definition
from tests.factories import add_measurement

LEVEL = 3
"""What an indicator is answered with where a test does not say."""
SHORT = (*COUNTERPARTS, "own_agenda")


@dataclass(frozen=True)
class Half:
    """One party's answers; ``values`` by indicator, None for "do not know"."""

    values: Mapping[str, int | None]
    at: datetime
    respondent: Respondent = Respondent.CITIZEN
    language: str = "da"
    help: str = "alone"
    finished: bool = True


def ship_forms(session: TenantSession, now: datetime, *also: str) -> None:
    """The short ones, and those of the keys in ``also``: all that ship are ten times as long."""
    for form in shipped_forms():
        if form.key in {*SHORT, *also}:
            publish(session, form, now, counterpart_key=COUNTERPARTS.get(form.key), origin=Origin.SHIPPED)


def newest(session: TenantSession, key: str) -> QuestionnaireVersion:
    row = questionnaires.by_key(session, key)
    assert row is not None
    version = questionnaires.newest_version(session, row.id)
    assert version is not None
    return version


def measure(
    session: TenantSession, citizen: Citizen, *halves: Half, key: str = "progression_citizen"
) -> Measurement:
    """A measurement opened when the first half was answered."""
    version = newest(session, key)
    form = version.questionnaire
    measurement = add_measurement(session, min(half.at for half in halves), citizen, form)
    for half in halves:
        own = (
            version if half.respondent is Respondent.CITIZEN else newest(session, form.counterpart_key or "")
        )
        add_half(session, measurement, own, half)
    return measurement


def add_half(
    session: TenantSession, measurement: Measurement, version: QuestionnaireVersion, half: Half
) -> Response:
    response = Response(
        ref=secrets.token_urlsafe(9),
        measurement_id=measurement.id,
        citizen_id=measurement.citizen_id,
        version_id=version.id,
        respondent=half.respondent.value,
        help=half.help,
        language=half.language,
        started_at=half.at,
        finished_at=half.at if half.finished else None,
    )
    session.add(response)
    session.flush()
    form = definition(version)
    answers = _answers(form, half.values)
    session.add_all(
        Answer(
            response_id=response.id,
            question=question,
            value=value,
            missing=None if value else "dont_know",
            answered_at=half.at,
        )
        for question, value in answers.items()
    )
    if half.finished:
        _score(session, response, form, answers)
    session.flush()
    return response


def _answers(form: Questionnaire, values: Mapping[str, int | None]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, question in form.questions.items():
        if question.type is QuestionType.SELECT_ONE and question.indicator:
            wanted = values.get(question.indicator, LEVEL if question.indicator != "change" else 0)
            found[name] = next((c.name for c in question.choices if c.score == wanted), None)
    return found


def _score(
    session: TenantSession, response: Response, form: Questionnaire, answers: Mapping[str, str | None]
) -> None:
    rows = [row for row in indicator_rows(form) if row.question in answers]
    words = wordings(form, dict.fromkeys(answers, response.language))
    session.add_all(
        IndicatorScore(
            response_id=response.id,
            citizen_id=response.citizen_id,
            indicator=indicator,
            value=value,
            wording=words[indicator],
        )
        for indicator, value in indicator_scores(rows, answers).items()
    )
