"""Whose thread an incoming SMS belongs to, and what STOP and START do."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from database.encryption import blind_index
from database.engine import Database
from messaging import inbound
from messaging.gateway import InboundSms
from messaging.outbox import OutboxMessage
from portal.services.inbound import Inbox
from portal.store import inbox
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case

HERS = "+4510111111"
STRANGER = "+4510999999"
_ids = count(1)


def hear(database: Database, case: Case, text: str, now: datetime, sender: str = HERS) -> int:
    """The SMS comes in and is handled; gives the inbound message's id."""
    sms = InboundSms("twilio", f"SM{next(_ids)}", sender, "+4510900000", text)
    with database.write(case.municipality_id) as session:
        message_id = inbound.store(session, sms, now).message_id
    with database.write(case.municipality_id) as session:
        assert inbound.process(session, message_id, Inbox(), now + timedelta(seconds=1))
    return message_id


@pytest.fixture
def hers(database: Database, case: Case) -> Case:
    """The citizen of the case has the number HERS."""
    with database.write(case.municipality_id) as session:
        give_number(session.get_one(Citizen, case.citizen_id))
    return case


def give_number(citizen: Citizen) -> None:
    citizen.phone, citizen.phone_index = HERS, blind_index("phone", HERS)


def add_sister(database: Database, case: Case, now: datetime) -> int:
    """A second citizen on the same phone."""
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        sister = factories.add_citizen(session, now, citizen.caseworker, first_name="Sara")
        give_number(sister)
        return sister.id


def thread(database: Database, case: Case) -> list[ThreadEntry]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry).order_by(ThreadEntry.id)))


def outgoing(database: Database, case: Case) -> list[OutboxMessage]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def unplaced(database: Database, case: Case) -> list[tuple[str, str]]:
    with database.read(case.municipality_id) as session:
        return [(each.why, each.inbound.text) for each in inbox.open_unplaced(session)]


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def test_a_reply_stands_in_the_thread_of_who_has_the_number(
    database: Database, hers: Case, now: datetime
) -> None:
    message_id = hear(database, hers, "Det gik godt", now)
    (entry,) = thread(database, hers)
    assert (entry.citizen_id, entry.author, entry.channel) == (hers.citizen_id, "citizen", "sms")
    assert (entry.body, entry.inbound_id, entry.created_at) == ("Det gik godt", message_id, now)
    assert (outgoing(database, hers), unplaced(database, hers)) == ([], [])


def test_an_sms_from_her_number_shows_that_it_works_again(
    database: Database, hers: Case, now: datetime
) -> None:
    with database.write(hers.municipality_id) as session:
        session.get_one(Citizen, hers.citizen_id).number_failed_at = now
    hear(database, hers, "Hej", now)
    assert citizen(database, hers).number_failed_at is None


def test_stop_ends_the_sms_with_one_confirmation_and_a_mark_in_the_thread(
    database: Database, hers: Case, now: datetime
) -> None:
    hear(database, hers, "Stop!", now)
    assert citizen(database, hers).opted_out_at == now
    (message,) = outgoing(database, hers)
    assert (message.kind, message.recipient_ref) == ("confirmation", hers.citizen_id)
    assert message.parameters == {"text": "stop_confirmation", "to": HERS}
    assert [(entry.kind, entry.author, entry.channel) for entry in thread(database, hers)] == [
        ("opted_out", "citizen", "sms")
    ]


def test_a_second_stop_is_kept_and_not_confirmed_again(database: Database, hers: Case, now: datetime) -> None:
    hear(database, hers, "STOP", now)
    hear(database, hers, "STOP", now + timedelta(minutes=1))
    assert citizen(database, hers).opted_out_at == now
    assert len(outgoing(database, hers)) == 1
    assert len(thread(database, hers)) == 2


def test_start_brings_the_sms_back_and_says_so(database: Database, hers: Case, now: datetime) -> None:
    hear(database, hers, "STOP", now)
    hear(database, hers, "START", now + timedelta(days=1))
    assert citizen(database, hers).opted_out_at is None
    assert [message.parameters["text"] for message in outgoing(database, hers)] == [
        "stop_confirmation",
        "start_confirmation",
    ]
    assert [entry.kind for entry in thread(database, hers)] == ["opted_out", "opted_in"]


def test_a_sentence_that_begins_with_a_command_is_a_message(
    database: Database, hers: Case, now: datetime
) -> None:
    hear(database, hers, "Stop lige engang", now)
    assert citizen(database, hers).opted_out_at is None
    assert thread(database, hers)[0].body == "Stop lige engang"


def test_an_unknown_sender_is_kept_and_answered_once_a_day(
    database: Database, hers: Case, now: datetime
) -> None:
    for hours in (0, 5, 24):
        hear(database, hers, f"Hvem er I? {hours}", now + timedelta(hours=hours), STRANGER)
    messages = outgoing(database, hers)
    assert [message.kind for message in messages] == ["unknown_sender"] * 2
    assert messages[0].parameters == {"to": STRANGER, "text": "unknown_sender", "locale": "da"}
    assert STRANGER not in messages[0].dedupe_key
    assert [why for why, _text in unplaced(database, hers)] == ["unknown_sender"] * 3
    assert thread(database, hers) == []


