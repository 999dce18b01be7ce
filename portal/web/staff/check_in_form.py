"""The form of a check-in, read: up to three questions, and when they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from i18n.formatting import COPENHAGEN
from portal.domain.check_ins import MOST_QUESTIONS, TEMPLATES
from portal.domain.replies import ReplyKind
from portal.services.check_in_composing import NewQuestion, shipped
from portal.store.check_ins import CheckInQuestion

OWN = "own_"
"""What a choice of own words begins with; the kind follows."""
LONGEST_READ = 2_000
INDICATORS = ("everyday_coping", "purpose", "network", "job_knowledge", "cooperation", "belief_in_work")
"""Those that a practical question can be about; health, money and wages are not asked about by SMS."""


@dataclass(frozen=True)
class Line:
    """One question as it was typed; ``pick`` is a shipped question, own words of a kind, or nothing."""

    pick: str = ""
    words: str = ""
    indicator: str = ""

    @property
    def question(self) -> NewQuestion | None:
        if self.pick in TEMPLATES:
            return shipped(self.pick)
        kind = self.pick.removeprefix(OWN)
        if kind == self.pick or kind not in {each.value for each in ReplyKind}:
            return None
        return NewQuestion(ReplyKind(kind), text=self.words, indicator=self.indicator or None)


@dataclass(frozen=True)
class CheckInForm:
    lines: tuple[Line, ...] = (Line(),) * MOST_QUESTIONS
    later: bool = False
    day: str = ""
    clock: str = ""
    confirmed: bool = False

    @property
    def questions(self) -> list[NewQuestion]:
        return [line.question for line in self.lines if line.question is not None]

    @property
    def due_at(self) -> datetime | None:
        """None: at once. Raises ValueError for what is no time."""
        if not self.later:
            return None
        local = datetime.combine(date.fromisoformat(self.day), time.fromisoformat(self.clock), COPENHAGEN)
        return local.astimezone(UTC)

    def wrong_time(self, now: datetime) -> str | None:
        """What is wrong with the time, a word for the catalogs."""
        try:
            due_at = self.due_at
        except (ValueError, OverflowError):
            return "no_time"
        return "past" if due_at is not None and due_at <= now else None

    def place_of(self, question: int) -> int:
        """The line that the question stands on."""
        used = [place for place, line in enumerate(self.lines) if line.question is not None]
        return used[question] if question < len(used) else 0


def read(form: Mapping[str, str]) -> CheckInForm:
    return CheckInForm(
        tuple(_line(form, number) for number in range(1, MOST_QUESTIONS + 1)),
        later=form.get("hvornaar") == "senere",
        day=form.get("dag", "")[:10],
        clock=form.get("kl", "")[:5],
        confirmed="bekraeftet" in form,
    )


def as_typed(questions: Sequence[CheckInQuestion]) -> CheckInForm:
    """The form that these were read from."""
    used = [
        Line(each.template or f"{OWN}{each.kind}", each.text or "", each.indicator or "")
        for each in questions
    ]
    return CheckInForm((*used, *(Line(),) * MOST_QUESTIONS)[:MOST_QUESTIONS])


def own_kind(form: Mapping[str, str], field: str) -> tuple[ReplyKind | None, int]:
    """What the own words in a ``tekst`` field of this form ask for, and their place from 0; None for another field."""
    number = field.removeprefix("tekst")
    kind = form.get(f"spoergsmaal{number}", "").removeprefix(OWN)
    is_ours = number in {str(each) for each in range(1, MOST_QUESTIONS + 1)}
    return (ReplyKind(kind), int(number) - 1) if is_ours and kind in set(ReplyKind) else (None, 0)


def _line(form: Mapping[str, str], number: int) -> Line:
    indicator = form.get(f"indikator{number}", "")
    return Line(
        form.get(f"spoergsmaal{number}", ""),
        form.get(f"tekst{number}", "").replace("\r\n", "\n").replace("\0", "")[:LONGEST_READ].strip(),
        indicator if indicator in INDICATORS else "",
    )
