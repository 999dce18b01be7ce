"""A whole form on one page, as staff fill it in: what is valid is kept, and only what is whole is sent in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.ageing import local_day
from portal.domain.answering import AnswerError, Raw, Reason, check_form
from portal.services import answering
from portal.services.forms import OpenForm
from portal.store.status import ZONE


@dataclass(frozen=True)
class Filled:
    """What was posted: question -> values; ``finish`` sends it in, otherwise it stays a draft."""

    raw: Raw
    finish: bool


@dataclass(frozen=True)
class Kept:
    form: OpenForm
    errors: Mapping[str, AnswerError]
    is_finished: bool


def keep(session: Session, form: OpenForm, filled: Filled, now: datetime) -> Kept:
    """Keep every answer that is valid, also when another is not; finish only what is whole.

    A draft is missing nothing: only an answer that is wrong is an error in it.
    """
    checked = check_form(form.questionnaire, filled.raw, form.answers, local_day(now, ZONE))
    given = {name: answer for name, answer in checked.given.items() if answer.value or answer.missing}
    form = answering.keep(session, form, given, now)
    errors = {
        name: error
        for name, error in checked.errors.items()
        if filled.finish or error.reason is not Reason.REQUIRED
    }
    is_whole = filled.finish and not errors
    return Kept(answering.finish(session, form, now) if is_whole else form, errors, is_whole)
