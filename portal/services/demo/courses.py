"""A citizen's year: when she was asked, how far each asking came, what she and her caseworker answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from portal.domain.ageing import Colour, local_day
from portal.domain.questionnaires import Answer, Questionnaire
from portal.services.demo.days import ZONE, Days
from portal.services.demo.fates import Fate
from portal.services.demo.filling import Person, fill
from portal.services.demo.levels import Levels, as_seen_by_caseworker, feeling, levels_over
from portal.services.demo.plans import AGES, Plan, Stand

CITIZENS_FORM, CASEWORKERS_FORM = "progression_citizen", "progression_caseworker"
SCREENINGS = ("screening_cash_30plus", "screening_sick_leave", "screening_under_30")
EVALUATIONS = ("evaluation_company", "evaluation_mentor")
AGENDA = "own_agenda"
QUARTER, YEAR = 91, 365
REMINDER_DAYS = (3, 8)
DAYS_TO_ANSWER = (0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 10)
BEGUN = {Stand.NOT_STARTED, Stand.NOT_FINISHED, Stand.FROZEN}
Forms = Mapping[str, Questionnaire]


@dataclass(frozen=True)
class Sheet:
    """One party's answers; ``finished_at`` None: she stopped half-way."""

    answers: Mapping[str, Answer]
    language: str
    started_at: datetime
    finished_at: datetime | None
    with_help: bool = False


@dataclass(frozen=True)
class Ask:
    """One questionnaire sent once; ``reminders``: when, and what became of each."""

    form: str
    asked_at: datetime
    fate: Fate = Fate.DELIVERED
    reminders: tuple[tuple[datetime, Fate], ...] = ()
    opened_at: datetime | None = None
    sheet: Sheet | None = None
    caseworkers: Sheet | None = None