@pytest.mark.parametrize("sender", ["Posten", "1231"])
def test_a_name_or_a_short_code_is_kept_and_not_answered(
    database: Database, hers: Case, now: datetime, sender: str
) -> None:
    hear(database, hers, "Din pakke er klar", now, sender)
    assert (outgoing(database, hers), len(unplaced(database, hers))) == ([], 1)


@pytest.mark.parametrize("word", ["STOP", "START"])
def test_a_command_from_a_stranger_is_kept_and_gets_no_sms_back(
    database: Database, hers: Case, now: datetime, word: str
) -> None:
    hear(database, hers, word, now, STRANGER)
    assert outgoing(database, hers) == []
    assert unplaced(database, hers) == [("unknown_sender", word)]


def test_words_from_a_number_that_two_citizens_share_are_given_to_neither(
    database: Database, hers: Case, now: datetime
) -> None:
    add_sister(database, hers, now)
    hear(database, hers, "Jeg kommer kl. 10", now)
    assert thread(database, hers) == []
    assert unplaced(database, hers) == [("shared_number", "Jeg kommer kl. 10")]


def test_stop_from_a_shared_number_holds_for_both_with_one_confirmation(
    database: Database, hers: Case, now: datetime
) -> None:
    sister = add_sister(database, hers, now)
    hear(database, hers, "STOP", now)
    with database.read(hers.municipality_id) as session:
        assert session.get_one(Citizen, sister).opted_out_at == now
    assert citizen(database, hers).opted_out_at == now
    assert [entry.kind for entry in thread(database, hers)] == ["opted_out"] * 2
    assert len(outgoing(database, hers)) == 1


def test_words_from_a_number_that_somebody_else_has_now_stay_out_of_her_thread(
    database: Database, hers: Case, now: datetime
) -> None:
    with database.write(hers.municipality_id) as session:
        session.get_one(Citizen, hers.citizen_id).frozen_at = now
    hear(database, hers, "Forkert nummer", now)
    assert (thread(database, hers), outgoing(database, hers)) == ([], [])
    assert unplaced(database, hers) == [("number_frozen", "Forkert nummer")]


def test_the_same_number_in_another_municipality_is_a_stranger_here(
    database: Database, hers: Case, now: datetime
) -> None:
    from tests.conftest import add_municipality

    other = add_municipality(database, "nabokoebing", "+4510900001")
    elsewhere = Case(other, hers.citizen_id, hers.staff_id, 0, 0)
    hear(database, elsewhere, "Hej", now)
    assert thread(database, hers) == []
    assert unplaced(database, elsewhere) == [("unknown_sender", "Hej")]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1600,
        "👍👍🏽👨‍👩‍👧",
        "أصل في 10:30 يوم 24-11 إن شاء الله",
        "\u200f١٢٣ ABC ٤",
        "እወ 5",
        "\u0000",
        " ",
    ],
    ids=["1600 signs", "emoji", "right to left with Latin digits", "two ways", "Ge'ez", "nul", "blank"],
)
def test_whatever_signs_a_reply_is_made_of_it_stands_in_the_thread(
    database: Database, hers: Case, now: datetime, text: str
) -> None:
    hear(database, hers, text, now)
    (entry,) = thread(database, hers)
    assert entry.body == text.replace("\0", "")


def test_the_same_word_an_hour_later_is_a_second_message_in_the_thread(
    database: Database, hers: Case, now: datetime
) -> None:
    for hours in (0, 1):
        hear(database, hers, "ja", now + timedelta(hours=hours))
    assert [(entry.body, entry.created_at) for entry in thread(database, hers)] == [
        ("ja", now),
        ("ja", now + timedelta(hours=1)),
    ]


def hear_pictures(database: Database, case: Case, text: str, now: datetime) -> None:
    sms = InboundSms("twilio", f"SM{next(_ids)}", HERS, "+4510900000", text, media_count=2)
    with database.write(case.municipality_id) as session:
        message_id = inbound.store(session, sms, now).message_id
    with database.write(case.municipality_id) as session:
        inbound.process(session, message_id, Inbox(), now)


def test_pictures_are_declined_once_a_day_and_their_words_kept(
    database: Database, hers: Case, now: datetime
) -> None:
    for hours, text in enumerate(["Her er min kontrakt", "", "Og en til"]):
        hear_pictures(database, hers, text, now + timedelta(hours=hours))
    assert [entry.body for entry in thread(database, hers)] == ["Her er min kontrakt", "", "Og en til"]
    (message,) = outgoing(database, hers)
    assert (message.kind, message.parameters) == ("confirmation", {"text": "no_pictures"})
    hear_pictures(database, hers, "I dag igen", now + timedelta(days=1))
    assert len(outgoing(database, hers)) == 2


def test_digits_like_a_cpr_number_are_answered_once_a_day_and_the_rest_kept(
    database: Database, hers: Case, now: datetime
) -> None:
    for hours, text in enumerate(["Jeg er 010190-1234", "Altså 0101901234", "Vi ses kl. 10"]):
        hear(database, hers, text, now + timedelta(hours=hours))
    assert [entry.body for entry in thread(database, hers)] == [
        "Jeg er ******-****",
        "Altså ******-****",
        "Vi ses kl. 10",
    ]
    (message,) = outgoing(database, hers)
    assert (message.kind, message.parameters) == ("confirmation", {"text": "no_personal_numbers"})
