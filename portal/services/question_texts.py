"""One question of a form in one language, as it is read aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.domain.questionnaires import Question, Questionnaire
from portal.services import publishing


@dataclass(frozen=True)
class QuestionText:
    form: Questionnaire
    question: Question
    locale: str

    @property
    def key(self) -> str:
        """Of the text that asks it."""
        return f"form.{self.form.key}.{self.question.name}.label"


def find(session: Session, key: str, name: str, locale: str) -> QuestionText | None:
    """None for a form, a question or a language that the newest version does not have."""
    form = publishing.newest_form(session, key)
    return _in(form, name, locale) if form else None


def of_label(forms: Iterable[Questionnaire], key: str, locale: str) -> QuestionText | None:
    """The question of one of these forms whose text has this key; None for the key of anything else."""
    prefix, _, rest = key.partition(".")
    parts = rest.split(".")
    if prefix != "form" or len(parts) != 3 or parts[2] != "label":
        return None
    form = next((form for form in forms if form.key == parts[0]), None)
    return _in(form, parts[1], locale) if form else None


def _in(form: Questionnaire, name: str, locale: str) -> QuestionText | None:
    if name not in form.questions or locale not in form.languages:
        return None
    return QuestionText(form, form.questions[name], locale)
