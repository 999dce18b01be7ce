"""Every kind of SMS in every language, as it would go out: each keeps to its sender, and carries her own word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from database.encryption import blind_index
from database.engine import Database
from database.tenancy import TenantSession
from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs
from messaging import outbox
from messaging.crew import Crew
from messaging.delivery import Courier, Rendered, Withheld
from messaging.message import Status
from messaging.outbox import NewMessage, OutboxMessage
from messaging.two_senders import broken_rule
from portal.domain.check_ins import AskState
from portal.domain.meetings import Way
from portal.runtime import Portal
from portal.services import check_ins
from portal.services.check_in_composing import Composed, compose, shipped
from portal.services.invitations import send_questionnaire
from portal.services.sms.texts import KINDS, SmsTexts
from portal.services.thread import write_as_citizen
from portal.store.answering import Invitation
from portal.store.check_ins import CheckInAsk
from portal.store.meetings import Meeting
from portal.store.municipalities import own
from portal.store.number_changes import NumberChange
from portal.store.numbers import QuietNumber, WhyQuiet
from portal.store.opening_hours import TeamHours
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.doubles.gateway import Clock, ScriptedGateway
from tests.factories import add_citizen
from tests.portals import portal_on

CATALOGS = shipped_catalogs()
EVENING = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
WORD = "lærke"
NOBODYS = {"unknown_sender", "number_code", "number_moved"}
"""To a phone that is no citizen's we know."""
Parameters = dict[str, Any]


def invitation(session: TenantSession, case: Case) -> list[Parameters]:
    found = session.scalars(select(Invitation.id)).first()
    if found is None:
        send_questionnaire(session, case.citizen_id, case.questionnaire_id, case.staff_id, EVENING)
        found = session.scalars(select(Invitation.id)).one()
    return [{"invitation_id": found, "asked_for": True}]


def written(session: TenantSession, case: Case) -> list[Parameters]:
    entry = ThreadEntry(
        citizen_id=case.citizen_id, author="staff", channel="sms", body="Vi ses kl. 10", created_at=EVENING
    )
    session.add(entry)
    session.flush()
    return [{"entry_id": entry.id}]


def on_whatsapp(session: TenantSession, case: Case) -> list[Parameters]:
    """Within the day after she has written there."""
    own(session).whatsapp_number = "+4510900900"
    said = {"citizen_id": case.citizen_id, "channel": "whatsapp", "body": "Hej", "created_at": EVENING}
    session.add(ThreadEntry(author="citizen", **said))
    ours = ThreadEntry(author="staff", **said)
    session.add(ours)
    session.flush()
    return [{"entry_id": ours.id}]


def confirmation(session: TenantSession, case: Case) -> list[Parameters]:
    return [{"text": text} for text in ("stop_confirmation", "start_confirmation", "crisis_answer")]


def out_of_hours(session: TenantSession, case: Case) -> list[Parameters]:
    week = {"2": ["09:00", "15:00"]}
    team_id = session.get_one(Citizen, case.citizen_id).team_id
    session.add(TeamHours(team_id=team_id, week=week, closings=[], reply_days=2, changed_at=EVENING))
    session.flush()
    write_as_citizen(session, case.citizen_id, "Er I der?", EVENING)
    event = session.scalars(select(ThreadEntry).where(ThreadEntry.kind == "out_of_hours")).one()
    return [{"entry_id": event.id}]


def check_in(session: TenantSession, case: Case) -> list[Parameters]:
    """Open, as it is when it has just been asked."""
    composed = compose(session, [shipped("everyday")], case.staff_id, EVENING)
    assert isinstance(composed, Composed)
    check_ins.ask(session, case.citizen_id, composed.check_in_id, case.staff_id, EVENING)
    ask = session.scalars(select(CheckInAsk)).one()
    ask.state = AskState.OPEN
    return [{"ask_id": ask.id, "position": 0}]


def own_change(session: TenantSession, case: Case) -> list[Parameters]:
    """Of a number, by herself: asked for and then made."""
    change = NumberChange(
        citizen_id=case.citizen_id,
        old_phone="+4510111111",
        new_phone="+4510111111",
        asked_at=EVENING,
        wrong_tries=0,
    )
    session.add(change)
    session.flush()
    return [{"change_id": change.id}]


def agenda(session: TenantSession, case: Case) -> list[Parameters]:
    """For a meeting that is still ahead of the evening."""
    parameters = invitation(session, case)[0]
    meeting = Meeting(
        citizen_id=case.citizen_id, starts_at=EVENING + timedelta(hours=15), way=Way.PHONE,
        made_by=case.staff_id, made_at=EVENING, invitation_id=parameters["invitation_id"],
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    return [parameters]


MAKE: dict[str, Callable[[TenantSession, Case], list[Parameters]]] = {
    "invitation": invitation,
    "reminder": invitation,
    "agenda": agenda,
    "meeting": written,
    "new_message": lambda _session, _case: [{}],
    "sms": written,
    "whatsapp": on_whatsapp,
    "confirmation": confirmation,
    "out_of_hours": out_of_hours,
    "unknown_sender": lambda _session, _case: [{"to": "+4510111111"}],
    "check_in": check_in,
    "check_in_repeat": check_in,
    "check_in_thanks": check_in,
    "number_code": own_change,
    "number_moved": own_change,
}


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database, lambda: EVENING, gateway="twilio")


