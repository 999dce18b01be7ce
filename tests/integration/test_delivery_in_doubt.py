"""What may have been sent: unclear answers, dead workers, lost leases, receipts that are faster or late."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from messaging.crew import Crew
from messaging.delivery import NO_RECEIPT_AFTER, Result, Withheld, expire_receipts
from messaging.gateway import Busy, OutgoingSms, Receipt, Refused, Trouble, Unsure
from messaging.message import Status
from messaging.outbox import LEASE
from messaging.outcomes import RECEIPT_WAIT
from messaging.retries import DELAYS
from tests.conftest import NOW
from tests.doubles.gateway import ScriptedHooks
from tests.doubles.office import Office

MINUTE = timedelta(minutes=1)
BUSY = Busy(Trouble.PROVIDER_DOWN)
UNSURE = Unsure(Trouble.NO_ANSWER)


@pytest.mark.parametrize("doubt", [UNSURE, RuntimeError("broken")])
def test_an_unclear_answer_waits_for_a_receipt_and_then_counts_as_a_possible_duplicate(
    office: Office, doubt: Unsure | Exception
) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [doubt]
    assert office.deliver() == {Result.UNSURE: 1}
    assert office.message(message_id).status is Status.SENDING
    assert office.deliver(after=RECEIPT_WAIT - MINUTE) == {}
    assert office.deliver(after=MINUTE) == {Result.SENT: 1}
    assert office.message(message_id).possible_duplicates == 1


def test_a_receipt_settles_an_unclear_answer(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [UNSURE]
    office.deliver()
    reference = office.message(message_id).reference
    assert office.receive(Receipt("scripted", "lost-id", Status.SENT, reference=reference))
    assert office.deliver(after=timedelta(days=2)) == {}
    message = office.message(message_id)
    assert (message.status, message.provider_id, message.possible_duplicates) == (Status.SENT, "lost-id", 0)


def test_what_may_have_been_sent_ends_as_unknown_and_never_as_withheld(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [UNSURE]
    office.deliver()
    office.hooks.answer = Withheld("answered")
    office.deliver(after=RECEIPT_WAIT)
    message = office.message(message_id)
    assert (message.status, message.reason) == (Status.UNKNOWN, "answered")


def test_a_number_of_unclear_answers_ends_as_unknown(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [UNSURE] * 7
    for delay in (timedelta(), *DELAYS):
        office.deliver(after=max(delay, RECEIPT_WAIT))
    assert office.message(message_id).status is Status.UNKNOWN
    assert office.message(message_id).possible_duplicates == 6


def test_a_worker_that_dies_each_time_does_not_send_for_ever(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.meanwhile = die
    for _ in range(20):
        try:
            office.deliver(after=LEASE)
        except KeyboardInterrupt:
            continue
    assert len(office.gateway.sent) == 7
    assert office.message(message_id).status is Status.UNKNOWN


def die(_sms: OutgoingSms) -> None:
    raise KeyboardInterrupt


def test_a_receipt_that_overtakes_the_answer_is_kept(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.meanwhile = lambda sms: office.receive(
        Receipt("scripted", "id-1", Status.DELIVERED, reference=sms.callback_reference)
    )
    assert office.deliver() == {Result.SENT: 1}
    message = office.message(message_id)
    assert (message.status, message.provider_id, message.finished_at) == (Status.DELIVERED, "id-1", NOW)


def test_a_receipt_outweighs_an_unclear_answer_that_comes_after_it(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [UNSURE]
    office.gateway.meanwhile = lambda sms: office.receive(
        Receipt("scripted", "id-1", Status.DELIVERED, reference=sms.callback_reference)
    )
    office.deliver()
    assert office.message(message_id).status is Status.DELIVERED
    assert office.deliver(after=timedelta(days=2)) == {}


def test_an_answer_for_a_lease_that_was_lost_is_not_written_over_the_new_owner(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.meanwhile = lambda _sms: take_over(office)
    assert office.deliver() == {Result.LOST: 1}
    message = office.message(message_id)
    assert (message.status, message.provider_id, message.possible_duplicates) == (Status.SENT, "id-2", 1)


def take_over(office: Office) -> None:
    """Another worker finds the lease expired and sends."""
    office.gateway.meanwhile = lambda _sms: None
    office.clock.now += LEASE
    Crew(1).deliver(office.courier("other"))


def test_a_handler_that_fails_leaves_the_message_perhaps_sent(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [Refused("21211", Trouble.NUMBER_INVALID)]
    monkeypatch.setattr(ScriptedHooks, "refused", fail)
    with caplog.at_level(logging.ERROR):
        assert office.deliver() == {Result.UNSURE: 1}
    assert office.message(message_id).status is Status.SENDING


def fail(*_: object) -> None:
    raise LookupError


def test_without_a_receipt_for_72_hours_a_message_is_unknown(office: Office) -> None:
    message_id = office.enqueue()
    office.deliver()
    assert expire_receipts(office.database, NOW + NO_RECEIPT_AFTER - MINUTE) == 0
    assert expire_receipts(office.database, NOW + NO_RECEIPT_AFTER) == 1
    assert office.message(message_id).status is Status.UNKNOWN
    assert expire_receipts(office.database, NOW + NO_RECEIPT_AFTER) == 0


def test_a_receipt_after_unknown_is_believed(office: Office) -> None:
    message_id = office.enqueue()
    office.deliver()
    expire_receipts(office.database, NOW + NO_RECEIPT_AFTER)
    assert office.receive(Receipt("scripted", "id-1", Status.DELIVERED))
    assert office.message(message_id).status is Status.DELIVERED
