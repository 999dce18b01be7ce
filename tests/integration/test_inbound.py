"""Incoming SMS on both databases: stored first, handed over once, never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import NoResultFound

from database.encryption import blind_index
from database.engine import Database
from database.tenancy import TenantSession
from messaging import inbound
from messaging.gateway import InboundSms
from messaging.inbound import PHONE_INDEX, InboundMessage, Swept, process, store, sweep
from tests.conftest import NOW, add_municipality
from tests.integration.test_delivery_together import count_statements

SMS = InboundSms("twilio", "SM1", "+4510123456", "+4510900000", "Det gik godt")


@dataclass
class Handler:
    """Remembers what it was handed; `trouble` makes it fail."""

    heard: list[tuple[str, str]] = field(default_factory=list)
    trouble: Exception | None = None

    def stop(self, session: TenantSession, message: InboundMessage) -> None:
        self._hear("stop", message)

    def start(self, session: TenantSession, message: InboundMessage) -> None:
        self._hear("start", message)

    def reply(self, session: TenantSession, message: InboundMessage) -> None:
        self._hear("reply", message)

    def _hear(self, what: str, message: InboundMessage) -> None:
        if self.trouble:
            raise self.trouble
        self.heard.append((what, message.text))


@pytest.fixture
def keep(database: Database, municipality: int) -> Callable[..., int]:
    def keep(sms: InboundSms = SMS) -> int:
        with database.write(municipality) as session:
            return store(session, sms, NOW).message_id

    return keep


def test_a_message_is_kept_before_anything_is_decided(
    database: Database, municipality: int, keep: Callable[..., int]
) -> None:
    message_id = keep()
    with database.read(municipality) as session:
        message = session.get_one(InboundMessage, message_id)
    assert (message.sender, message.recipient, message.text) == (SMS.from_, SMS.to, SMS.text)
    assert message.sender_index == blind_index(PHONE_INDEX, SMS.from_)
    assert (message.processed_at, message.due_at) == (None, NOW)


def test_text_and_number_are_not_readable_in_the_database(
    database: Database, keep: Callable[..., int]
) -> None:
    keep()
    with database.engine.connect() as connection:
        row = str(connection.execute(text("SELECT sender, text FROM inbound_messages")).one())
    assert "godt" not in row
    assert "20123456" not in row


def test_cpr_like_digits_are_masked_before_they_are_stored(
    database: Database, municipality: int, keep: Callable[..., int]
) -> None:
    message_id = keep(replace(SMS, text="Jeg er 010190-1234"))
    with database.read(municipality) as session:
        message = session.get_one(InboundMessage, message_id)
    assert (message.text, message.masked_numbers) == ("Jeg er ******-****", 1)


def test_a_replayed_webhook_is_the_same_message(
    database: Database, municipality: int, keep: Callable[..., int]
) -> None:
    first = keep()
    with database.write(municipality) as session:
        again = store(session, SMS, NOW + timedelta(hours=1))
        assert (again.message_id, again.is_new) == (first, False)
        assert session.scalar(select(func.count()).select_from(InboundMessage)) == 1


def test_the_same_words_an_hour_later_are_a_second_message(keep: Callable[..., int]) -> None:
    assert keep(replace(SMS, text="ja")) != keep(replace(SMS, text="ja", provider_id="SM2"))


def test_a_message_is_handed_over_once(
    database: Database, municipality: int, keep: Callable[..., int]
) -> None:
    message_id, handler = keep(), Handler()
    for _ in range(2):
        with database.write(municipality) as session:
            process(session, message_id, handler, NOW)
    assert handler.heard == [("reply", "Det gik godt")]
    assert sweep(database, database.write, handler, NOW).came_through == 0


@pytest.mark.parametrize(
    ("words", "what"), [("STOP!", "stop"), ("Старт", "start"), ("stop lige", "reply"), ("", "reply")]
)
def test_stop_and_start_are_handed_over_as_what_they_are(
    database: Database, municipality: int, keep: Callable[..., int], words: str, what: str
) -> None:
    message_id, handler = keep(replace(SMS, text=words)), Handler()
    with database.write(municipality) as session:
        assert process(session, message_id, handler, NOW)
    assert handler.heard == [(what, words)]


def test_what_was_stored_when_the_process_died_is_processed_by_the_sweep(
    database: Database, keep: Callable[..., int]
) -> None:
    keep()
    handler = Handler()
    assert sweep(database, database.write, handler, NOW).came_through == 1
    assert handler.heard == [("reply", "Det gik godt")]


def test_a_handler_that_fails_leaves_nothing_half_done_and_is_tried_again(
    database: Database, municipality: int, keep: Callable[..., int], caplog: pytest.LogCaptureFixture
) -> None:
    keep()
    keep(replace(SMS, provider_id="SM2"))
    handler = Handler(trouble=LookupError("Det gik godt"))
    assert sweep(database, database.write, handler, NOW).came_through == 0
    assert "LookupError" in caplog.text
    assert "godt" not in caplog.text
    handler.trouble = None
    assert sweep(database, database.write, handler, NOW + timedelta(seconds=29)).came_through == 0
    assert sweep(database, database.write, handler, NOW + timedelta(seconds=30)).came_through == 2


def test_a_message_that_always_fails_is_never_dropped(
    database: Database, municipality: int, keep: Callable[..., int]
) -> None:
    message_id, handler = keep(), Handler(trouble=LookupError())
    for day in range(20):
        sweep(database, database.write, handler, NOW + timedelta(days=2 * day))
    with database.read(municipality) as session:
        message = session.get_one(InboundMessage, message_id)
    assert message.attempts == 20
    assert message.due_at is not None


def test_an_sms_is_kept_by_one_statement(
    database: Database, keep: Callable[..., int], municipality: int
) -> None:
    statements = count_statements(database)
    keep()
    assert len([each for each in statements if not each.startswith("BEGIN")]) == 1


def test_the_providers_id_in_another_municipality_is_no_replay(
    database: Database, keep: Callable[..., int]
) -> None:
    keep()
    other = add_municipality(database, "boekoebing", "+4510900001")
    with pytest.raises(NoResultFound), database.write(other) as session:
        store(session, SMS, NOW)


def test_who_sweeps_is_told_that_more_may_wait(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "AT_ONCE", 2)
    for number in range(3):
        keep(replace(SMS, provider_id=f"SM{number}"))
    handler = Handler()
    assert sweep(database, database.write, handler, NOW) == Swept(2, more=True)
    assert sweep(database, database.write, handler, NOW) == Swept(1, more=False)
    assert len(handler.heard) == 3


def test_those_that_all_fail_are_not_looked_for_again_at_once(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "AT_ONCE", 1)
    keep()
    failing = Handler(trouble=LookupError())
    assert sweep(database, database.write, failing, NOW) == Swept(0, more=False)
