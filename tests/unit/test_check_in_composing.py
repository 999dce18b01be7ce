"""What can be asked by SMS, and of whom: looked at before anything is stored."""

import pytest

from portal.domain.check_ins import TEMPLATES, calls_for_a_person
from portal.domain.replies import ReplyKind
from portal.services.check_in_composing import NewQuestion, NotComposedReason, look_at, shipped
from portal.services.check_ins import NotAskedReason, why_not
from portal.store.people import Citizen
from tests.conftest import NOW

OURS = "+4510900000"


def own_words(text: str) -> NewQuestion:
    return NewQuestion(ReplyKind.YES_NO, text=text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Se https://aakoebing.dk/kort", NotComposedReason.NOT_BY_SMS),
        ("Er 010190-1234 dit nummer?", NotComposedReason.NOT_BY_SMS),
        ("Er du stadig sygemeldt?", NotComposedReason.LOOK_AGAIN),
        ("   ", NotComposedReason.EMPTY),
        ("x" * 201, NotComposedReason.TOO_LONG),
    ],
)
def test_what_does_not_belong_in_an_sms_is_refused_where_it_stands(
    text: str, reason: NotComposedReason
) -> None:
    refusal = look_at([shipped("journey"), own_words(text)], confirmed=False)
    assert refusal is not None
    assert (refusal.reason, refusal.place) == (reason, 1)


def test_private_words_are_taken_when_they_are_confirmed_and_a_link_is_not() -> None:
    assert look_at([own_words("Er du stadig sygemeldt?")], confirmed=True) is None
    assert look_at([own_words("Se https://aakoebing.dk")], confirmed=True) is not None


def test_no_question_is_no_check_in() -> None:
    refusal = look_at([], confirmed=False)
    assert refusal is not None and refusal.reason is NotComposedReason.EMPTY


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_ships_needs_no_second_look(name: str) -> None:
    assert look_at([shipped(name)], confirmed=False) is None


@pytest.mark.parametrize(
    ("values", "reply_number", "reason"),
    [
        ({}, OURS, None),
        ({}, None, NotAskedReason.NO_REPLY_NUMBER),
        ({"opted_out_at": NOW}, OURS, NotAskedReason.OPTED_OUT),
        ({"frozen_at": NOW}, OURS, NotAskedReason.NUMBER_FROZEN),
        ({"standing": "exempt"}, OURS, NotAskedReason.EXEMPT),
        ({"standing": "dropped_out"}, OURS, NotAskedReason.DROPPED_OUT),
    ],
)
def test_who_cannot_be_asked_is_not_and_the_reason_is_named(
    values: dict[str, object], reply_number: str | None, reason: NotAskedReason | None
) -> None:
    assert why_not(Citizen(**{"standing": "active", **values}), reply_number) is reason


@pytest.mark.parametrize(
    ("kind", "value", "calls"),
    [
        (ReplyKind.YES_NO, "no", True),
        (ReplyKind.YES_NO, "yes", False),
        (ReplyKind.NUMBER, "1", True),
        (ReplyKind.NUMBER, "2", True),
        (ReplyKind.NUMBER, "3", False),
        (ReplyKind.FREE, None, False),
    ],
)
def test_a_no_and_a_low_number_call_for_a_person(kind: ReplyKind, value: str | None, calls: bool) -> None:
    assert calls_for_a_person(kind, value) is calls
