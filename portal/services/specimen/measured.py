"""The sample people's answers: forms sent in over a year, one half-way, one not begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from database.tenancy import TenantSession
from portal.content import specimen_words as words
from portal.domain.indicators import score
from portal.domain.questionnaires import Answer, Missing, Question, Questionnaire, QuestionType
from portal.domain.routing import Route
from portal.services.forms import stored
from portal.store import answering
from portal.store.answering import IndicatorScore, Invitation, Measurement, Response
from portal.store.people import Citizen

LANGUAGE = "da"
Level = Callable[[int], int | None]
"""Place of an indicator in its form -> 1..5 as she answers it; None: she would rather not say."""


@dataclass(frozen=True)
class Form:
    """A published form with the ids of its rows."""

    questionnaire_id: int
    version_id: int
    form: Questionnaire


class Measuring:
    """Names answer sets so that the same town comes out each time."""

    def __init__(self, session: TenantSession) -> None:
        self.session = session
        self._numbers = count(1)

    def invite(self, citizen: Citizen, form: Form, at: datetime) -> Invitation:
        measurement = Measurement(citizen=citizen, questionnaire_id=form.questionnaire_id, opened_at=at)
        invitation = Invitation(
            citizen=citizen,
            questionnaire_id=form.questionnaire_id,
            measurement=measurement,
            sent_by=citizen.caseworker_id,
            created_at=at,
        )
        self.session.add(invitation)
        self.session.flush()
        return invitation

    def begin(self, invitation: Invitation, form: Form, at: datetime) -> Response:
        invitation.opened_at = invitation.started_at = at
        response = Response(
            ref=f"proeve{next(self._numbers):04d}",
            measurement_id=invitation.measurement_id,
            invitation_id=invitation.id,
            citizen_id=invitation.citizen_id,
            version_id=form.version_id,
            respondent="citizen",
            language=LANGUAGE,
            started_at=at,
        )
        self.session.add(response)
        self.session.flush()
        return response

    def send_in(self, citizen: Citizen, form: Form, at: datetime, level: Level) -> Response:
        """A form answered whole, with its scores."""
        invitation = self.invite(citizen, form, at - timedelta(days=1))
        response = self.begin(invitation, form, at)
        answers = _answers(form.form, level)
        self._keep(response, form.form, answers, at)
        response.finished_at = invitation.finished_at = at + timedelta(minutes=4)
        for each in score(form.form, answers, dict.fromkeys(answers, LANGUAGE)):
            row = IndicatorScore(response_id=response.id, citizen_id=citizen.id, **each._asdict())
            self.session.add(row)
        return response

    def begin_half(self, invitation: Invitation, form: Form, at: datetime) -> Response:
        """As far as the second page."""
        response = self.begin(invitation, form, at)
        first = {question.name for question in form.form.pages[0].questions}
        answers = _answers(form.form, lambda _: 3)
        self._keep(response, form.form, {k: v for k, v in answers.items() if k in first}, at)
        return response

    def _keep(
        self, response: Response, form: Questionnaire, answers: dict[str, Answer], at: datetime
    ) -> None:
        for name, answer in answers.items():
            row = stored(form, name, answer, LANGUAGE)
            self.session.add(answering.Answer(response_id=response.id, answered_at=at, **row._asdict()))


def _answers(form: Questionnaire, level: Level) -> dict[str, Answer]:
    given = dict(_each(form, level))
    return dict(Route(form, given).answers)


def _each(form: Questionnaire, level: Level) -> Iterator[tuple[str, Answer]]:
    places: dict[str, int] = {}
    for question in form.questions.values():
        if question.takes_answer:
            place = places.setdefault(question.indicator or question.name, len(places))
            wanted = level(place)
            yield (
                question.name,
                Answer(missing=Missing.REFUSED) if wanted is None else answer_to(question, wanted),
            )


def answer_to(question: Question, level: int) -> Answer:
    """One that the question takes."""
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.SELECT_MULTIPLE:
            return Answer(_choice(question, level))
        case QuestionType.DATE:
            return Answer("2026-05-04")
        case QuestionType.TEXT:
            return Answer(words.FREE_TEXT)
        case _:
            return Answer(f"{question.start or level:g}")


def _choice(question: Question, level: int) -> str:
    scored = [each for each in question.choices if each.score is not None]
    wanted = level if question.direction > 0 else 6 - level
    if question.indicator == "change":
        wanted = level - 3
    nearest: Sequence[str] = [
        each.name for each in sorted(scored, key=lambda one: abs((one.score or 0) - wanted))
    ]
    return nearest[0] if nearest else question.choices[0].name
