"""Each page of a citizen's says who sees it, in words of its own and in her language."""

from __future__ import annotations

from flask import Flask

from i18n.texts import shipped_catalogs
from portal.app import ROOT
from portal.web.citizen.who_sees import BY_VIEW, IN_THEIR_OWN_WORDS, SEEN

NO_PAGES = {
    *(
        "open_file",
        "save_to_calendar",
        "show_logo",
        "play_recording",
        "listen",
        "show_statement",
        "resume_form",
    ),
    *("leave_for_mitid", "leave_broker"),
}
"""Views that answer with a file, or lead to another page and never show one of their own."""


def views_of_citizens(app: Flask) -> set[str]:
    return {name.removeprefix("citizen.") for name in app.view_functions if name.startswith("citizen.")}


def leads_on(app: Flask, view: str) -> bool:
    """A view that only takes a POST and is not named here is taken for one that leads on."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint == f"citizen.{view}"]
    return all("GET" not in (rule.methods or ()) for rule in rules)


def test_every_page_of_a_citizen_says_who_sees_it(app: Flask) -> None:
    silent = {
        view for view in views_of_citizens(app) - set(BY_VIEW) - IN_THEIR_OWN_WORDS if not leads_on(app, view)
    }
    assert silent - NO_PAGES == set()


def test_no_line_is_about_a_page_that_is_not_there(app: Flask) -> None:
    assert (set(BY_VIEW) | IN_THEIR_OWN_WORDS) - views_of_citizens(app) == set()
    assert not set(BY_VIEW) & IN_THEIR_OWN_WORDS


def test_no_view_stands_in_two_lines() -> None:
    assert len(BY_VIEW) == sum(len(views) for views in SEEN.values())


def test_every_line_has_its_words_and_no_two_say_the_same() -> None:
    catalogs = shipped_catalogs()
    for code in ("da", "en"):
        said = [catalogs.entries[code][f"who_sees.page.{key}"].forms for key in SEEN]
        assert len(set(said)) == len(SEEN)


def test_a_page_that_says_it_in_its_own_words_does_say_it() -> None:
    pages = ROOT / "templates" / "pages" / "citizen"
    for page in [*pages.glob("diary*.html"), *pages.glob("goal*.html")]:
        assert 't("who_sees.title")' in page.read_text(encoding="utf-8"), page
