"""The answers of one response, each with the wording that was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.blinding import Sight, sight
from portal.domain.questionnaires import (
    SELECTS,
    Answer,
    Missing,
    Question,
    Questionnaire,
    Respondent,
    Texts,
    Wording,
    wording,
)
from portal.services import forms
from portal.store import measurements, responses
from portal.store.answering import Response
from portal.store.citizen_card import response_by_ref
from portal.store.responses import HowGiven


@dataclass(frozen=True)
class AnsweredQuestion:
    """``asked`` and ``values`` in the language they were answered in; ``…_here`` the same for the reader, None
    where that is the same language. ``missing`` is set instead of values; no values and none: left blank."""

    name: str
    asked: Wording
    asked_here: str | None
    values: tuple[Wording, ...]
    values_here: tuple[str, ...] | None
    missing: Missing | None


@dataclass(frozen=True)
class ResponseView:
    titles: Texts
    version: int
    respondent: Respondent
    language: str
    given: HowGiven | None
    """How the citizen's half came about; None for the caseworker's own."""
    finished_at: datetime
    answers: tuple[AnsweredQuestion, ...]


def response_view(session: Session, citizen_id: int, ref: str, locale: str) -> ResponseView | Sight:
    """What staff may read of it in ``locale``; why not, where they may not. NOT_FINISHED: there is none."""
    response = response_by_ref(session, citizen_id, ref)
    if response is None or response.finished_at is None:
        return Sight.NOT_FINISHED
    if response.respondent == Respondent.CITIZEN and not _may_see(session, response):
        return Sight.BLIND
    facts = responses.facts_of_measurement(session, response.measurement_id, response.respondent)
    if facts is None:
        return Sight.NOT_FINISHED
    form = forms.with_answers(session, facts)
    return ResponseView(
        titles=form.questionnaire.titles,
        version=response.version.number,
        respondent=Respondent(response.respondent),
        language=response.language,
        given=_given(session, response),
        finished_at=response.finished_at,
        answers=tuple(
            _answered(form.questionnaire, question, form.answers[name], (form.answered_in[name], locale))
            for name, question in form.questionnaire.questions.items()
            if name in form.answers
        ),
    )


def _given(session: Session, response: Response) -> HowGiven | None:
    hers = response.respondent == Respondent.CITIZEN
    return responses.how_given(session, response.measurement_id) if hers else None


def _may_see(session: Session, response: Response) -> bool:
    rows = measurements.of_citizen(session, response.citizen_id)
    own = next(row for row in rows if row.id == response.measurement_id)
    same_form = (row.halves for row in rows if row.questionnaire_id == own.questionnaire_id)
    return sight(own.halves, same_form) is Sight.VISIBLE


def _answered(
    form: Questionnaire, question: Question, answer: Answer, languages: tuple[str, str]
) -> AnsweredQuestion:
    """``languages``: the one it was answered in, and the reader's."""
    asked, here = (wording(question.labels, each, form.default_language) for each in languages)
    same = asked.locale == here.locale
    return AnsweredQuestion(
        name=question.name,
        asked=asked,
        asked_here=None if same else here.text,
        values=_values(form, question, answer, languages[0]),
        values_here=None if same else tuple(v.text for v in _values(form, question, answer, languages[1])),
        missing=answer.missing,
    )


def _values(form: Questionnaire, question: Question, answer: Answer, language: str) -> tuple[Wording, ...]:
    if not answer.value:
        return ()
    if question.type not in SELECTS:
        return (Wording(answer.value, language),)
    labels: Mapping[str, Texts] = {choice.name: choice.labels for choice in question.choices}
    names = answer.value.split(" ")
    return tuple(wording(labels[name], language, form.default_language) for name in names if name in labels)
