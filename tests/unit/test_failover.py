"""Two gateways as one: nothing that one may have is ever given to the other."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messaging import outcomes
from messaging.failover import REST, FailoverGateway
from messaging.gateway import Accepted, Busy, Outcome, OutgoingSms, Refused, Trouble, Unsure
from messaging.message import Status
from messaging.outbox import OutboxMessage
from tests.doubles.gateway import ScriptedGateway

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
SMS = OutgoingSms("+4510123456", "Aakoebing", "Hej Ane", "ref-1")
DOWN = Busy(Trouble.NO_CONNECTION)
UNSURE = Unsure(Trouble.NO_ANSWER)
REFUSED = Refused("21617", Trouble.REFUSED)
YES = Accepted("id-1")


@dataclass
class Pair:
    """Two gateways that answer as they are told, and the clock of the one that they make."""

    first: ScriptedGateway = field(default_factory=lambda: ScriptedGateway(name="first"))
    second: ScriptedGateway = field(default_factory=lambda: ScriptedGateway(name="second"))
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.both = FailoverGateway(
            self.first, self.second, lambda sender: not sender.startswith("+"), lambda: self.seconds
        )

    def send(self, sms: OutgoingSms = SMS, *, first: Outcome = YES, second: Outcome = YES) -> Outcome:
        self.first.outcomes, self.second.outcomes = [first], [second]
        return self.both.send(sms)

    @property
    def asked(self) -> tuple[int, int]:
        return len(self.first.sent), len(self.second.sent)


def test_the_first_sends_while_it_can() -> None:
    pair = Pair()
    assert pair.send() == Accepted("id-1", by="first")
    assert pair.asked == (1, 0)


def test_what_the_first_has_certainly_not_taken_goes_to_the_second() -> None:
    pair = Pair()
    assert pair.send(first=DOWN) == Accepted("id-1", by="second")
    assert pair.asked == (1, 1)


@pytest.mark.parametrize("outcome", [UNSURE, REFUSED])
def test_what_the_first_may_have_taken_or_will_not_have_stays_there(outcome: Outcome) -> None:
    pair = Pair()
    assert pair.send(first=outcome).by == "first"
    assert pair.asked == (1, 0)


@pytest.mark.parametrize(("open_at", "asked"), [("first", (1, 0)), ("", (1, 0)), ("second", (0, 1))])
def test_a_message_with_an_open_try_goes_to_no_other_gateway(open_at: str, asked: tuple[int, int]) -> None:
    pair = Pair()
    pair.send(OutgoingSms("+4510123456", "Aakoebing", "Hej", "ref", perhaps_at=open_at), first=DOWN)
    assert pair.asked == asked


def test_a_conversation_waits_for_the_gateway_that_has_its_number_and_holds_up_nobody_else() -> None:
    pair = Pair()
    sms = OutgoingSms("+4510123456", "+4510900000", "Hej", "ref")
    assert pair.send(sms, first=DOWN) == Busy(Trouble.NO_CONNECTION, others_may_go=True, by="first")
    assert pair.asked == (1, 0)


def test_a_gateway_that_was_down_is_left_alone_for_a_while() -> None:
    pair = Pair()
    pair.send(first=DOWN)
    pair.seconds = REST.total_seconds() - 1
    assert pair.send().by == "second"
    assert pair.asked == (1, 2)
    pair.seconds += 1
    assert pair.send().by == "first"


def test_a_gateway_that_says_when_to_come_back_is_left_alone_for_as_long_up_to_five_minutes() -> None:
    pair = Pair()
    pair.send(first=Busy(Trouble.TOO_MANY_REQUESTS, retry_after=timedelta(hours=2)))
    pair.seconds = 299
    assert pair.send().by == "second"
    pair.seconds = 300
    assert pair.send().by == "first"


def test_what_only_concerns_one_message_does_not_rest_the_gateway() -> None:
    pair = Pair()
    assert pair.send(first=Busy(Trouble.TOO_MANY_REQUESTS, others_may_go=True)).by == "second"
    assert pair.send().by == "first"


def test_wrong_credentials_call_for_a_person_though_the_other_carried_the_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pair = Pair()
    with caplog.at_level(logging.ERROR):
        outcome = pair.send(first=Busy(Trouble.CREDENTIALS, code="20003", alarm=True))
    assert outcome == Accepted("id-1", by="second")
    assert caplog.messages == ["gateway first needs a person: credentials 20003"]


def test_where_both_are_busy_the_message_waits_and_a_fault_of_ours_costs_it_no_try() -> None:
    pair = Pair()
    wrong = Busy(Trouble.CREDENTIALS, alarm=True)
    expected = Busy(Trouble.NO_CONNECTION, alarm=True, by="second")
    assert pair.send(first=wrong, second=DOWN) == expected
    assert pair.send(second=DOWN) == expected
    assert pair.asked == (1, 2)


OUTCOMES = st.sampled_from([YES, DOWN, UNSURE, REFUSED, Busy(Trouble.CREDENTIALS, alarm=True)])


@dataclass(frozen=True)
class Try:
    """What each gateway would answer, whether the worker dies before it writes that down, and the time since."""

    first: Outcome
    second: Outcome
    worker_dies: bool
    seconds: int


TRIES = st.builds(Try, OUTCOMES, OUTCOMES, st.booleans(), st.integers(0, 90))


@given(st.lists(TRIES, max_size=12))
@example([Try(DOWN, DOWN, False, 0), Try(UNSURE, YES, True, 90), Try(DOWN, YES, False, 90)])
def test_a_message_that_the_first_may_have_taken_is_never_given_to_the_second(tries: list[Try]) -> None:
    """Whatever is answered, and whenever a worker dies: the row alone remembers from one try to the next."""
    pair, message = Pair(), a_message()
    first_may_have_it = second_is_known_to = False
    for each in tries:
        if message.due_at is None:
            break
        before = pair.asked
        pair.seconds += each.seconds
        outcome = one_try(pair, message, each)
        asked_first, asked_second = (now > then for now, then in zip(pair.asked, before, strict=True))
        assert not (asked_second and first_may_have_it)
        assert not (asked_first and second_is_known_to)
        assert not (asked_first and asked_second and not isinstance(each.first, Busy))
        first_may_have_it |= asked_first and not isinstance(each.first, Busy | Refused)
        # Where its worker died, nobody can know that it was the second: that window is counted as a duplicate.
        second_is_known_to |= isinstance(outcome, Unsure) and outcome.by == "second" and not each.worker_dies


def one_try(pair: Pair, message: OutboxMessage, each: Try) -> Outcome:
    perhaps_at = message.perhaps_at
    outcomes.begin_sending(message, 1, NOW)
    sms = OutgoingSms("+4510123456", "Aakoebing", "Hej", message.reference, perhaps_at)
    outcome = pair.send(sms, first=each.first, second=each.second)
    if not each.worker_dies:
        outcomes.record(message, pair.both.name, outcome, NOW)
    return outcome


def a_message() -> OutboxMessage:
    return OutboxMessage(
        status=Status.QUEUED, due_at=NOW, attempts=0, possible_duplicates=0, reference="ref-1", gateway=None
    )
