import pytest

from i18n.directions import unguarded


def test_a_name_in_a_text_is_unguarded_until_something_isolates_it() -> None:
    assert unguarded(("مرحبا {name}",)) == {"name"}


@pytest.mark.parametrize("opening", ["\u2066", "\u2067", "\u2068"])
def test_a_text_may_isolate_it_itself(opening: str) -> None:
    assert unguarded((f"مرحبا {opening}{{name}}\u2069",)) == frozenset()


def test_one_form_that_does_not_is_enough() -> None:
    assert unguarded(("\u2068{name}\u2069", "{name}")) == {"name"}


def test_numbers_days_and_the_link_at_the_end_do_not_mix() -> None:
    assert unguarded(("{n} {minutes} {day}: {link}",)) == frozenset()
