"""An answer that waited on a phone for the net: may it still be kept?

The page that she answered carried a mark: when the newest answer on it was kept, by our own clock. The phone sends
the mark back with what waited. If the page has other answers by now, she gave them later, whatever any phone's
clock says (docs/decisions/0031).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.domain.questionnaires import Page
from portal.services.forms import OpenForm
from portal.store import responses


def is_answered(form: OpenForm, page: Page) -> bool:
    """Whether anything on the page has an answer, and the page therefore a mark."""
    return any(question.name in form.answers for question in page.questions)


def mark_of(session: Session, form: OpenForm, page: Page) -> str:
    """What the page has when it is shown; empty while nothing on it is answered. Asks only where something is."""
    if not is_answered(form, page):
        return ""
    names = [question.name for question in page.questions]
    newest = responses.newest_answer_at(session, form.facts.id, names)
    return "" if newest is None else f"{round(newest.timestamp() * 1_000_000):x}"


def is_overtaken(session: Session, form: OpenForm, page: Page, mark: str) -> bool:
    """``mark``: of the page that she had before her when she answered."""
    return mark_of(session, form, page) != mark
