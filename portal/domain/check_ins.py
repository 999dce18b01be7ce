"""Check-ins by SMS: the questions that ship, what becomes of an asking, and which answers call for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.domain.replies import NO, ReplyKind

MOST_QUESTIONS = 3
"""More than three questions belong behind a link."""
CLOSES_AFTER = timedelta(days=7)
"""Counted anew from each question of a series. Nobody is reminded: a question without an answer closes."""
LOW = ("1", "2")


class AskState(StrEnum):
    """PLANNED until its SMS goes out, then OPEN until she has answered every question or it closes."""

    PLANNED = "planned"
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Closed(StrEnum):
    """Why it closed without all its answers; beside these, why its SMS was withheld."""

    UNANSWERED = "unanswered"
    REPLACED = "replaced"
    OPTED_OUT = "opted_out"


@dataclass(frozen=True)
class Template:
    """A question that ships; its words are ``checkins.question.<name>`` in every launch language."""

    name: str
    kind: ReplyKind
    indicator: str | None = None


TEMPLATES = {
    each.name: each
    for each in (
        Template("journey", ReplyKind.YES_NO),
        Template("started", ReplyKind.YES_NO),
        Template("time_fits", ReplyKind.YES_NO),
        Template("today", ReplyKind.FREE),
        Template("next_talk", ReplyKind.FREE),
        Template("everyday", ReplyKind.NUMBER, "everyday_coping"),
        Template("next_step", ReplyKind.NUMBER, "purpose"),
        Template("support", ReplyKind.NUMBER, "network"),
    )
}
"""None asks about health, benefits or money: what is answered by SMS is read by more than us."""


def calls_for_a_person(kind: ReplyKind, value: str | None) -> bool:
    """Whether the caseworker should see it before the others: a no, or a number at the low end."""
    return value == NO if kind is ReplyKind.YES_NO else kind is ReplyKind.NUMBER and value in LOW
