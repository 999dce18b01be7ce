"""What will happen when a sending is confirmed: who gets it, who does not and why, how long and how dear it is,
and whether the same went to the same people before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from database.tenancy import TenantSession
from messaging.policy import WEEKLY_CAP
from messaging.segments import measure
from portal.domain.links import TOKEN_LENGTH
from portal.domain.sendings import SendingKind
from portal.services.citizen_card import forms_to_send
from portal.services.sms import check_ins as check_in_sms
from portal.services.sms.compose import Composer
from portal.services.sms.draft import conversation_sms
from portal.services.sms.permission import start_of_week, window_of
from portal.services.thread import Channel
from portal.store import check_in_asks, sending_lists, sms_settings
from portal.store.municipalities import own
from portal.store.people import Citizen, Staff
from portal.store.sending_lists import LeftOutPerson, Outlook, Sample, SentBefore
from portal.store.sendings import Sending

A_TOKEN = "x" * TOKEN_LENGTH
"""As long as a link's; each gets one of her own when her SMS is sent."""
SAME_AGAIN = {
    SendingKind.QUESTIONNAIRE: timedelta(days=30),
    SendingKind.CHECK_IN: timedelta(days=7),
    SendingKind.MESSAGE: timedelta(days=366),
}
"""A questionnaire comes back every few months by its nature; the same words do not."""


@dataclass(frozen=True)
class InLanguage:
    """``parts``: the most that any of the first 25 takes, with every question of a check-in and the thanks; ``price``
    in øre, None: nobody has said what a part costs. ``example``: the first SMS."""

    language: str
    people: int
    parts: int
    example: str
    price: int | None


@dataclass(frozen=True)
class Outcome:
    """``price`` in øre, of all; ``waits_until``: the next hour at which SMS go, None for now. ``capped``: how many
    have had so many SMS in the last seven days that theirs waits for another day."""

    will: int
    will_not: Mapping[str, int]
    named: Sequence[LeftOutPerson]
    languages: Sequence[InLanguage]
    before: Sequence[SentBefore]
    waits_until: datetime | None
    capped: int

    @property
    def left_out(self) -> int:
        return sum(self.will_not.values())

    @property
    def parts(self) -> int:
        return sum(each.parts * each.people for each in self.languages)

    @property
    def price(self) -> int | None:
        prices = [each.price for each in self.languages]
        return None if None in prices else sum(price or 0 for price in prices)


def outcome(composer: Composer, session: TenantSession, sending: Sending, now: datetime) -> Outcome:
    """Raises LookupError for a draft that sends nothing yet."""
    if sending.kind is None:
        raise LookupError(sending.id)
    asks = sending.kind is not SendingKind.MESSAGE
    by_sms = sending.channel == Channel.SMS
    rows = sending_lists.outlook(session, sending, asks=asks, by_sms=by_sms)
    will_not: dict[str, int] = {}
    for row in rows:
        if row.reason is not None:
            will_not[row.reason] = will_not.get(row.reason, 0) + row.people
    fine = [row for row in rows if row.reason is None]
    named = sending_lists.left_out_people(session, sending, asks=asks, by_sms=by_sms) if will_not else []
    return Outcome(
        will=sum(row.people for row in fine),
        will_not=will_not,
        named=named,
        languages=_languages(composer, session, sending, fine),
        before=sending_lists.sent_before(session, sending, now - SAME_AGAIN[sending.kind]),
        waits_until=_waits_until(session, sending, now),
        capped=_capped(session, sending, now) if asks else 0,
    )


def _languages(
    composer: Composer, session: TenantSession, sending: Sending, fine: Iterable[Outlook]
) -> list[InLanguage]:
    settings = sms_settings.of_municipality(session)
    price = settings.part_price if settings else None
    write = _Writer(composer, session, sending)
    texts: dict[str, list[list[str]]] = {}
    for sample in sending_lists.samples(session, sending):
        texts.setdefault(sample.language, []).append(write(sample))
    found = []
    for row in fine:
        parts = max(sum(measure(text).parts for text in each) for each in texts[row.language])
        cost = None if price is None else price * parts * row.people
        found.append(InLanguage(row.language, row.people, parts, _shown(texts[row.language][0][0]), cost))
    return found


def _shown(text: str) -> str:
    return text.replace(A_TOKEN, "…")


class _Writer:
    """The SMS as they would go out to somebody now, if she answers; a link is as long as a link will be."""

    def __init__(self, composer: Composer, session: TenantSession, sending: Sending) -> None:
        self._composer, self._session, self._sending = composer, session, sending
        self._sender = session.get_one(Staff, sending.staff_id).name
        self._minutes = next(
            (
                form.minutes
                for form in forms_to_send(session)
                if form.questionnaire_id == sending.questionnaire_id
            ),
            1,
        )
        check_in = check_in_asks.with_questions(session, sending.check_in_id) if sending.check_in_id else None
        self._questions = check_in.questions if check_in else ()

    def __call__(self, sample: Sample) -> list[str]:
        return self._check_in(sample) if self._questions else [self._single(sample)]

    def _check_in(self, sample: Sample) -> list[str]:
        texts = self._composer.texts(sample.language, self._sending.municipality_id)
        asked = [check_in_sms.asked(texts, sample.first_name, self._sender, each) for each in self._questions]
        thanks = check_in_sms.thanked(texts, [each.kind for each in self._questions])
        return [conversation_sms(text, sample.kendeord) for text in (*asked, thanks)]

    def _single(self, sample: Sample) -> str:
        sending, link = self._sending, self._composer.portal.settings.link_url
        citizen = Citizen(
            municipality_id=sending.municipality_id,
            language=sample.language,
            first_name=sample.first_name,
            kendeord=sample.kendeord,
        )
        if sending.kind is SendingKind.MESSAGE and sending.channel == Channel.SMS:
            return conversation_sms(sending.body or "", sample.kendeord)
        if sending.kind is SendingKind.MESSAGE:
            return self._composer.text(citizen, "new_message", caseworker=self._sender, link=link)
        link = f"{link}/{A_TOKEN}"
        return self._composer.text(
            citizen, "invitation", caseworker=self._sender, minutes=self._minutes, link=link
        )


def _capped(session: TenantSession, sending: Sending, now: datetime) -> int:
    """By what has left until now: an SMS that still waits may come before it, too."""
    since = start_of_week(window_of(own(session)), max(sending.planned_at or now, now))
    return sending_lists.at_their_cap(session, sending, since, WEEKLY_CAP)


def _waits_until(session: TenantSession, sending: Sending, now: datetime) -> datetime | None:
    start = max(sending.planned_at or now, now)
    window = window_of(own(session))
    if window.is_open(start):
        return None
    return window.next_opening(start)
