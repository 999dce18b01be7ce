"""From the outbox to the gateway and back, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from messaging.crew import Crew
from messaging.delivery import Later, Result, Withheld
from messaging.gateway import Accepted, Busy, OutgoingSms, Refused, Trouble, Unsure
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.retries import DELAYS
from tests.conftest import NOW
from tests.doubles.gateway import PHONE, ScriptedHooks
from tests.doubles.office import Office

MINUTE = timedelta(minutes=1)
BUSY = Busy(Trouble.PROVIDER_DOWN)
UNSURE = Unsure(Trouble.NO_ANSWER)


def test_a_due_message_is_sent_and_recorded(office: Office) -> None:
    message_id = office.enqueue()
    assert office.deliver() == {Result.SENT: 1}
    message = office.message(message_id)
    assert office.gateway.sent == [OutgoingSms(PHONE, "Aakoebing", "Hej Ane", message.reference)]
    assert (message.status, message.gateway, message.provider_id) == (Status.SENT, "scripted", "id-1")
    assert (message.sent_at, message.parts, message.possible_duplicates) == (NOW, 1, 0)
    assert (message.due_at, message.claimed_by) == (None, None)


def test_nothing_due_is_nothing_done(office: Office) -> None:
    delivered = Crew(1).deliver(office.courier())
    assert (delivered.claimed, delivered.results) == (0, {})


def test_a_sent_message_is_not_sent_again(office: Office) -> None:
    office.enqueue()
    office.deliver()
    assert office.deliver(after=timedelta(days=30)) == {}


def test_no_transaction_is_open_while_the_provider_has_the_message(office: Office) -> None:
    message_id = office.enqueue()

    def write(_sms: OutgoingSms) -> None:
        # On SQLite this would wait for a writer, on PostgreSQL for the row.
        with office.database.write(office.municipality) as session:
            session.get_one(OutboxMessage, message_id, with_for_update=True).error_code = "seen"

    office.gateway.meanwhile = write
    assert office.deliver() == {Result.SENT: 1}


def test_a_message_counts_as_perhaps_sent_before_the_provider_is_called(office: Office) -> None:
    message_id = office.enqueue()
    seen: list[Status] = []
    office.gateway.meanwhile = lambda _sms: seen.append(office.message(message_id).status)
    office.deliver()
    assert seen == [Status.SENDING]


def test_a_withheld_message_says_why_and_is_not_sent(office: Office) -> None:
    message_id = office.enqueue()
    office.hooks.answer = Withheld("opted_out")
    assert office.deliver() == {Result.WITHHELD: 1}
    message = office.message(message_id)
    assert (message.status, message.reason, message.finished_at) == (Status.WITHHELD, "opted_out", NOW)
    assert office.gateway.sent == []


def test_a_message_outside_the_hours_waits_with_its_reason(office: Office) -> None:
    message_id = office.enqueue()
    office.hooks.answer = Later(NOW + 60 * MINUTE, "outside_hours")
    assert office.deliver() == {Result.POSTPONED: 1}
    message = office.message(message_id)
    assert (message.status, message.reason) == (Status.QUEUED, "outside_hours")
    assert office.deliver(after=59 * MINUTE) == {}
    office.hooks = ScriptedHooks()
    assert office.deliver(after=MINUTE) == {Result.SENT: 1}
    assert office.message(message_id).reason is None


def test_a_text_that_cannot_be_made_waits_and_holds_up_no_other(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = office.enqueue()
    office.hooks.answer = LookupError("Ane, +4510123456")
    assert office.deliver() == {Result.POSTPONED: 1}
    assert office.message(message_id).reason == "render_failed"
    assert "LookupError" in caplog.text
    assert "Ane" not in caplog.text


def test_a_text_that_can_never_be_made_ends_as_failed(office: Office) -> None:
    message_id = office.enqueue()
    office.hooks.answer = LookupError()
    for delay in (timedelta(), *DELAYS):
        office.deliver(after=delay)
    message = office.message(message_id)
    assert (message.status, message.reason, message.due_at) == (Status.FAILED, "render_failed", None)


def test_a_busy_provider_is_tried_again_by_the_schedule_and_then_given_up(office: Office) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [BUSY] * 7
    for delay in (timedelta(), *DELAYS):
        assert office.deliver(after=delay - timedelta(seconds=1)) == {} or delay == timedelta()
        office.deliver(after=timedelta(seconds=1))
    message = office.message(message_id)
    assert len(office.gateway.sent) == 7
    assert (message.status, message.reason) == (Status.FAILED, Trouble.PROVIDER_DOWN)
    assert message.possible_duplicates == 0


def test_we_wait_for_as_long_as_the_provider_asks(office: Office) -> None:
    office.enqueue()
    office.gateway.outcomes = [Busy(Trouble.TOO_MANY_REQUESTS, retry_after=5 * MINUTE)]
    office.deliver()
    assert office.deliver(after=4 * MINUTE) == {}
    assert office.deliver(after=MINUTE) == {Result.SENT: 1}


def test_a_busy_gateway_is_not_asked_again_for_the_rest_of_the_round(office: Office) -> None:
    ids = [office.enqueue(f"m:{number}") for number in range(4)]
    office.gateway.outcomes = [Accepted("first"), BUSY]
    results = office.deliver()
    assert (results[Result.SENT], results[Result.BUSY], len(office.gateway.sent)) == (1, 1, 2)
    assert [office.message(each).attempts for each in ids] == [1, 1, 0, 0]
    assert office.deliver(after=DELAYS[0]) == {Result.SENT: 3}


def test_wrong_credentials_lose_no_message_however_long_they_stay_wrong(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = office.enqueue()
    office.gateway.outcomes = [Busy(Trouble.CREDENTIALS, code="20003", alarm=True)] * 20
    for _ in range(20):
        office.deliver(after=MINUTE)
    assert office.message(message_id).status is Status.QUEUED
    assert "needs a person" in caplog.text
    assert office.deliver(after=MINUTE) == {Result.SENT: 1}
    assert office.message(message_id).error_code is None


def test_a_refused_message_is_failed_and_the_portal_is_told(office: Office) -> None:
    message_id = office.enqueue()
    refusal = Refused("21610", Trouble.OPTED_OUT, permanent=True, opted_out=True)
    office.gateway.outcomes = [refusal]
    assert office.deliver() == {Result.REFUSED: 1}
    message = office.message(message_id)
    assert (message.status, message.error_code, message.reason) == (Status.FAILED, "21610", "opted_out")
    assert office.hooks.refusals == [refusal]
