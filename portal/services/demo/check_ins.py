"""Check-ins of the demo: asked by SMS, answered as people write, in the languages they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.content.demo_people import REPLY_NUMBER
from portal.content.demo_replies import NUMBERS, WORDS
from portal.domain.check_ins import CLOSES_AFTER, TEMPLATES, AskState, Closed
from portal.domain.replies import Meaning, Understood, understand
from portal.services.demo.days import Days
from portal.services.demo.messages import Sms
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.threads import SILENT, Threads
from portal.services.sms.check_ins import asked, noted_as, wording
from portal.services.sms.draft import conversation_sms
from portal.store.check_ins import CheckIn, CheckInAnswer, CheckInAsk, CheckInQuestion
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

ASKED_EACH = 6
ANSWERS_AFTER = timedelta(minutes=23)
NOT_ASKED = SILENT | {Stand.STOPPED, Stand.EXEMPT, Stand.DROPPED_OUT}
ROUNDS: Sequence[tuple[str, Mapping[str, Sequence[str]], int]] = (
    ("next_step", NUMBERS, 16),
    ("journey", WORDS, 7),
)
"""What was asked, how people answer it, and how many days ago: a week or more, so that the weekly cap lets whoever
tries the demo send to them."""


@dataclass
class Asking:
    """One citizen who was asked; the rows name each other once they are stored. The last of a round is silent."""

    row: CheckInAsk
    sms: Sms
    reply: ThreadEntry | None
    meaning: Meaning | None


@dataclass
class CheckIns:
    session: Session
    threads: Threads
    days: Days

    def collect(self, residents: Sequence[Resident]) -> list[Asking]:
        found: list[Asking] = []
        for caseworker_id in sorted({each.row.caseworker_id for each in residents}):
            hers = [each for each in residents if each.row.caseworker_id == caseworker_id]
            some = [each.row for each in hers if each.plan.stand not in NOT_ASKED][:ASKED_EACH]
            for name, replies, days_ago in ROUNDS:
                found += self._round(self._made(name, caseworker_id, days_ago), some, replies, days_ago)
        return found

    def connect(self, askings: Sequence[Asking]) -> None:
        """Once the thread's entries and the SMS are stored."""
        for each in askings:
            each.row.message_id = each.sms.row.id if each.sms.row else None
            if each.reply is not None and isinstance(each.meaning, Understood):
                self.session.add(_answer(each.row, each.reply, each.meaning))

    def _made(self, name: str, caseworker_id: int, days_ago: int) -> CheckIn:
        shipped = TEMPLATES[name]
        question = CheckInQuestion(position=0, kind=shipped.kind, template=name, indicator=shipped.indicator)
        made_at = self.days.at_work(days_ago, 9)
        row = CheckIn(made_by=caseworker_id, created_at=made_at, questions=[question])
        self.session.add(row)
        self.session.flush()
        return row

    def _round(
        self, check_in: CheckIn, some: Sequence[Citizen], replies: Mapping[str, Sequence[str]], days_ago: int
    ) -> Iterator[Asking]:
        for place, citizen in enumerate(some):
            at = self.days.at_work(days_ago, 11, 5 * place)
            words = replies.get(citizen.language, replies["da"])
            is_silent = place == len(some) - 1
            yield self._asking(check_in, citizen, at, None if is_silent else words[place % len(words)])

    def _asking(self, check_in: CheckIn, citizen: Citizen, at: datetime, said: str | None) -> Asking:
        question = check_in.questions[0]
        meaning = None if said is None else understand(said, question.kind, citizen.language)
        row = self._row(check_in, citizen, at, meaning)
        self.session.add(row)
        self.session.flush()
        texts = self.threads.wordings.catalogs.texts(citizen.language)
        sms = _sms(
            row, citizen, "check_in", asked(texts, citizen.first_name, citizen.caseworker.name, question), at
        )
        entry = _entry(citizen, EventKind.CHECK_IN, "staff", wording(texts, question), at)
        self.threads.keep(citizen, entry, sms)
        reply = None if said is None else self._reply(row, citizen, said, meaning)
        return Asking(row, sms, reply, meaning)

    def _row(self, check_in: CheckIn, citizen: Citizen, at: datetime, meaning: Meaning | None) -> CheckInAsk:
        closes_at, now = at + CLOSES_AFTER, self.days.at(1, 15)
        row = CheckInAsk(
            check_in=check_in,
            citizen_id=citizen.id,
            asked_by=citizen.caseworker_id,
            state=AskState.OPEN,
            language=citizen.language,
            repeated=meaning is not None and not isinstance(meaning, Understood),
            created_at=at,
            asked_at=at,
            closes_at=closes_at,
        )
        if isinstance(meaning, Understood):
            row.state, row.ended_at = AskState.ANSWERED, at + ANSWERS_AFTER
        elif closes_at < now:
            row.state, row.reason, row.ended_at = AskState.CLOSED, Closed.UNANSWERED, closes_at
        return row

    def _reply(self, row: CheckInAsk, citizen: Citizen, said: str, meaning: Meaning | None) -> ThreadEntry:
        """Her SMS, and ours in answer to it."""
        at, question = row.created_at + ANSWERS_AFTER, row.check_in.questions[0]
        texts = self.threads.wordings.catalogs.texts(citizen.language)
        if isinstance(meaning, Understood):
            noted = noted_as(texts, CheckInAnswer(kind=question.kind, value=meaning.value))
            kind, sent = EventKind.CHECK_IN_ANSWER.value, "check_in_thanks"
            text = texts("sms.check_in_thanks", answer=noted)
        else:
            kind, sent = "message", "check_in_repeat"
            text = texts("sms.check_in_repeat", how=texts(f"sms.check_in_how_{question.kind}"))
        entry = _entry(citizen, kind, "citizen", said, at)
        self.threads.keep(
            citizen, entry, _sms(row, citizen, sent, text, at + timedelta(seconds=3)), heard=said
        )
        return entry


def _entry(citizen: Citizen, kind: str, author: str, body: str, at: datetime) -> ThreadEntry:
    return ThreadEntry(
        citizen_id=citizen.id,
        kind=kind,
        author=author,
        staff_id=citizen.caseworker_id if author == "staff" else None,
        channel="sms",
        body=body,
        created_at=at,
    )


def _sms(row: CheckInAsk, citizen: Citizen, kind: str, text: str, at: datetime) -> Sms:
    parameters = {"ask_id": row.id, "position": 0}
    whole = conversation_sms(text, citizen.kendeord)
    return Sms(citizen, kind, (row.id, 0), at, REPLY_NUMBER, whole, parameters=parameters)


def _answer(row: CheckInAsk, reply: ThreadEntry, meaning: Understood) -> CheckInAnswer:
    question = row.check_in.questions[0]
    return CheckInAnswer(
        ask_id=row.id,
        question_id=question.id,
        citizen_id=row.citizen_id,
        kind=question.kind,
        value=meaning.value,
        language=row.language,
        entry_id=reply.id,
        answered_at=reply.created_at,
    )
