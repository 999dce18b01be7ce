from portal.domain.absence import Place
from portal.domain.handover import may_take_all, may_take_over

OURS, OTHER = Place(1, is_supplier=False), Place(2, is_supplier=False)
SUPPLIER, RIVAL = Place(3, is_supplier=True), Place(4, is_supplier=True)
NOWHERE = Place(None, is_supplier=False)


def test_teams_of_the_municipality_take_over_from_each_other_and_from_themselves() -> None:
    assert may_take_over(OURS, OURS)
    assert may_take_over(OURS, OTHER)


def test_a_supplier_gets_citizens_from_the_municipality_and_gives_them_back() -> None:
    assert may_take_over(OURS, SUPPLIER)
    assert may_take_over(SUPPLIER, OURS)
    assert may_take_over(SUPPLIER, SUPPLIER)


def test_no_citizen_goes_from_one_supplier_to_another() -> None:
    assert not may_take_over(SUPPLIER, RIVAL)
    assert not may_take_all([OURS, SUPPLIER], RIVAL)


def test_who_has_no_team_takes_nobody_over() -> None:
    assert not may_take_over(OURS, NOWHERE)
    assert not may_take_over(NOWHERE, OURS)
