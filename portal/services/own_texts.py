"""What a citizen wrote herself, in free words, in the forms that she has sent in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.questionnaires import Respondent, wording
from portal.services import definitions
from portal.store import responses
from portal.store.responses import OwnText

READ, SHOWN = 60, 6


@dataclass(frozen=True)
class Said:
    """``locale`` is the language of the question, as it was asked."""

    question: str
    locale: str
    words: str
    at: datetime


def own_texts(session: Session, citizen_id: int) -> tuple[Said, ...]:
    """The newest few; all of them stand with their forms."""
    rows = responses.own_texts(session, citizen_id, READ)
    written = [(row, row.text, row.finished_at) for row in rows if row.text and row.finished_at]
    return tuple(_said(session, *each) for each in written[:SHOWN])


def _said(session: Session, row: OwnText, text: str, finished_at: datetime) -> Said:
    form = definitions.questionnaire_of(session, row.version_id, Respondent.CITIZEN)
    asked = wording(form.questions[row.question].labels, row.language, form.default_language)
    return Said(asked.text, asked.locale, text, finished_at)
