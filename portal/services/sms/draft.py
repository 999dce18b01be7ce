"""An SMS to a citizen before it is sent: what it will be on her phone, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass

from messaging.content_guard import Concern, Finding, findings
from messaging.segments import Measure, measure

MOST_PARTS = 6
"""About 900 characters; what is longer belongs in the portal."""


@dataclass(frozen=True)
class SmsDraft:
    """``text`` is the whole SMS; its own number takes replies, so it may carry no link."""

    text: str
    size: Measure
    findings: tuple[Finding, ...]

    @property
    def is_too_long(self) -> bool:
        return self.size.parts > MOST_PARTS

    @property
    def is_forbidden(self) -> bool:
        return any(finding.concern is not Concern.SENSITIVE_WORD for finding in self.findings)

    @property
    def needs_a_second_look(self) -> bool:
        return bool(self.findings)


def draft(body: str, kendeord: str | None) -> SmsDraft:
    text = conversation_sms(body, kendeord)
    return SmsDraft(text, measure(text), findings(text, takes_replies=True))


def conversation_sms(body: str, kendeord: str | None) -> str:
    """What somebody wrote, with the citizen's own word below it: so she knows that it is ours."""
    return f"{body}\n{kendeord}" if kendeord else body
