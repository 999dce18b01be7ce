"""A question reworded in the browser: a new version of its questionnaire, checked like every text for citizens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n import plain_language
from i18n.locales import DEFAULT
from i18n.plain_language import Finding, Severity
from portal.domain.form_changes import FormChanges, compare
from portal.domain.questionnaires import Question, Questionnaire, Respondent
from portal.domain.rewording import Lack, Rewording, lacks, reword
from portal.services import publishing
from portal.services.publishing import Published
from portal.store.questionnaires import Origin

LONGEST_WORDING = 1_000


@dataclass(frozen=True)
class Judged:
    """Any lack, an ERROR among the findings, or a wording that is too long refuses it."""

    lacks: tuple[Lack, ...]
    findings: tuple[Finding, ...]
    too_long: bool
    form: Questionnaire | None
    changes: FormChanges | None

    @property
    def refused(self) -> bool:
        return self.form is None


@dataclass(frozen=True)
class QuestionText:
    """One question of a form in one language."""

    form: Questionnaire
    question: Question
    locale: str


def find(session: Session, key: str, name: str, locale: str) -> QuestionText | None:
    """None for a form, a question or a language that the newest version does not have."""
    form = publishing.newest_form(session, key)
    if form is None or name not in form.questions or locale not in form.languages:
        return None
    return QuestionText(form, form.questions[name], locale)


def judge(text: QuestionText, wording: Rewording) -> Judged:
    missing = lacks(text.form, text.question, text.locale, wording)
    findings = _findings(text, wording)
    too_long = any(len(each) > LONGEST_WORDING for each in _all(wording))
    if missing or too_long or any(each.severity is Severity.ERROR for each in findings):
        return Judged(missing, findings, too_long, None, None)
    form = reword(text.form, text.question.name, text.locale, wording)
    return Judged(missing, findings, too_long, form, compare(text.form, form))


def _findings(text: QuestionText, wording: Rewording) -> tuple[Finding, ...]:
    if text.locale != DEFAULT or text.question.respondent is not Respondent.CITIZEN:
        return ()
    return tuple(finding for each in _all(wording) for finding in plain_language.check(each))


def _all(wording: Rewording) -> tuple[str, ...]:
    return (wording.label, wording.hint, *wording.choices.values())


def save(
    session: Session, text: QuestionText, wording: Rewording, staff_id: int, now: datetime
) -> Published | None:
    """Publishes the form with the new wording; None when it is refused. Started responses keep theirs."""
    judged = judge(text, wording)
    if judged.form is None:
        return None
    return publishing.publish(session, judged.form, now, staff_id, origin=Origin.EDITED)
