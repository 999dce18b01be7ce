"""The rows of a year: measurements, invitations, responses with their answers and scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.domain.indicators import score
from portal.domain.progression import Help
from portal.domain.questionnaires import Questionnaire, Respondent
from portal.services import forms as answer_forms
from portal.services.demo.courses import CASEWORKERS_FORM, Ask, Sheet
from portal.services.demo.days import chance
from portal.services.demo.people import Resident
from portal.services.demo.tokens import token
from portal.store.answering import Answer, IndicatorScore, Invitation, Measurement, Response

REF_BYTES = 9


@dataclass(frozen=True)
class Published:
    """A form with the ids of its rows."""

    questionnaire_id: int
    version_id: int
    form: Questionnaire


@dataclass(frozen=True)
class Asked:
    """One asking and its invitation's row."""

    resident: Resident
    ask: Ask
    invitation: Invitation


@dataclass(frozen=True)
class _Filled:
    row: Response
    sheet: Sheet
    form: Questionnaire


def add_invitations(
    session: Session, residents: Sequence[Resident], published: Mapping[str, Published]
) -> list[Asked]:
    """In the order of time, for the newest invitation is the one with the highest id."""
    every = sorted(
        ((each, ask) for each in residents for ask in each.course.asks), key=lambda pair: pair[1].asked_at
    )
    asked = [Asked(each, ask, _invitation(each, ask, published[ask.form])) for each, ask in every]
    session.add_all(each.invitation for each in asked)
    session.flush()
    return asked


def add_responses(
    session: Session, everyone: Session, asked: Sequence[Asked], published: Mapping[str, Published]
) -> None:
    """``everyone`` takes rows in bulk, which a municipality's own session refuses."""
    rng = chance("response names")
    filled = [
        _filled(each, sheet, respondent, published, token(rng, REF_BYTES))
        for each in asked
        for respondent, sheet in (
            (Respondent.CITIZEN, each.ask.sheet),
            (Respondent.CASEWORKER, each.ask.caseworkers),
        )
        if sheet is not None
    ]
    session.add_all(each.row for each in filled)
    session.flush()
    everyone.execute(insert(Answer), [row for each in filled for row in _answers(each)])
    scores = [row for each in filled if each.sheet.finished_at for row in _scores(each)]
    everyone.execute(insert(IndicatorScore), scores)


def _invitation(resident: Resident, ask: Ask, published: Published) -> Invitation:
    citizen = resident.row
    return Invitation(
        citizen=citizen,
        questionnaire_id=published.questionnaire_id,
        measurement=Measurement(
            citizen=citizen, questionnaire_id=published.questionnaire_id, opened_at=ask.asked_at
        ),
        sent_by=citizen.caseworker_id,
        created_at=ask.asked_at,
        opened_at=ask.opened_at,
        started_at=ask.sheet.started_at if ask.sheet else None,
        finished_at=ask.sheet.finished_at if ask.sheet else None,
    )


def _filled(
    asked: Asked, sheet: Sheet, respondent: Respondent, published: Mapping[str, Published], ref: str
) -> _Filled:
    of_citizen = respondent is Respondent.CITIZEN
    form = published[asked.ask.form if of_citizen else CASEWORKERS_FORM]
    citizen = asked.resident.row
    row = Response(
        ref=ref,
        measurement_id=asked.invitation.measurement_id,
        invitation_id=asked.invitation.id if of_citizen else None,
        citizen_id=citizen.id,
        version_id=form.version_id,
        respondent=respondent.value,
        staff_id=None if of_citizen else citizen.caseworker_id,
        help=Help.WITH_HELP if sheet.with_help else Help.ALONE,
        language=sheet.language,
        started_at=sheet.started_at,
        finished_at=sheet.finished_at,
    )
    return _Filled(row, sheet, form.form)


def _answers(filled: _Filled) -> Iterator[dict[str, Any]]:
    row, sheet = filled.row, filled.sheet
    for name, answer in sheet.answers.items():
        stored = answer_forms.stored(filled.form, name, answer, sheet.language)
        yield stored._asdict() | {
            "municipality_id": row.municipality_id,
            "response_id": row.id,
            "answered_at": sheet.finished_at or sheet.started_at,
        }


def _scores(filled: _Filled) -> Iterator[dict[str, Any]]:
    row, sheet = filled.row, filled.sheet
    for scored in score(filled.form, sheet.answers, dict.fromkeys(sheet.answers, sheet.language)):
        yield scored._asdict() | {
            "municipality_id": row.municipality_id,
            "response_id": row.id,
            "citizen_id": row.citizen_id,
        }