def rendered(portal: Portal, case: Case, kind: str) -> list[tuple[str, Rendered]]:
    """(language, SMS) of every text that the kind has."""
    found: list[tuple[str, Rendered]] = []
    with portal.database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        citizen.kendeord = WORD
        parameters = MAKE[kind](session, case)
        for language in LOCALES:
            citizen.language = language
            session.flush()
            for number, each in enumerate(parameters):
                has_stopped = each.get("text") == "stop_confirmation"
                citizen.opted_out_at = EVENING if has_stopped else None
                new = NewMessage(kind, citizen.id, f"{kind}:{language}:{number}", each)
                message = outbox.enqueue(session, new, EVENING).message
                sms = SmsTexts(portal).render(session, message)
                assert isinstance(sms, Rendered), (kind, language, each, sms)
                found.append((language, sms))
    return found


def test_every_kind_there_is_is_walked_here() -> None:
    assert set(MAKE) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_to_its_sender_and_carries_her_word_in_every_language(
    portal: Portal, case: Case, kind: str
) -> None:
    with portal.database.write(case.municipality_id) as session:
        _send_at_any_hour(session)
    walked = rendered(portal, case, kind)
    assert {language for language, _ in walked} == set(LOCALES)
    broken = [(language, sms.text) for language, sms in walked if broken_rule(sms.sender, sms.text)]
    wordless = [(language, sms.text) for language, sms in walked if WORD not in sms.text]
    assert broken == []
    assert wordless == [] or kind in NOBODYS


def _send_at_any_hour(session: TenantSession) -> None:
    own(session).send_always = True


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("Se https://svar.aakoebing.dk", Status.WITHHELD, "link_from_number"),
        ("Vi ses kl. 10", Status.SENT, None),
    ],
)
def test_what_breaks_the_rule_is_withheld_with_its_reason_and_an_alarm(
    portal: Portal,
    case: Case,
    caplog: pytest.LogCaptureFixture,
    body: str,
    status: Status,
    reason: str | None,
) -> None:
    with portal.database.write(case.municipality_id) as session:
        _send_at_any_hour(session)
        (parameters,) = written(session, case)
        session.get_one(ThreadEntry, parameters["entry_id"]).body = body
        outbox.enqueue(session, NewMessage("sms", case.citizen_id, "sms:1", parameters), EVENING)
    gateway = ScriptedGateway()
    Crew(1).deliver(Courier(portal.database, gateway, SmsTexts(portal), Clock(EVENING), "worker"))
    with portal.database.read(case.municipality_id) as session:
        message = session.scalars(select(OutboxMessage)).one()
    assert (message.status, message.reason) == (status, reason)
    assert len(gateway.sent) == (0 if reason else 1)
    assert ("it needs a person: link_from_number" in caplog.text) is bool(reason)
    assert CATALOGS.texts("da").has(f"thread.reason.{reason}") or reason is None


def test_her_word_does_not_go_to_a_phone_that_she_shares(portal: Portal, case: Case) -> None:
    with portal.database.write(case.municipality_id) as session:
        hers = session.get_one(Citizen, case.citizen_id)
        add_citizen(session, EVENING, hers.caseworker, phone=hers.phone)
    texts = [sms.text for _, sms in rendered(portal, case, "confirmation")]
    assert texts and not any(WORD in text for text in texts)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_goes_to_who_has_opted_out_but_the_answer_to_stop(
    portal: Portal, case: Case, kind: str
) -> None:
    with portal.database.write(case.municipality_id) as session:
        _send_at_any_hour(session)
        citizen = session.get_one(Citizen, case.citizen_id)
        parameters = [each for each in MAKE[kind](session, case) if each.get("text") != "stop_confirmation"]
        citizen.opted_out_at = EVENING
        _quiet(session, "+4510111111")
        for number, each in enumerate(parameters):
            message = outbox.enqueue(
                session, NewMessage(kind, citizen.id, f"no:{number}", each), EVENING
            ).message
            assert SmsTexts(portal).render(session, message) == Withheld("opted_out"), each


def test_a_phone_that_has_said_stop_gets_no_answer_meant_for_who_had_it_before(
    portal: Portal, case: Case
) -> None:
    """She wrote START, her number was changed, and whoever has the old one said STOP before the answer went."""
    parameters = {"text": "start_confirmation", "to": "+4510111111"}
    with portal.database.write(case.municipality_id) as session:
        message = outbox.enqueue(
            session, NewMessage("confirmation", case.citizen_id, "start", parameters), EVENING
        ).message
        assert isinstance(SmsTexts(portal).render(session, message), Rendered)
        _quiet(session, "+4510111111")
        assert SmsTexts(portal).render(session, message) == Withheld("opted_out")


def _quiet(session: TenantSession, phone: str) -> None:
    index = blind_index("phone", phone)
    session.add(QuietNumber(phone=phone, phone_index=index, why=WhyQuiet.STOPPED, since=EVENING))
    session.flush()
