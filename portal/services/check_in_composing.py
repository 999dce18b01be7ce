"""Composing a check-in: questions that ship, or the caseworker's own words, looked at before they can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from messaging.content_guard import SENSITIVE_WORDS, Concern, Finding, Words, findings
from portal.domain.check_ins import MOST_QUESTIONS, TEMPLATES
from portal.domain.replies import ReplyKind
from portal.services.sms.draft import house_rules
from portal.store import check_in_asks
from portal.store.check_ins import CheckIn, CheckInQuestion

LONGEST = 200
"""Characters of her own words: with greeting and name they stay within two parts."""


class NotComposedReason(StrEnum):
    EMPTY = "required"
    TOO_LONG = "too_long"
    NOT_BY_SMS = "not_by_sms"
    """A link, or digits like a CPR number: never by SMS."""
    LOOK_AGAIN = "look_again"
    """Words that may be too private for an SMS: taken when they are confirmed."""


@dataclass(frozen=True)
class NewQuestion:
    """A shipped question by its name, or own words with what they ask for. Only numbers have an indicator."""

    kind: ReplyKind
    template: str | None = None
    text: str = ""
    indicator: str | None = None


@dataclass(frozen=True)
class Composed:
    check_in_id: int


@dataclass(frozen=True)
class NotComposed:
    """``place``: which of the questions it is about, from 0."""

    reason: NotComposedReason
    place: int = 0
    findings: tuple[Finding, ...] = ()


def shipped(name: str) -> NewQuestion:
    """Raises KeyError for a name that does not ship."""
    template = TEMPLATES[name]
    return NewQuestion(template.kind, template.name, indicator=template.indicator)


def compose(
    session: Session,
    questions: Sequence[NewQuestion],
    staff_id: int,
    now: datetime,
    *,
    confirmed: bool = False,
) -> Composed | NotComposed:
    """The check-in with these questions. Who composes the same again gets the one there is, and its answers
    stand together. Raises ValueError for more than three questions."""
    if len(questions) > MOST_QUESTIONS:
        raise ValueError(f"more than {MOST_QUESTIONS} questions")
    refusal = why_not_composed(session, questions, confirmed=confirmed)
    if refusal is not None:
        return refusal
    rows = [_row(place, question) for place, question in enumerate(questions)]
    known = next((each for each in check_in_asks.made_by(session, staff_id) if _same(each, rows)), None)
    if known is not None:
        return Composed(known.id)
    check_in = CheckIn(made_by=staff_id, created_at=now, questions=rows)
    session.add(check_in)
    session.flush()
    return Composed(check_in.id)


def why_not_composed(
    session: Session, questions: Sequence[NewQuestion], *, confirmed: bool
) -> NotComposed | None:
    """What `compose` would refuse, by the municipality's own list of private words."""
    return look_at(questions, confirmed=confirmed, words=house_rules(session).words)


def look_at(
    questions: Sequence[NewQuestion], *, confirmed: bool, words: Words = SENSITIVE_WORDS
) -> NotComposed | None:
    """What stands in the way of these questions as SMS; None when nothing does. ``words``: the municipality's list of
    those that are too private for one."""
    if not questions:
        return NotComposed(NotComposedReason.EMPTY)
    looked_at = (_refusal(place, each, words, confirmed=confirmed) for place, each in enumerate(questions))
    return next((refusal for refusal in looked_at if refusal is not None), None)


def _refusal(place: int, question: NewQuestion, words: Words, *, confirmed: bool) -> NotComposed | None:
    if question.template is not None:
        return None
    text = question.text.strip()
    if not text:
        return NotComposed(NotComposedReason.EMPTY, place)
    if len(text) > LONGEST:
        return NotComposed(NotComposedReason.TOO_LONG, place)
    found = findings(text, takes_replies=True, words=words)
    if any(finding.concern is not Concern.SENSITIVE_WORD for finding in found):
        return NotComposed(NotComposedReason.NOT_BY_SMS, place, found)
    if found and not confirmed:
        return NotComposed(NotComposedReason.LOOK_AGAIN, place, found)
    return None


def _row(place: int, question: NewQuestion) -> CheckInQuestion:
    words = None if question.template else question.text.strip()
    indicator = question.indicator if question.kind is ReplyKind.NUMBER else None
    return CheckInQuestion(
        position=place, kind=question.kind, template=question.template, text=words, indicator=indicator
    )


def _same(check_in: CheckIn, rows: Sequence[CheckInQuestion]) -> bool:
    asked, wanted = (
        [(each.kind, each.template, each.text, each.indicator) for each in questions]
        for questions in (check_in.questions, rows)
    )
    return asked == wanted
