"""What citizens and caseworkers wrote to each other, by SMS and on the pages, and what happened in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from database.encryption import blind_index
from messaging import simulator
from messaging.inbound import PHONE_INDEX, InboundMessage
from portal.content import demo_dialogues as content
from portal.content.demo_dialogues import Dialogue, Turn
from portal.content.demo_people import REPLY_NUMBER, SMS_SENDER
from portal.domain.opening_hours import expected_reply_by
from portal.services.demo.days import Days, chance
from portal.services.demo.fates import Fate
from portal.services.demo.hours import HOURS, REPLY_DAYS
from portal.services.demo.measurements import Asked
from portal.services.demo.messages import Sms, Wordings, Written
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry

SILENT = {Stand.NEW, Stand.PHONE_OFF, Stand.NO_RECEIPT, Stand.NUMBER_DEAD, Stand.REFUSED, Stand.FROZEN}
WAITING_EACH, UNREAD_EACH = 4, 2
BY_SMS = 0.45
ASKING = ("invitation", "reminder")
"""Kinds of SMS that came with the invitations."""


@dataclass
class _Entry:
    """One entry to be, with what it belongs to."""

    row: ThreadEntry
    sms: Sms | None = None
    inbound: InboundMessage | None = None


@dataclass
class Threads:
    """Collects the entries, then adds them in the order of time, as a page shows them."""

    days: Days
    wordings: Wordings
    link_url: str
    entries: list[_Entry] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def collect(self, residents: Sequence[Resident], invited: Iterable[tuple[Asked, Sms]]) -> None:
        for asked, sms in invited:
            if sms.kind == "invitation":
                self._asking(asked, sms)
            elif sms.fate is not Fate.PLANNED:
                self._event(asked.resident.row, EventKind.REMINDER, "system", sms.at, sms=sms)
        for each in residents:
            self._events(each)
            self._dialogue(each, chance(f"dialogue of {each.row.id}"))
        for caseworker_id in sorted({each.row.caseworker_id for each in residents}):
            theirs = [each for each in residents if each.row.caseworker_id == caseworker_id]
            self._unread(theirs, chance(f"unread by {caseworker_id}"))

    def keep(
        self, citizen: Citizen, row: ThreadEntry, sms: Sms | None = None, heard: str | None = None
    ) -> None:
        """An entry that is made elsewhere; ``heard``: it came in as this SMS."""
        inbound = None if heard is None else self._inbound(citizen, heard, row.created_at)
        self.entries.append(_Entry(row, sms, inbound))

    def add(self, session: Session) -> list[Sms]:
        """The rows, and the SMS that go with them; `connect` names each other's rows afterwards."""
        session.add_all(each.inbound for each in self._in_time() if each.inbound)
        session.flush()
        for each in self._in_time():
            each.row.inbound_id = each.inbound.id if each.inbound else None
            session.add(each.row)
        session.flush()
        for each in self.entries:
            if each.sms and each.sms.kind in ("sms", "out_of_hours"):
                each.sms.key, each.sms.parameters = (each.row.id,), {"entry_id": each.row.id}
            elif each.sms and each.sms.kind == "new_message":
                each.sms.key = (each.row.id,)
            elif each.sms and each.sms.kind == "confirmation":
                each.sms.key = (each.row.inbound_id or 0,)
        return [each.sms for each in self.entries if each.sms and each.sms.kind not in ASKING]

    def say(self, citizen: Citizen, turn: Turn, *, days_ago: int, hour: int) -> ThreadEntry:
        """One message on the page that has been read; its row is stored with the others."""
        at = self.days.at_work(days_ago, hour)
        self._turn(citizen, turn, at, by_sms=False, read_at=at + timedelta(minutes=20))
        return self.entries[-1].row

    def connect(self) -> None:
        for each in self.entries:
            if each.sms and each.sms.row and each.sms.kind != "confirmation":
                each.row.message_id = each.sms.row.id

    def write(self, citizen: Citizen, text: str, at: datetime) -> ThreadEntry:
        """Her caseworker's message on the page, which she has read since."""
        self._turn(citizen, Turn("staff", text), at, by_sms=False, read_at=at + timedelta(hours=3))
        return self.entries[-1].row

    def _in_time(self) -> list[_Entry]:
        return sorted(self.entries, key=lambda each: each.row.created_at)

    def _asking(self, asked: Asked, sms: Sms) -> None:
        citizen = asked.resident.row
        self._event(
            citizen,
            EventKind.INVITATION,
            "staff",
            asked.ask.asked_at,
            sms=sms,
            staff_id=citizen.caseworker_id,
        )
        if asked.invitation.finished_at:
            self._event(
                citizen, EventKind.ANSWERED, "citizen", asked.invitation.finished_at, channel="portal"
            )

    def _events(self, each: Resident) -> None:
        citizen = each.row
        if citizen.number_failed_at:
            self._event(citizen, EventKind.NUMBER_DEAD, "system", citizen.number_failed_at)
        if citizen.frozen_at:
            self._event(citizen, EventKind.NOT_ME, "system", citizen.frozen_at, channel="portal")
        if citizen.opted_out_at:
            inbound = self._inbound(citizen, "STOP", citizen.opted_out_at)
            texts = self.wordings.catalogs.texts(citizen.language)
            answer = Sms(
                citizen=citizen,
                kind="confirmation",
                key=(),
                at=citizen.opted_out_at + timedelta(seconds=3),
                sender=REPLY_NUMBER,
                text=texts("sms.stop_confirmation"),
                parameters={"text": "stop_confirmation", "to": citizen.phone},
            )
            self._event(
                citizen, EventKind.OPTED_OUT, "citizen", citizen.opted_out_at, sms=answer, inbound=inbound
            )

    def _out_of_hours(self, citizen: Citizen, at: datetime) -> None:
        by = expected_reply_by(at, HOURS, REPLY_DAYS)
        day = self.wordings.catalogs.texts(citizen.language).near_day(by)
        said = self.wordings.of(citizen, "out_of_hours", citizen.caseworker.name, day=day)
        answer = Sms(citizen, "out_of_hours", (), at, REPLY_NUMBER, said)
        self._event(citizen, EventKind.OUT_OF_HOURS, "system", at, sms=answer, body=by.isoformat())

    def _event(
        self,
        citizen: Citizen,
        kind: EventKind,
        author: str,
        at: datetime,
        *,
        channel: str = "sms",
        staff_id: int | None = None,
        sms: Sms | None = None,
        inbound: InboundMessage | None = None,
        body: str | None = None,
    ) -> None:
        row = ThreadEntry(
            citizen_id=citizen.id,
            kind=kind,
            author=author,
            staff_id=staff_id,
            channel=channel,
            body=body,
            created_at=at,
        )
        self.entries.append(_Entry(row, sms, inbound))

    def _dialogue(self, each: Resident, rng: Random) -> None:
        if each.plan.stand in SILENT or rng.random() < 0.4:
            return
        longest = (self.days.at(1, 12) - each.course.joined_at).days
        begins = rng.randint(3, min(max(longest, 4), 80))
        at = self.days.at_work(begins, 9, rng.randint(0, 50))
        by_sms = rng.random() < BY_SMS and each.plan.stand is not Stand.STOPPED
        for turn in _finished(rng.choice(content.DIALOGUES[each.row.language]), each.row.language):
            self._turn(each.row, turn, at, by_sms=by_sms, read_at=at + timedelta(minutes=rng.randint(2, 60)))
            at += timedelta(minutes=rng.randint(61, 110))

    def _unread(self, theirs: Sequence[Resident], rng: Random) -> None:
        """Some wait for their caseworker, and some have not seen what she wrote."""
        open_to_all = [each for each in theirs if each.plan.stand not in SILENT | {Stand.STOPPED}]
        speak = [each for each in open_to_all if each.row.language in content.WAITING]
        waiting = rng.sample(speak, WAITING_EACH)
        for place, each in enumerate(waiting):
            text = rng.choice(content.WAITING[each.row.language])
            # The first wrote in the evening, and was told when to expect a person.
            at = self.days.at(1, 13 + place if place else 20, rng.randint(0, 50))
            self._turn(each.row, Turn("citizen", text), at, by_sms=place % 2 == 0, read_at=None)
            if place == 0:
                self._out_of_hours(each.row, at + timedelta(seconds=3))
        silent = [each for each in open_to_all if each not in waiting]
        fates = (Fate.DELIVERED, Fate.UNSURE)
        for each, fate in zip(rng.sample(silent, UNREAD_EACH), fates, strict=True):
            turn = Turn("staff", content.FIRST_TIME)
            self._turn(each.row, turn, self.days.at(1, 12, 20), by_sms=False, read_at=None, fate=fate)

    def _turn(
        self,
        citizen: Citizen,
        turn: Turn,
        at: datetime,
        *,
        by_sms: bool,
        read_at: datetime | None,
        fate: Fate = Fate.DELIVERED,
    ) -> None:
        body = turn.text.format(citizen=citizen.first_name, caseworker=citizen.caseworker.name.split()[0])
        from_citizen = turn.author == "citizen"
        row = ThreadEntry(
            citizen_id=citizen.id,
            author=turn.author,
            staff_id=None if from_citizen else citizen.caseworker_id,
            channel="sms" if by_sms else "portal",
            body=body,
            created_at=at,
            read_at=read_at if from_citizen or not by_sms else None,
        )
        inbound = self._inbound(citizen, body, at) if from_citizen and by_sms else None
        sms = None if from_citizen else self._sms(citizen, body, at, fate, by_sms=by_sms)
        self.entries.append(_Entry(row, sms, inbound))

    def _sms(self, citizen: Citizen, body: str, at: datetime, fate: Fate, *, by_sms: bool) -> Sms:
        """The words themselves, or word that there are some."""
        kind, sender = ("sms", REPLY_NUMBER) if by_sms else ("new_message", SMS_SENDER)
        told = self.wordings.of(citizen, "new_message", citizen.caseworker.name, link=self.link_url)
        return Sms(citizen, kind, (), at, sender, body if by_sms else told, fate)

    def _inbound(self, citizen: Citizen, text: str, at: datetime) -> InboundMessage:
        provider_id = f"SM{chance(f'{citizen.id} {at} {text}').randbytes(16).hex()}"
        self.written.append(Written(citizen, REPLY_NUMBER, text, at, provider_id))
        return InboundMessage(
            provider=simulator.NAME,
            provider_id=provider_id,
            sender=citizen.phone,
            sender_index=blind_index(PHONE_INDEX, citizen.phone),
            recipient=REPLY_NUMBER,
            text=text,
            masked_numbers=0,
            media_count=0,
            received_at=at,
            processed_at=at + timedelta(seconds=1),
        )


def _finished(dialogue: Dialogue, language: str) -> Dialogue:
    if dialogue[-1].author == "staff":
        return dialogue
    return (*dialogue, Turn("staff", content.CLOSINGS[language]))
