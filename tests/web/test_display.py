"""Visning: chosen without a script, kept on the phone, and seen on every page for citizens."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from portal.web.citizen.display import known


def classes(page: str) -> list[str]:
    found = re.search(r'<html[^>]*? class="([^"]*)"', page)
    return found[1].split() if found else []


def test_nothing_is_chosen_to_begin_with_and_the_page_follows_the_phone(client: FlaskClient) -> None:
    page = client.get("/aegte").text
    assert classes(page) == [] and "display." not in page
    assert '<meta name="color-scheme" content="light dark">' in page


def test_what_is_chosen_stands_on_every_page_from_then_on(client: FlaskClient) -> None:
    client.post("/visning", data={"mark": ["large", "hand"], "theme": "dark"})
    for address in ("/aegte", "/kode", "/visning"):
        page = client.get(address).text
        assert classes(page) == ["dark", "large", "hand"]
        assert '<meta name="color-scheme" content="dark">' in page
        assert page.count('rel="stylesheet"') == 2


def test_the_choice_is_kept_for_a_year_on_the_phone_and_says_nothing_of_her(client: FlaskClient) -> None:
    cookie = client.post("/visning", data={"mark": "contrast"}).headers["Set-Cookie"]
    assert cookie.startswith("visning=contrast;")
    for part in ("Max-Age=31536000", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie


def test_a_choice_of_nothing_takes_the_cookie_away(client: FlaskClient) -> None:
    client.post("/visning", data={"mark": "large"})
    client.post("/visning", data={"theme": ""})
    assert client.get_cookie("visning") is None


def test_the_page_shows_what_is_chosen(client: FlaskClient) -> None:
    client.post("/visning", data={"mark": "aloud", "theme": "light"})
    page = client.get("/visning").text
    assert re.findall(r'value="(\w*)" checked', page) == ["aloud", "light"]


def test_she_comes_back_to_the_page_she_came_from(client: FlaskClient) -> None:
    assert 'href="/visning?fra=/kode/brev"' in client.get("/kode/brev").text
    assert 'name="fra" value="/kode/brev"' in client.get("/visning?fra=/kode/brev").text
    assert client.post("/visning", data={"fra": "/kode/brev"}).location == "/kode/brev"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/borgere",
        "/farvel",
        "/visning",
        "/x y",
        "/aegte\r\nX: y",
    ],
)
def test_no_other_place_than_a_citizens_page_is_gone_to(client: FlaskClient, elsewhere: str) -> None:
    answer = client.post("/visning", data={"fra": elsewhere})
    assert answer.location == "/visning?gemt=1"
    assert 'role="status"' in client.get(answer.location).text


@pytest.mark.parametrize(
    ("cookie", "chosen"),
    [
        ("", ()),
        ("hand.large", ("large", "hand")),
        ("dark.light.dark", ("light",)),
        ('"><script>.large', ("large",)),
        ("large.large.wide", ("large",)),
    ],
)
def test_a_cookie_that_somebody_has_changed_does_no_harm(cookie: str, chosen: tuple[str, ...]) -> None:
    assert known(cookie.split(".")) == chosen


def test_a_page_that_is_read_aloud_on_request_has_the_script_only_then(client: FlaskClient) -> None:
    assert "aloud." not in client.get("/aegte").text
    client.post("/visning", data={"mark": "aloud"})
    page = client.get("/aegte").text
    assert page.count('<template id="aloud"') == 1 and page.count("/static/aloud.") == 1


def test_staff_pages_are_not_touched(client: FlaskClient) -> None:
    client.post("/visning", data={"mark": "large"})
    assert classes(client.get("/log-ind").text) == []


def test_a_page_that_is_not_there_does_not_say_its_address_back(client: FlaskClient) -> None:
    assert "/nowhere" not in client.get("/nowhere/at/all").text
