import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.founding import is_name, is_sender, is_slug, slug_from, tidy


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Åkøbing Kommune", "aakoebing"),
        ("Nordby", "nordby"),
        ("Ærø-Søby kommune", "aeroe-soeby"),
        ("Kommune", "kommune"),
        ("...", ""),
    ],
)
def test_a_short_name_is_made_of_the_name(name: str, slug: str) -> None:
    assert slug_from(name) == slug


@given(st.text(max_size=120))
def test_what_is_made_of_any_name_is_a_short_name_unless_nothing_or_a_digit_is_left(name: str) -> None:
    slug = slug_from(tidy(name))
    assert slug == "" or slug[0].isdigit() or is_slug(slug)


@pytest.mark.parametrize("slug", ["a", "aakoebing", "nord-by2"])
def test_a_short_name_is_of_small_letters_digits_and_hyphens(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize("slug", ["", "2by", "Nordby", "nord--by", "nord-", "å", "a/b", "a" * 41, "nordby\n"])
def test_what_could_not_stand_in_an_address_is_no_short_name(slug: str) -> None:
    assert not is_slug(slug)


@pytest.mark.parametrize("sender", ["N", "Nordby", "Job Nordby", "24timer"])
def test_a_sender_is_what_every_network_carries(sender: str) -> None:
    assert is_sender(sender)


@pytest.mark.parametrize("sender", ["", "Nordby Jobcenter", "Åby", "12345", "Job+By", " Nordby", "Nordby\n"])
def test_a_sender_that_a_network_would_drop_or_change_is_none(sender: str) -> None:
    assert not is_sender(sender)


def test_a_name_is_one_line_that_can_be_printed() -> None:
    assert is_name("Åkøbing Kommune")
    assert not any(map(is_name, ["", "x" * 81, "to\nlinjer"]))
