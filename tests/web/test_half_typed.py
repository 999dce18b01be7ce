"""What is half typed in a box stands there still when another button of the page has been pressed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.web.test_citizen_home import short_code, signed_in
from tests.web.test_citizen_journey import begun, finish, token

assert all((begun, token, short_code, signed_in))  # fixtures that this module borrows
HALF = "Jeg vil gerne"


def box(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)
    assert found
    return unescape(found[1])


def besides(page: str) -> list[str]:
    """Where each button beside the box sends the box's form."""
    return [unescape(to) for to in re.findall(r'<button form="ord" formaction="([^"]+)"', page)]


def press(client: FlaskClient, address: str, **typed: str) -> str:
    return client.post(address, data=typed, follow_redirects=True).text


def test_a_goal_half_written_stays_with_whom_it_is_for_whatever_is_done_with_another(
    signed_in: FlaskClient,
) -> None:
    page = press(signed_in, "/hjem/maal", body="Cykle", who_sees="me")
    for step in ("naaet", "ikke-naaet", "laeg-vaek", "tag-frem", "laeg-vaek", "slet"):
        to = next(each for each in besides(page) if each.endswith(f"/{step}"))
        page = press(signed_in, to, body=HALF, who_sees="caseworker")
        assert box(page) == HALF and re.search(r'value="caseworker" checked', page)
        assert 'role="status"' in page and "aria-invalid" not in page
    page = press(signed_in, "/hjem/maal", body=HALF, who_sees="me")
    assert HALF in page and box(page) == ""


def test_enter_in_the_form_of_goals_presses_no_step(signed_in: FlaskClient) -> None:
    page = press(signed_in, "/hjem/maal", body="Cykle", who_sees="me")
    whole = re.search(r'<form id="ord".*?</form>', page, re.S)
    assert whole and 'tabindex="-1" aria-hidden="true"' in whole[0]
    assert whole.end() < page.index("formaction="), (
        "the first button of the form is the one that Enter presses"
    )


def test_a_note_half_written_stays_whatever_is_done_with_another(signed_in: FlaskClient) -> None:
    page = press(signed_in, "/hjem/dagbog", body="En god dag")
    for step in ("slet", "fortryd", "slet", "slet-helt"):
        page = press(signed_in, next(to for to in besides(page) if to.endswith(f"/{step}")), body=HALF)
        assert box(page) == HALF
    page = press(signed_in, "/hjem/dagbog", body=HALF)
    assert box(page) == ""


def test_a_request_half_written_stays_when_another_is_taken_back(signed_in: FlaskClient) -> None:
    address = "/hjem/mine-data/anmodning"
    page = press(signed_in, address, kind="correction", words="Min adresse er forkert")
    page = press(signed_in, besides(page)[0], kind="erasure", words=HALF)
    assert box(page) == HALF and re.search(r'value="erasure" checked', page)


def test_a_message_half_written_on_the_receipt_stays_when_she_says_who_helped(
    client: FlaskClient, begun: str
) -> None:
    finish(client, begun)
    page = press(client, f"{begun}/hjaelp", hjaelp="family", body=HALF)
    assert box(page) == HALF and re.search(r'value="family" checked', page)
    assert 'role="status"' in page


def test_who_was_refused_keeps_the_tick_beside_the_box(client: FlaskClient, begun: str) -> None:
    finish(client, begun)
    page = press(client, f"{begun}/skriv", hjaelp="family", body=" ")
    assert re.search(r'value="family" checked', page)


@pytest.mark.parametrize("address", ["/hjem/dagbog", "/hjem/maal"])
def test_without_anything_typed_a_button_leads_to_the_page_itself(
    signed_in: FlaskClient, address: str
) -> None:
    page = press(signed_in, address, body="En god dag", who_sees="me")
    answer = signed_in.post(besides(page)[-1], data={"body": ""})
    assert answer.status_code == 303 and answer.location.startswith(address)


def test_what_was_half_typed_comes_along_past_the_pin(signed_in: FlaskClient, short_code: str) -> None:
    page = press(signed_in, "/hjem/dagbog", body="En god dag")
    owner = re.search(r'name="hvis" value="([^"]+)"', page)
    assert owner
    signed_in.post("/farvel")
    step = besides(page)[-1]
    asked = press(signed_in, step, body=HALF, hvis=owner[1])
    held = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked))
    assert held["body"] == HALF
    way = signed_in.post("/kode", data={**held, "code": short_code, "pin": "4711"})
    assert (way.status_code, way.location) == (307, step)
    assert box(press(signed_in, step, **held)) == HALF
