"""What a respondent answers of a version, found without asking the database: a version never changes."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool
from sqlalchemy.orm import Session

from portal.domain.questionnaires import Questionnaire, Respondent, for_respondent
from portal.store import questionnaires
from portal.store.questionnaires import QuestionnaireVersion

SECONDS_A_QUESTION = 15
_Forms = dict[tuple[int, Respondent], Questionnaire]
_held: WeakKeyDictionary[Pool, _Forms] = WeakKeyDictionary()
"""By the database's pool: version 1 of one database is not version 1 of another."""
Translate = Callable[[Questionnaire], Questionnaire]
_more: WeakKeyDictionary[Pool, Translate] = WeakKeyDictionary()


def questionnaire_of(session: Session, version_id: int, respondent: Respondent) -> Questionnaire:
    """What this respondent answers of the version."""
    bind = session.get_bind()
    assert isinstance(bind, Engine)  # noqa: S101 — sessions are opened by Database alone
    forms = _held.setdefault(bind.pool, {})
    form = forms.get((version_id, respondent))
    if form is None:
        whole = questionnaires.definition(session.get_one(QuestionnaireVersion, version_id))
        more = _more.get(bind.pool, _as_it_is)
        form = forms[version_id, respondent] = more(for_respondent(whole, respondent))
    return form


def speak_more(engine: Engine, more: Translate) -> None:
    """Every form of this database is shown as ``more`` makes it: with languages that it is not stored in."""
    _more[engine.pool] = more


def _as_it_is(form: Questionnaire) -> Questionnaire:
    return form


def forget(engine: Engine) -> tuple[Questionnaire, ...]:
    """What was held of a database that shows other versions from now on; returns it, for others to forget."""
    return tuple(_held.pop(engine.pool, {}).values())


def minutes(questionnaire: Questionnaire) -> int:
    """About how long it takes: 15 seconds a question, in whole minutes, at least one [ours]."""
    asked = sum(question.takes_answer for question in questionnaire.questions.values())
    return max(1, ceil(asked * SECONDS_A_QUESTION / 60))


def language_of(questionnaire: Questionnaire, wished: str) -> str:
    """The language the whole form is shown in: two languages are never mixed on one page."""
    return wished if wished in questionnaire.languages else questionnaire.default_language
