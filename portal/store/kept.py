"""Several messages are rendered in one transaction: what one of them has asked, the others need not ask again.

A session keeps answers only once it has been told to, and only for the short transaction it was told in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Answer = TypeVar("Answer")
_KEPT = "kept answers"


def start(session: Session) -> None:
    session.info[_KEPT] = {}


def keep(session: Session, question: Hashable, answer: object) -> None:
    """Known from now on. In a session that was not told to keep answers, nothing."""
    if _KEPT in session.info:
        session.info[_KEPT][question] = answer


def kept(session: Session, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer there is, else what ``ask`` gives."""
    answers: dict[Hashable, Any] | None = session.info.get(_KEPT)
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: Answer = answers[question]
    return answer
