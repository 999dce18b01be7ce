"""An SMS to a citizen before it is sent: what it will be on her phone, what it costs, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from messaging.content_guard import SENSITIVE_WORDS, Concern, Finding, Words, findings
from messaging.replacements import simplified
from messaging.segments import Measure, measure
from portal.store import sms_settings

Frame = Callable[[str], str]

MOST_PARTS = 6
"""About 900 characters; what is longer belongs in the portal."""


@dataclass(frozen=True)
class HouseRules:
    """What the municipality has set. ``part_price``: øre for one part; None where nobody has said."""

    part_price: int | None = None
    words: Words = SENSITIVE_WORDS


@dataclass(frozen=True)
class SmsDraft:
    """``text`` is the whole SMS, ``body`` what was written. ``simpler`` is the body with every offered replacement
    made, and ``simpler_parts`` how many parts it takes then; None where that changes nothing. ``price`` is in øre."""

    body: str
    text: str
    size: Measure
    findings: tuple[Finding, ...]
    price: int | None = None
    simpler: str | None = None
    simpler_parts: int | None = None

    @property
    def is_too_long(self) -> bool:
        return self.size.parts > MOST_PARTS

    @property
    def is_forbidden(self) -> bool:
        return any(finding.concern is not Concern.SENSITIVE_WORD for finding in self.findings)

    @property
    def needs_a_second_look(self) -> bool:
        return bool(self.findings)

    @property
    def could_be_better(self) -> bool:
        return bool(self.findings or self.size.forcing) or self.size.parts > 1


def house_rules(session: Session) -> HouseRules:
    """One query."""
    row = sms_settings.of_municipality(session)
    if row is None:
        return HouseRules()
    return HouseRules(
        row.part_price, SENSITIVE_WORDS if row.sensitive_words is None else tuple(row.sensitive_words)
    )


def draft(
    body: str,
    kendeord: str | None,
    rules: HouseRules = HouseRules(),
    *,
    takes_replies: bool = True,
    frame: Frame = str,
) -> SmsDraft:
    """``takes_replies``: it goes out from the number, else under the name. ``frame``: puts what is ours around the
    body, such as a greeting."""
    text = conversation_sms(frame(body), kendeord)
    size = measure(text)
    cheaper = simplified(body)
    is_cheaper = cheaper != body and any(each.replacement is not None for each in size.forcing)
    return SmsDraft(
        body=body,
        text=text,
        size=size,
        findings=findings(text, takes_replies=takes_replies, words=rules.words),
        price=None if rules.part_price is None else rules.part_price * size.parts,
        simpler=cheaper if is_cheaper else None,
        simpler_parts=measure(conversation_sms(frame(cheaper), kendeord)).parts if is_cheaper else None,
    )


def drafts(
    bodies: Mapping[str, str],
    rules: HouseRules,
    *,
    kendeord: str | None = None,
    takes_replies: bool = True,
    frames: Mapping[str, Frame] | None = None,
) -> dict[str, SmsDraft]:
    """One for each language that something is written in; ``frames`` by language, where there are any."""
    around = frames or {}
    return {
        language: draft(body, kendeord, rules, takes_replies=takes_replies, frame=around.get(language, str))
        for language, body in bodies.items()
        if body
    }


def conversation_sms(body: str, kendeord: str | None) -> str:
    """What somebody wrote, with the citizen's own word below it: so she knows that it is ours."""
    return f"{body}\n{kendeord}" if kendeord else body
