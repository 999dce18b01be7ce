"""What an SMS says is decided when it is sent: language, word, link, and whether it may go at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from messaging import outbox
from messaging.delivery import Later, Rendered, Rendering, Withheld
from messaging.gateway import Refused, Trouble
from messaging.outbox import NewMessage, OutboxMessage
from messaging.segments import measure
from portal.domain.links import LinkVerdict
from portal.runtime import Portal
from portal.services import links
from portal.services.invitations import send_link, send_questionnaire
from portal.services.sms.texts import SmsTexts
from portal.store.answering import Invitation
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.portals import portal_on

SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MONDAY_AT_NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def portal(database: Database, now: datetime) -> Portal:
    return portal_on(database, lambda: now)


def change(database: Database, case: Case, **values: Any) -> None:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        for name, value in values.items():
            setattr(citizen, name, value)


def invited(database: Database, case: Case, now: datetime) -> int:
    """The id of the invitation's message."""
    with database.write(case.municipality_id) as session:
        send_questionnaire(session, case.citizen_id, case.questionnaire_id, case.staff_id, now)
        return session.scalars(select(OutboxMessage.id)).one()


def enqueue(database: Database, case: Case, kind: str, now: datetime, **parameters: Any) -> int:
    with database.write(case.municipality_id) as session:
        new = NewMessage(kind, case.citizen_id, f"{kind}:1", parameters)
        return outbox.enqueue(session, new, now).message.id


def render(portal: Portal, case: Case, message_id: int) -> Rendering:
    with portal.database.write(case.municipality_id) as session:
        return SmsTexts(portal).render(session, session.get_one(OutboxMessage, message_id))


def test_an_invitation_is_one_part_under_the_name_with_a_link_that_opens(
    portal: Portal, case: Case, now: datetime
) -> None:
    sms = render(portal, case, invited(portal.database, case, now))
    assert isinstance(sms, Rendered)
    assert sms.text.startswith("Hej Mette. Lone har")
    assert (sms.sender, measure(sms.text).parts) == ("Aakoebing", 1)
    link = re.search(r"https://\S+$", sms.text)
    assert link and len(link[0]) <= 45
    opened = links.open_link(portal.database, link[0].rpartition("/")[2], now)
    assert opened.verdict is LinkVerdict.OPEN


def test_the_word_she_chose_stands_in_the_sms(portal: Portal, case: Case, now: datetime) -> None:
    message = invited(portal.database, case, now)
    change(portal.database, case, kendeord="solsikke")
    sms = render(portal, case, message)
    assert isinstance(sms, Rendered) and "Dit ord: solsikke." in sms.text


def test_a_language_changed_while_the_message_waited_is_the_language_of_the_sms(
    portal: Portal, case: Case, now: datetime
) -> None:
    message = invited(portal.database, case, now)
    change(portal.database, case, language="pl")
    sms = render(portal, case, message)
    assert isinstance(sms, Rendered) and "Hej" not in sms.text


def test_a_retry_makes_a_token_of_its_own_and_the_first_stays_open(
    portal: Portal, case: Case, now: datetime
) -> None:
    message = invited(portal.database, case, now)
    texts = [render(portal, case, message), render(portal, case, message)]
    tokens = {sms.text.rpartition("/")[2] for sms in texts if isinstance(sms, Rendered)}
    assert len(tokens) == 2
    assert all(links.open_link(portal.database, each, now).verdict is LinkVerdict.OPEN for each in tokens)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"opted_out_at": SATURDAY}, "opted_out"),
        ({"frozen_at": SATURDAY}, "number_frozen"),
        ({"standing": "exempt"}, "exempt"),
    ],
)
def test_what_changed_since_it_was_asked_for_stops_the_sms(
    portal: Portal, case: Case, now: datetime, values: dict[str, Any], reason: str
) -> None:
    message = invited(portal.database, case, now)
    change(portal.database, case, **values)
    assert render(portal, case, message) == Withheld(reason)


@pytest.mark.parametrize(("column", "reason"), [("finished_at", "answered"), ("cancelled_at", "cancelled")])
def test_an_invitation_that_is_answered_or_cancelled_meanwhile_is_not_sent(
    portal: Portal, case: Case, now: datetime, column: str, reason: str
) -> None:
    message = invited(portal.database, case, now)
    with portal.database.write(case.municipality_id) as session:
        setattr(session.scalars(select(Invitation)).one(), column, now)
    assert render(portal, case, message) == Withheld(reason)


