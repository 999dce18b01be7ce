"""Where each text is met."""

from __future__ import annotations

import pytest

from i18n.checks import met_by_citizens
from i18n.locales import DEFAULT
from i18n.texts import shipped_catalogs
from portal.services.specimen import places
from portal.services.specimen.marks import Shown
from portal.services.specimen.pages import GROUPS, PAGES


def test_every_text_that_a_citizen_may_meet_stands_on_a_page_that_can_be_looked_at() -> None:
    hers = met_by_citizens(shipped_catalogs())
    assert [key for key in hers if not places.places(key)] == []


def test_only_what_tells_of_a_translation_is_not_seen_in_danish() -> None:
    hers = met_by_citizens(shipped_catalogs())
    unseen = {key for key in hers if all(each.shown is Shown.ABROAD for each in places.places(key))}
    told_of = {f"common.language.{name}" for name in ("not_translated", "some_danish", "draft")}
    assert unseen == told_of | {"citizen.welcome.form_in_danish"}


def test_a_text_is_first_told_of_where_it_is_read() -> None:
    found = places.places("citizen_home.home.hello")
    assert (found[0].page, found[0].shown) == ("home", Shown.READ)


def test_a_text_in_the_head_of_a_page_comes_before_one_at_its_foot() -> None:
    first = next(each for each in places.places("citizen_home.home.hello") if each.page == "home")
    last = next(each for each in places.places("public.foot.privacy") if each.page == "home")
    assert first.order < last.order


def test_a_text_that_only_comes_when_something_goes_wrong_stands_on_a_page_where_it_has() -> None:
    assert places.places("thread.file.refused.locked")[0].page == "thread_file_locked"


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("form.f.q.label", "skema.f.q"),
        ("form.f.q.hint", "skema.f.q"),
        ("form.f.g.page", "skema.f.g"),
        ("form.f.q.choice.yes", "skema.f.q"),
        ("form.f.q.required", "skema.f.q.required"),
        ("form.f.q.constraint", "skema.f.q.constraint"),
        ("form.f.title", "skema.f"),
    ],
)
def test_a_text_of_a_form_stands_on_the_page_of_its_question(key: str, page: str) -> None:
    assert [each.page for each in places.places(key)] == [page]


def test_a_text_that_nobody_knows_stands_nowhere() -> None:
    assert places.places("no.such.text") == ()


def test_every_page_and_group_has_a_plain_name() -> None:
    danish = shipped_catalogs().entries[DEFAULT]
    named = {f"specimen.page.{name}" for name in PAGES} | {f"specimen.group.{name}" for name in GROUPS}
    assert named == {key for key in danish if key.startswith(("specimen.page.", "specimen.group."))}


def test_no_two_pages_are_called_the_same() -> None:
    danish = shipped_catalogs().entries[DEFAULT]
    names = [danish[f"specimen.page.{name}"].forms[0] for name in PAGES]
    assert sorted(names) == sorted(set(names))


def test_no_page_is_named_twice() -> None:
    assert len(PAGES) == sum(map(len, GROUPS.values()))