@dataclass(frozen=True)
class Course:
    joined_at: datetime
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Maker:
    """Makes one citizen's course; ``language`` is what she reads."""

    forms: Forms
    days: Days
    rng: Random
    plan: Plan
    language: str
    at_supplier: bool = False

    def course(self) -> Course:
        answered_days = self._answered_days()
        levels = levels_over(max(len(answered_days), 1), self.plan.shape, self.rng)
        asks = [self._round(number, answered_days, levels) for number in range(len(answered_days))]
        asks += self._missed(answered_days, levels[0])
        current = self._current(levels)
        asks += [current] if current else []
        first = min((ask.asked_at for ask in asks), default=self.days.at_work(self.rng.randint(3, 15), 10))
        joined_at = first - timedelta(days=self.rng.randint(16, 24) if asks else 0)
        asks += self._other_forms(joined_at, levels[-1])
        return Course(joined_at, tuple(sorted(asks, key=lambda ask: ask.asked_at)))

    def _answered_days(self) -> list[int]:
        """Days ago of each answered measurement, the oldest first."""
        half_missing = self.plan.stand is Stand.HALF_MISSING
        newest = [self.rng.randint(5, 20)] if half_missing else []
        if self.plan.colour is Colour.GREY:
            return newest
        complete = self.rng.randint(*AGES[self.plan.colour])
        rounds = self.rng.choice((2, 3, 4, 4, 5))
        earlier = [complete + QUARTER * number + self.rng.randint(-4, 4) for number in range(1, rounds)]
        return [*sorted((day for day in earlier if day < YEAR), reverse=True), complete, *newest]

    def _missed(self, answered_days: list[int], levels: Levels) -> list[Ask]:
        """A time before the first answers when none came, reminders or not."""
        day = max(answered_days, default=YEAR) + QUARTER
        if day >= YEAR or self.rng.random() < 0.2:
            return []
        asked_at = self.days.at_work(day, 10, self.rng.randint(0, 50))
        reminded = tuple(
            (self.days.at_work(day - step, 14 + step % 3, 10), Fate.DELIVERED) for step in REMINDER_DAYS
        )
        ask = Ask(CITIZENS_FORM, asked_at, reminders=reminded)
        how_far = self.rng.random()
        if how_far < 0.6:
            return [ask]
        opened_at = asked_at + timedelta(minutes=self.rng.randint(5, 400))
        begun = replace(ask, opened_at=opened_at)
        return [begun if how_far < 0.8 else self._half_answered(begun, opened_at, levels)]

    def _round(self, number: int, answered_days: list[int], levels: list[Levels]) -> Ask:
        day, is_last = answered_days[number], number == len(answered_days) - 1
        delay = self.rng.choice(DAYS_TO_ANSWER)
        asked_at = self.days.at_work(day + delay, 9, self.rng.randint(0, 50))
        sheet = self._sheet(CITIZENS_FORM, day, levels[number], levels[max(number - 1, 0)], is_last=is_last)
        return Ask(
            form=CITIZENS_FORM,
            asked_at=asked_at,
            reminders=self._answered_reminders(day, delay),
            opened_at=sheet.started_at - timedelta(minutes=self.rng.randint(1, 40)),
            sheet=sheet,
            caseworkers=self._caseworkers(day, levels[number], self._left_to_go(number, answered_days)),
        )

    def _left_to_go(self, number: int, answered_days: list[int]) -> int:
        """How many measurements come after this one, among those that her caseworker should have answered."""
        left = len(answered_days) - 1 - number
        return left - 1 if self.plan.stand is Stand.HALF_MISSING else left

    def _answered_reminders(self, day: int, delay: int) -> tuple[tuple[datetime, Fate], ...]:
        steps = [step for step in REMINDER_DAYS if step <= delay]
        return tuple(
            (
                self.days.at_work(day + delay - step, 14 + step % 3, 10),
                Fate.DELIVERED if step < delay else Fate.ANSWERED,
            )
            for step in steps
        )

    def _sheet(self, form: str, day: int, levels: Levels, before: Levels, *, is_last: bool = False) -> Sheet:
        started_at = self.days.at(day, self.rng.randint(10, 13), self.rng.randint(0, 59))
        language = self._language(form, changes=is_last and self.rng.random() < 0.5)
        moved = feeling(before, levels)
        person = Person(
            levels, local_day(started_at, ZONE), moved, is_sure=self.plan.stand is Stand.NOT_ASKED
        )
        asked = len(self.forms[form].questions)
        return Sheet(
            answers=fill(self.forms[form], person, self.rng),
            language=language,
            started_at=started_at,
            finished_at=started_at + timedelta(seconds=asked * self.rng.randint(12, 30)),
            with_help=is_last and self.rng.random() < 0.15,
        )

    def _language(self, form: str, *, changes: bool) -> str:
        """What the form is shown in; who reads English may turn to Danish as hers grows."""
        language = self.language if self.language in self.forms[form].languages else "da"
        return "da" if changes else language

    def _caseworkers(self, day: int, levels: Levels, left_to_go: int) -> Sheet | None:
        """Her half: always there in the newest measurement that counts, now and then missing before."""
        if left_to_go < 0 or (left_to_go > 0 and self.rng.random() < 0.12):
            return None
        later = 0 if self.plan.stand is Stand.HALF_MISSING else self.rng.randint(0, 3)
        started_at = self.days.at_work(day - later, 15, self.rng.randint(0, 40))
        person = Person(as_seen_by_caseworker(levels, self.rng), local_day(started_at, ZONE))
        answers = fill(self.forms[CASEWORKERS_FORM], person, self.rng)
        return Sheet(answers, "da", started_at, started_at + timedelta(minutes=self.rng.randint(2, 6)))

    def _current(self, levels: list[Levels]) -> Ask | None:
        """What she was asked last and has not answered."""
        made = {
            Stand.PHONE_OFF: lambda: Ask(
                CITIZENS_FORM, self.days.at(self.rng.randint(1, 2), 11), Fate.PHONE_OFF
            ),
            Stand.NO_RECEIPT: lambda: Ask(CITIZENS_FORM, self._asked(6, 12), Fate.NO_RECEIPT),
            Stand.NUMBER_DEAD: lambda: Ask(CITIZENS_FORM, self._asked(3, 15), Fate.NOT_IN_USE),
            Stand.REFUSED: lambda: Ask(CITIZENS_FORM, self._asked(3, 15), Fate.REFUSED),
            Stand.NOT_OPENED: lambda: self._unanswered(self.rng.choice((1, 2, 5, 10, 20)), Fate.DELIVERED),
            Stand.NOT_STARTED: lambda: self._unanswered(self.rng.randint(3, 20), Fate.DELIVERED),
            Stand.NOT_FINISHED: lambda: self._unanswered(self.rng.randint(3, 20), Fate.DELIVERED),
            Stand.STOPPED: lambda: self._unanswered(self.rng.randint(12, 20), Fate.OPTED_OUT),
            Stand.FROZEN: lambda: self._unanswered(self.rng.randint(12, 20), Fate.FROZEN),
        }.get(self.plan.stand)
        ask = made() if made else None
        if ask is None or self.plan.stand not in BEGUN:
            return ask
        return self._begun(ask, levels[-1])

    def _asked(self, latest: int, earliest: int) -> datetime:
        return self.days.at_work(self.rng.randint(latest, earliest), 10, self.rng.randint(0, 50))

    def _unanswered(self, day: int, reminders: Fate) -> Ask:
        asked_at = self.days.at_work(day, 10, self.rng.randint(0, 50))
        past = [
            (self.days.at_work(day - step, 14 + step % 3, 10), reminders)
            for step in REMINDER_DAYS
            if step < day
        ]
        planned = [] if past else [(self.days.ahead(REMINDER_DAYS[0] - day + 1, 14), Fate.PLANNED)]
        return Ask(CITIZENS_FORM, asked_at, reminders=tuple(past + planned))

    def _begun(self, ask: Ask, levels: Levels) -> Ask:
        opened_at = ask.asked_at + timedelta(minutes=self.rng.randint(5, 400))
        begun = replace(ask, opened_at=opened_at)
        return (
            self._half_answered(begun, opened_at, levels) if self.plan.stand is Stand.NOT_FINISHED else begun
        )

    def _half_answered(self, ask: Ask, opened_at: datetime, levels: Levels) -> Ask:
        person = Person(levels, local_day(opened_at, ZONE), is_sure=True)
        answers = list(fill(self.forms[CITIZENS_FORM], person, self.rng).items())
        half = dict(answers[: self.rng.randint(2, 7)])
        language = self._language(CITIZENS_FORM, changes=False)
        return replace(ask, sheet=Sheet(half, language, opened_at, None))

    def _other_forms(self, joined_at: datetime, levels: Levels) -> list[Ask]:
        """The screening before the first meeting, an evaluation of the supplier, an agenda for the next talk."""
        joined = (self.days.at(1, 12) - joined_at).days
        asks = []
        if self.rng.random() < 0.3 and joined > 14:
            asks.append(self._answered(self.rng.choice(SCREENINGS), joined - 3, levels))
        if self.at_supplier and self.plan.stand is Stand.UP_TO_DATE and self.rng.random() < 0.8:
            asks.append(self._answered(self.rng.choice(EVALUATIONS), self.rng.randint(3, 60), levels))
        if self.plan.stand in (Stand.UP_TO_DATE, Stand.NOT_ASKED) and self.rng.random() < 0.25:
            asks.append(self._answered(AGENDA, self.rng.randint(3, 12), levels))
        return asks

    def _answered(self, form: str, day: int, levels: Levels) -> Ask:
        sheet = self._sheet(form, day, levels, levels)
        return Ask(
            form,
            self.days.at_work(day, 9, 20),
            opened_at=sheet.started_at - timedelta(minutes=3),
            sheet=sheet,
        )
