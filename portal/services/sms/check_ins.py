"""SMS of a check-in: the question, its one repetition and the short thanks. All from the number, without a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from database.tenancy import TenantSession
from i18n.texts import Texts
from messaging.delivery import Rendered, Rendering, Withheld
from messaging.outbox import Message
from messaging.policy import Purpose
from portal.domain.check_ins import CLOSES_AFTER, AskState
from portal.domain.replies import ReplyKind
from portal.services import check_ins
from portal.services.sms.compose import CANCELLED, NO_REPLY_NUMBER, Composer
from portal.services.sms.draft import conversation_sms
from portal.services.sms.permission import Matter, start_of_week, window_of
from portal.store import check_in_asks, sending_facts
from portal.store.check_ins import CheckInAnswer, CheckInAsk, CheckInQuestion
from portal.store.municipalities import own
from portal.store.people import Citizen


def look_ahead(session: TenantSession, messages: Sequence[Message], now: datetime) -> None:
    """What `question` will ask of each of these, one to each citizen, asked once for all."""
    if not messages:
        return
    ask_ids = [message.parameters["ask_id"] for message in messages]
    check_in_asks.look_up(session, ask_ids, [message.id for message in messages])
    since = start_of_week(window_of(own(session)), now)
    sending_facts.look_up_left(session, [message.recipient_ref for message in messages], since)


def question(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    asking = check_in_asks.with_all(session, message.parameters["ask_id"])
    if asking is None or not _is_asked_now(asking, message):
        return Withheld(CANCELLED)
    clock = composer.portal.clock()
    refusal = _refusal(composer, session, asking, message)
    if isinstance(refusal, Withheld):
        check_ins.withheld(session, asking, message, refusal.reason, clock)
    if refusal is not None:
        return refusal
    texts = composer.texts(asking.citizen.language, asking.municipality_id)
    check_ins.went_out(session, asking, message, wording(texts, asking.question), clock)
    return _rendered(
        session, asking.citizen, asked(texts, asking.citizen.first_name, asking.asker.name, asking.question)
    )


def repeat(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """Once for each question: thanks for the message, and how to answer if she wants to."""
    asking = check_in_asks.with_all(session, message.parameters["ask_id"])
    if asking is None or asking.state is not AskState.OPEN or not _is_asked_now(asking, message):
        return Withheld(CANCELLED)
    texts = composer.texts(asking.citizen.language, asking.municipality_id)
    how = texts(f"sms.check_in_how_{asking.question.kind}")
    refusal = composer.not_now(session, asking.citizen, own(session), Matter(Purpose.REQUESTED))
    return refusal or _rendered(session, asking.citizen, texts("sms.check_in_repeat", how=how))


def thanks(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    asking = check_in_asks.with_all(session, message.parameters["ask_id"])
    if asking is None:
        return Withheld(CANCELLED)
    texts = composer.texts(asking.citizen.language, asking.municipality_id)
    noted = [
        noted_as(texts, answer) for answer in check_in_asks.answers_to(session, asking.id) if answer.value
    ]
    refusal = composer.not_now(session, asking.citizen, own(session), Matter(Purpose.REQUESTED))
    return refusal or _rendered(session, asking.citizen, _thanks(texts, noted))


def thanked(texts: Texts, kinds: Sequence[ReplyKind]) -> str:
    """The confirmation as it would be, measured before anybody has answered questions of these kinds."""
    some = {ReplyKind.YES_NO: texts("sms.check_in_no"), ReplyKind.NUMBER: "5"}
    return _thanks(texts, [some[kind] for kind in kinds if kind in some])


def _thanks(texts: Texts, noted: Sequence[str]) -> str:
    """Words of her own are read, not repeated."""
    if not noted:
        return texts("sms.check_in_thanks_words")
    return texts("sms.check_in_thanks", answer=texts.series(noted))


def wording(texts: Texts, question: CheckInQuestion) -> str:
    """The question itself: a shipped one in the language of ``texts``, or the caseworker's own words."""
    return texts(question.words) if question.template else question.words


def noted_as(texts: Texts, answer: CheckInAnswer) -> str:
    """A yes or no as its word, a number as itself."""
    is_word = answer.kind is ReplyKind.YES_NO
    return texts(f"sms.check_in_{answer.value}") if is_word else answer.value or ""


def asked(texts: Texts, first_name: str, asker: str, question: CheckInQuestion) -> str:
    """The first question greets and says who asks; those that follow her answer at once do not. The caseworker's own
    words may run the other way than the sentences around them."""
    how = "" if question.kind is ReplyKind.FREE else texts(f"sms.check_in_how_{question.kind}")
    said = wording(texts, question) if question.template else texts.isolate(question.words)
    body = " ".join(part for part in (said, how) if part)
    if question.position > 0:
        return body
    names = {"name": first_name, "caseworker": asker.split(maxsplit=1)[0]}
    return texts("sms.check_in", question=body, **{key: texts.isolate(name) for key, name in names.items()})


def _is_asked_now(asking: CheckInAsk, message: Message) -> bool:
    under_way = asking.state in (AskState.PLANNED, AskState.OPEN)
    return under_way and asking.position == message.parameters["position"]


def _refusal(
    composer: Composer, session: TenantSession, asking: CheckInAsk, message: Message
) -> Rendering | None:
    """A question after the first follows her answer at once: she is in the middle of it."""
    municipality = own(session)
    if municipality.reply_number is None:
        return Withheld(NO_REPLY_NUMBER)
    purpose = Purpose.ASKED if asking.position == 0 else Purpose.REQUESTED
    too_late_at = (asking.due_at or asking.created_at) + CLOSES_AFTER if asking.position == 0 else None
    matter = Matter(purpose, too_late_at=too_late_at, message_id=message.id)
    return composer.not_now(session, asking.citizen, municipality, matter)


def _rendered(session: TenantSession, citizen: Citizen, text: str) -> Rendering:
    number = own(session).reply_number
    if number is None:
        return Withheld(NO_REPLY_NUMBER)
    return Rendered(citizen.phone, number, conversation_sms(text, citizen.kendeord))
