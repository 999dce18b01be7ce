from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.invitations import InvitationSteps
from portal.domain.response_rates import (
    Funnel,
    Rate,
    SupplierLine,
    Withheld,
    compare_suppliers,
    funnel,
)

NOON = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
MAYBE = st.none() | st.just(NOON)
STEPS = st.builds(InvitationSteps, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
RATES = st.integers(0, 3000).flatmap(
    lambda total: st.builds(Rate, st.integers(0, total), st.just(total), st.just("sent"))
)


@pytest.mark.parametrize(
    ("count", "total", "denominator", "share"),
    [(217, 772, "created", 28.1), (321, 772, "created", 41.6), (241, 321, "used it", 75.1)],
)
def test_the_published_rates_come_out(count: int, total: int, denominator: str, share: float) -> None:
    assert 100 * (Rate(count, total, denominator).share or 0) == pytest.approx(share, abs=0.05)


def test_the_published_interval_comes_out() -> None:
    interval = Rate(217, 772, "created").interval
    assert interval is not None
    assert round(100 * interval.low, 1) == 25.1
    assert round(100 * interval.high, 1) == 31.4


@given(RATES)
def test_an_interval_contains_its_rate_and_stays_between_none_and_all(rate: Rate) -> None:
    if rate.share is None or rate.interval is None:
        assert rate.total == 0
        return
    assert 0 <= rate.interval.low <= rate.share <= rate.interval.high <= 1
    assert rate.interval.low < rate.interval.high


@given(RATES.filter(lambda rate: rate.total > 0), st.integers(2, 50))
def test_more_answers_in_the_same_share_give_a_narrower_interval(rate: Rate, times: int) -> None:
    narrow = Rate(rate.count * times, rate.total * times, rate.denominator).interval
    wide = rate.interval
    assert narrow is not None
    assert wide is not None
    assert narrow.high - narrow.low < wide.high - wide.low


def test_a_rate_of_nobody_has_no_share_and_no_interval() -> None:
    nobody = Rate(0, 0, "sent")
    assert nobody.share is None
    assert nobody.interval is None


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5)])
def test_more_than_all_and_less_than_none_is_no_rate(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="no rate"):
        Rate(count, total, "sent")


def test_the_funnel_counts_how_far_each_invitation_came() -> None:
    invitations = [
        InvitationSteps(),
        InvitationSteps(NOON),
        InvitationSteps(NOON, NOON),
        InvitationSteps(NOON, NOON, NOON),
        InvitationSteps(NOON, NOON, NOON, NOON),
        InvitationSteps(NOON, NOON, NOON, NOON, NOON),
    ]
    assert funnel(invitations) == Funnel(sent=5, delivered=4, opened=3, started=2, finished=1)


def test_a_finished_form_counts_as_opened_even_if_no_receipt_ever_came() -> None:
    assert funnel([InvitationSteps(NOON, finished_at=NOON)]) == Funnel(1, 1, 1, 1, 1)


@given(st.lists(STEPS, max_size=20))
def test_the_funnel_never_widens(invitations: list[InvitationSteps]) -> None:
    counted = funnel(invitations)
    numbers = [counted.sent, counted.delivered, counted.opened, counted.started, counted.finished]
    assert numbers == sorted(numbers, reverse=True)
    assert counted.sent <= len(invitations)


def test_every_rate_of_the_funnel_names_its_denominator() -> None:
    rates = Funnel(sent=10, delivered=8, opened=6, started=5, finished=4).of_sent()
    assert [rate.count for rate in rates] == [8, 6, 5, 4]
    assert {(rate.total, rate.denominator) for rate in rates} == {(10, "sent")}


def test_suppliers_stand_in_the_order_of_the_alphabet_and_not_of_their_rates() -> None:
    rates = {"berg": Rate(10, 40, "sent"), "Alm": Rate(20, 40, "sent"), "Carl": Rate(30, 40, "sent")}
    assert [line.supplier for line in compare_suppliers(rates)] == ["Alm", "berg", "Carl"]


@pytest.mark.parametrize(
    ("rate", "withheld"),
    [
        (Rate(10, 20, "sent"), None),
        (Rate(10, 19, "sent"), Withheld.TOO_FEW),
        (Rate(0, 0, "sent"), Withheld.TOO_FEW),
        (Rate(5, 20, "sent"), None),
        (Rate(4, 20, "sent"), Withheld.SMALL_CELL),
        (Rate(15, 20, "sent"), None),
        (Rate(16, 20, "sent"), Withheld.SMALL_CELL),
    ],
)
def test_a_supplier_is_compared_from_twenty_asked_and_without_small_cells(
    rate: Rate, withheld: Withheld | None
) -> None:
    shown = rate if withheld is None else None
    assert compare_suppliers({"Alm": rate}) == (SupplierLine("Alm", shown, withheld),)
