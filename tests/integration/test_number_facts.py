"""What receipts and refusals teach us of a citizen's number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from database.engine import Database
from database.tenancy import EVERYONE
from messaging import outbox
from messaging.gateway import Receipt, Trouble
from messaging.message import Status
from messaging.outbox import NewMessage
from portal.services.receipts import take_receipt
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case


def sent(database: Database, case: Case, now: datetime, kind: str = "sms", key: str = "sms:1") -> str:
    """The reference of a message that the provider has taken."""
    with database.write(case.municipality_id) as session:
        message = outbox.enqueue(session, NewMessage(kind, case.citizen_id, key), now).message
        message.status, message.sent_at, message.due_at = Status.SENT, now, None
        return message.reference


def take(database: Database, receipt: Receipt, now: datetime) -> bool:
    with database.write(EVERYONE) as session:
        return take_receipt(session, receipt, now).changed


def dead(reference: str, reason: Trouble = Trouble.NUMBER_NOT_IN_USE, *, permanent: bool = True) -> Receipt:
    return Receipt("twilio", "SM1", Status.UNDELIVERED, "30005", reason, permanent, reference)


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def kinds(database: Database, case: Case) -> list[str]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(ThreadEntry.kind)))


def test_a_number_that_failed_for_good_is_remembered_and_marked_once(
    database: Database, case: Case, now: datetime
) -> None:
    for key in ("sms:1", "sms:2"):
        assert take(database, dead(sent(database, case, now, key=key)), now)
    assert citizen(database, case).number_failed_at == now
    assert kinds(database, case) == ["number_dead"]


def test_a_phone_that_could_not_be_reached_today_is_no_dead_number(
    database: Database, case: Case, now: datetime
) -> None:
    take(database, dead(sent(database, case, now), Trouble.PHONE_UNREACHABLE, permanent=False), now)
    assert (citizen(database, case).number_failed_at, kinds(database, case)) == (None, [])


def test_an_sms_that_arrives_shows_that_the_number_works_again(
    database: Database, case: Case, now: datetime
) -> None:
    take(database, dead(sent(database, case, now)), now)
    reference = sent(database, case, now, key="sms:2")
    take(database, Receipt("twilio", "SM2", Status.DELIVERED, reference=reference), now)
    assert citizen(database, case).number_failed_at is None


def test_a_stop_that_only_the_provider_knew_is_taken_over(
    database: Database, case: Case, now: datetime
) -> None:
    take(database, dead(sent(database, case, now), Trouble.OPTED_OUT, permanent=False), now)
    assert citizen(database, case).opted_out_at == now
    assert kinds(database, case) == ["opted_out"]


def test_a_receipt_that_comes_twice_changes_nothing_the_second_time(
    database: Database, case: Case, now: datetime
) -> None:
    receipt = dead(sent(database, case, now))
    assert take(database, receipt, now)
    assert not take(database, receipt, now)
    assert kinds(database, case) == ["number_dead"]


def test_an_answer_to_a_stranger_teaches_nothing_of_the_citizen_with_the_same_id(
    database: Database, case: Case, now: datetime
) -> None:
    take(database, dead(sent(database, case, now, kind="unknown_sender")), now)
    assert citizen(database, case).number_failed_at is None


def test_a_receipt_for_nothing_we_know_does_no_harm(database: Database, case: Case, now: datetime) -> None:
    assert not take(database, dead("nobody's"), now)
