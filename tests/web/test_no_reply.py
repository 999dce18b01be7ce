"""«Kræver ikke svar» on the caseworker's page of a thread, and what the citizen sees of it."""

import re
from html import unescape

from database.engine import Database
from tests.web.conftest import sign_in_as
from tests.web.test_staff_thread import Desk, desk

assert desk  # a fixture that this module borrows

MARK, UNDO = "Kræver ikke svar</button>", "Fortryd: kræver svar</button>"


def press(desk: Desk, page: str, path: str = "") -> str:
    shown = re.search(rf'samtale/uden-svar{path}".*?name="vist" value="(\d+)"', page, re.DOTALL)
    data = {"vist": shown[1]} if shown else {}
    answer = desk.client.post(f"{desk.address}/uden-svar{path}", data=data, follow_redirects=True)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def test_the_button_is_there_while_somebody_waits(desk: Desk) -> None:
    assert MARK not in desk.page()
    desk.hear("Tak!")
    page = desk.page()
    assert MARK in page and UNDO not in page


def test_a_thank_you_is_let_be_said_in_the_thread_and_undone(desk: Desk) -> None:
    desk.hear("Tak!")
    page = press(desk, desk.page())
    assert "Ingen venter på svar" in page and "Beskeden er læst og kræver ikke svar" in page
    assert UNDO in page and MARK not in page
    page = press(desk, page, "/fortryd")
    assert "Beskeden venter på svar igen" in page and MARK in page
    assert "thread.no_reply" in desk.actions() and "thread.no_reply_undone" in desk.actions()


def test_a_message_that_came_meanwhile_is_to_be_read_first(desk: Desk) -> None:
    desk.hear("Tak!")
    page = desk.page()
    desk.hear("Og hvornår mødes vi?")
    page = press(desk, page)
    assert "Der er kommet en ny besked" in page and "Og hvornår mødes vi?" in page and MARK in page


def test_an_older_piece_of_the_thread_has_no_button_that_would_judge_what_it_does_not_show(
    desk: Desk,
) -> None:
    desk.hear("Tak!")
    last = desk.entries()[-1].id
    page = unescape(desk.client.get(f"{desk.address}?foer={last + 1}").get_data(as_text=True))
    assert "Svar senest" in page and MARK not in page


def test_who_may_not_see_the_thread_may_not_let_it_be(desk: Desk, database: Database) -> None:
    desk.hear("Tak!")
    sign_in_as(desk.client, database, desk.other_team)
    answers = [desk.client.post(f"{desk.address}/uden-svar{path}") for path in ("", "/fortryd")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(desk.entries()) == 1


def test_words_of_crisis_are_seen_to_first(desk: Desk) -> None:
    desk.hear("Jeg har ikke lyst til at leve mere")
    page = desk.page()
    assert "Svar senest" in page and MARK not in page
    shown = desk.entries()[-1].id
    answer = desk.client.post(f"{desk.address}/uden-svar", data={"vist": shown}, follow_redirects=True)
    assert "Tag dig af den først" in unescape(answer.get_data(as_text=True))
    assert "no_reply" not in [entry.kind for entry in desk.entries()]
