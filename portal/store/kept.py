"""Several messages are rendered in one transaction: what one of them has asked, the others need not ask again.

A session keeps answers only once it has been told to, and only for the short transaction it was told in. What is the
same for a whole municipality, and decides nothing about any one citizen, may come from the transaction before, if that
was less than a second ago: each SMS would ask for it again, and get the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from database.tenancy import Tenant, TenantSession

Answer = TypeVar("Answer")
_KEPT, _HOUSE = "kept answers", "what is known of the house"
HOLDS_SECONDS = 1.0


class House:
    """What was answered lately about municipalities, with when; handed from one transaction to the next."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[float, Any]] = {}

    def tell(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        now = time.monotonic()
        if question not in self._known or now - self._known[question][0] > HOLDS_SECONDS:
            self._known[question] = (now, ask())
        answer: Answer = self._known[question][1]
        return answer


def start(session: TenantSession, house: House | None = None) -> None:
    session.info[_KEPT] = {}
    session.info[_HOUSE] = (house or House(), session.tenant)


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


def of_the_house(session: Session, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """As ``kept``, for what is the municipality's."""
    known: tuple[House, Tenant] | None = session.info.get(_HOUSE)
    return ask() if known is None else known[0].tell((known[1], question), ask)