def test_outside_the_hours_it_waits_for_the_next_opening(portal: Portal, case: Case, now: datetime) -> None:
    message = invited(portal.database, case, now)
    portal.clock = lambda: SATURDAY
    assert render(portal, case, message) == Later(MONDAY_AT_NINE, "outside_hours")


def test_a_demo_sends_at_any_hour(portal: Portal, case: Case, now: datetime) -> None:
    message = invited(portal.database, case, now)
    portal.clock = lambda: SATURDAY
    with portal.database.write(case.municipality_id) as session:
        session.scalars(select(Municipality)).one().send_always = True
    assert isinstance(render(portal, case, message), Rendered)


def test_a_link_that_she_asks_for_herself_comes_at_any_hour(
    portal: Portal, case: Case, now: datetime
) -> None:
    invited(portal.database, case, now)
    with portal.database.write(case.municipality_id) as session:
        invitation = session.scalars(select(Invitation)).one()
        again = send_link(session, invitation, now, 1, asked_for=True)
    portal.clock = lambda: SATURDAY
    assert isinstance(render(portal, case, again.id), Rendered)


def test_the_notice_of_an_answer_is_neutral_and_carries_the_sites_address_alone(
    portal: Portal, case: Case, now: datetime
) -> None:
    message = enqueue(portal.database, case, "new_message", now)
    entry = ThreadEntry(
        citizen_id=case.citizen_id, author="staff", staff_id=case.staff_id, channel="portal",
        body="Din ansøgning om sygedagpenge", message_id=message, created_at=now,
    )  # fmt: skip
    with portal.database.write(case.municipality_id) as session:
        session.add(entry)
    sms = render(portal, case, message)
    assert isinstance(sms, Rendered)
    assert sms.text == "Hej Mette. Der er svar til dig fra Lone. Du kan læse det her: https://svar.aakoebing"
    with portal.database.write(case.municipality_id) as session:
        session.scalars(select(ThreadEntry)).one().read_at = now
    assert render(portal, case, message) == Withheld("answered")


def test_what_staff_wrote_goes_out_from_the_number_as_it_stands(
    portal: Portal, case: Case, now: datetime
) -> None:
    with portal.database.write(case.municipality_id) as session:
        entry = ThreadEntry(
            citizen_id=case.citizen_id, author="staff", channel="sms", body="Vi ses kl. 10", created_at=now
        )
        session.add(entry)
        session.flush()
    message = enqueue(portal.database, case, "sms", now, entry_id=entry.id)
    sms = render(portal, case, message)
    assert isinstance(sms, Rendered)
    assert (sms.sender, sms.text) == ("+4510900000", "Vi ses kl. 10")


def test_stop_gets_its_answer_at_any_hour_from_the_number(portal: Portal, case: Case, now: datetime) -> None:
    message = enqueue(portal.database, case, "confirmation", now, text="stop_confirmation")
    change(portal.database, case, opted_out_at=now)
    portal.clock = lambda: SATURDAY
    sms = render(portal, case, message)
    assert isinstance(sms, Rendered) and sms.sender == "+4510900000"
    assert sms.text.startswith("Du har skrevet STOP")


def test_a_municipality_without_a_number_sends_nothing_that_needs_one(
    portal: Portal, case: Case, now: datetime
) -> None:
    message = enqueue(portal.database, case, "confirmation", now, text="stop_confirmation")
    with portal.database.write(case.municipality_id) as session:
        session.scalars(select(Municipality)).one().reply_number = None
    assert render(portal, case, message) == Withheld("no_reply_number")


def test_who_told_the_provider_to_stop_has_told_us(portal: Portal, case: Case, now: datetime) -> None:
    message = invited(portal.database, case, now)
    refusal = Refused("21610", Trouble.OPTED_OUT, opted_out=True)
    with portal.database.write(case.municipality_id) as session:
        SmsTexts(portal).refused(session, session.get_one(OutboxMessage, message), refusal)
    with portal.database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).opted_out_at == now
        assert "opted_out" in session.scalars(select(ThreadEntry.kind)).all()


def test_a_dead_number_is_not_an_opt_out(portal: Portal, case: Case, now: datetime) -> None:
    message = invited(portal.database, case, now)
    refusal = Refused("30005", Trouble.NUMBER_NOT_IN_USE, permanent=True)
    with portal.database.write(case.municipality_id) as session:
        SmsTexts(portal).refused(session, session.get_one(OutboxMessage, message), refusal)
        assert session.get_one(Citizen, case.citizen_id).opted_out_at is None
