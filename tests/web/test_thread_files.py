"""Files sent with a message and opened again: by whom, how, and what is said when one is not taken."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from database.engine import Database
from portal.domain.files import LARGEST_FILE
from portal.store.attachments import Attachment
from portal.store.audit import AuditEvent
from portal.store.people import Citizen
from portal.web.uploads import LARGEST_REQUEST
from tests import factories, files
from tests.cases import Case
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_thread import ADDRESS, HTMX, PIN, case, her
from tests.web.test_staff_thread import Desk, desk

assert all((PIN, case, her, desk))  # fixtures that this module borrows


def send(client: FlaskClient, address: str, *given: tuple[bytes, str], **fields: object) -> TestResponse:
    """As a browser's form; encoded here, for the client's own way leaves large ones in files that stay open."""
    sent = [FileStorage(io.BytesIO(content), filename=name) for content, name in given]
    headers = cast("dict[str, str] | None", fields.pop("headers", None))
    values = MultiDict(
        [("body", fields.pop("body", "Se her")), *fields.items(), *(("files", each) for each in sent)]
    )
    boundary, content = encode_multipart(values)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return client.post(address, data=content, content_type=kind, headers=headers)


def shown(client: FlaskClient, address: str = ADDRESS) -> str:
    return unescape(client.get(address).get_data(as_text=True))


def file_links(page: str) -> list[str]:
    return re.findall(r'<p class="said-file"><a href="([^"]+)"', page)


def test_a_picture_is_sent_shown_and_opened(her: FlaskClient) -> None:
    answer = send(her, ADDRESS, (files.picture_with_a_place(), "Min dør.jpg"))
    assert (answer.status_code, answer.location) == (303, f"{ADDRESS}#slut")
    page = shown(her)
    [link] = file_links(page)
    assert "Min dør.jpg" in page and f'<img src="{link}?lille=1" alt="" width="64" height="48"' in page
    opened, small = her.get(link), her.get(f"{link}?lille=1")
    assert opened.mimetype == small.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(opened.data)).size == (64, 48)
    assert files.PLACE.encode() not in opened.data


def test_what_is_handed_out_can_neither_run_nor_be_kept_by_others(her: FlaskClient) -> None:
    send(her, ADDRESS, (files.picture(), "dør.jpg"), (files.pdf(), "Brev <b>.pdf"))
    photo, letter = (her.get(link) for link in file_links(shown(her)))
    for answer in (photo, letter):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert photo.headers["Content-Disposition"].startswith("inline; filename=")
    assert letter.headers["Content-Disposition"].startswith("attachment; filename=")
    assert letter.mimetype == "application/pdf" and letter.data.startswith(b"%PDF-")


def test_a_name_is_shown_as_words_and_never_as_markup(her: FlaskClient) -> None:
    send(her, ADDRESS, (files.pdf(), "<img src=x onerror=alert(1)>.pdf"))
    html = her.get(ADDRESS).get_data(as_text=True)
    assert "<img src=x" not in html and "&lt;img src=x onerror=alert(1)&gt;.pdf" in html


def test_a_file_that_lost_its_name_has_one_to_be_called_by(her: FlaskClient) -> None:
    send(her, ADDRESS, (files.pdf(), "...."))
    page = shown(her)
    assert '<span dir="auto">Fil</span>' in page
    assert "fil.pdf" in her.get(file_links(page)[0]).headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ program", "spil.jpg", "spil.jpg kan vi ikke tage imod"),
        (b"\0\0\0\x18ftypheic", "IMG_1.HEIC", "IMG_1.HEIC er et HEIC-billede"),
        (b"\xff\xd8\xff broken", "dør.jpg", "dør.jpg kan ikke åbnes"),
        (b"", "tom.pdf", "tom.pdf er tom"),
        (files.pdf_with_a_file(), "brev.pdf", "brev.pdf er mere end et papir"),
        (files.pdf_with_a_password(), "brev.pdf", "brev.pdf er låst"),
        (b"%PDF-".ljust(LARGEST_FILE + 1), "stor.pdf", "stor.pdf er for stor"),
    ],
)
def test_a_file_that_is_not_taken_is_named_with_what_to_do_and_the_text_stays(
    her: FlaskClient, database: Database, content: bytes, name: str, words: str
) -> None:
    answer = send(her, ADDRESS, (files.picture(), "dør.jpg"), (content, name))
    page = re.sub("</?bdi>", "", unescape(answer.get_data(as_text=True)))
    assert answer.status_code == 422
    assert words in page and "Vælg filerne igen" in page and "Se her</textarea>" in page
    assert 'id="files-error" role="alert"' in page and 'aria-invalid="true"' in page
    assert ids(database) == []


def test_files_that_came_with_a_message_that_was_refused_must_be_picked_again(her: FlaskClient) -> None:
    answer = send(her, ADDRESS, (files.picture(), "dør.jpg"), body="x" * 6000)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "for lang" in page and "Vælg filerne igen" in page


def test_more_than_three_are_refused_before_any_is_looked_at(her: FlaskClient) -> None:
    answer = send(her, ADDRESS, *[(b"MZ", f"{number}.jpg") for number in range(4)])
    assert answer.status_code == 422 and "3 filer ad gangen" in answer.get_data(as_text=True)


def test_a_form_with_an_empty_field_for_files_is_a_message_without_any(
    her: FlaskClient, database: Database
) -> None:
    assert send(her, ADDRESS, (b"", "")).status_code == 303
    assert ids(database) == []


@pytest.mark.parametrize(
    ("address", "most"),
    [(ADDRESS, LARGEST_REQUEST), ("/kode", 6 * 1024 * 1024)],
)
def test_only_where_files_are_taken_may_a_form_be_large(her: FlaskClient, address: str, most: int) -> None:
    def answer(length: int) -> int:
        wire = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
        return her.post(address, environ_overrides=wire).status_code

    assert answer(most + 1) == 413
    assert answer(most) != 413


def test_with_htmx_the_form_comes_back_empty_with_the_file_in_the_thread(her: FlaskClient) -> None:
    answer = send(her, ADDRESS, (files.pdf(), "Brev.pdf"), efter="0", headers=HTMX)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200 and html.lstrip().startswith("<form") and file_links(html)


def test_another_citizen_finds_no_such_file(
    her: FlaskClient, app: Flask, database: Database, case: Case
) -> None:
    send(her, ADDRESS, (files.pdf(), "Brev.pdf"))
    [link] = file_links(shown(her))
    with database.write(case.municipality_id) as session:
        caseworker = factories.add_staff(session, NOW, team=factories.add_team(session))
        other = factories.add_citizen(session, NOW, caseworker, pin_hash="a hash", pin_set_at=NOW)
    stranger = app.test_client()
    assert stranger.get(link).status_code == 302
    with stranger.session_transaction() as cookie:
        seconds = int(NOW.timestamp())
        cookie["citizen"] = [other.id, case.municipality_id, seconds, seconds]
    assert stranger.get(ADDRESS).status_code == 200
    assert (stranger.get(link).status_code, stranger.get(f"{link}?lille=1").status_code) == (404, 404)


def test_staff_send_and_open_files_and_each_look_leaves_a_trace(desk: Desk) -> None:
    assert send(desk.client, desk.address, (files.picture(), "plan.jpg"), channel="portal").status_code == 303
    [link] = file_links(desk.page())
    assert desk.client.get(link).status_code == desk.client.get(f"{link}?lille=1").status_code == 200
    with desk.database.read(desk.municipality_id) as session:
        newest = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(2)).all()
    subject = f"file {link.rpartition('/')[2]}"
    assert [(each.action, each.subject) for each in newest] == [("thread.file", subject)] * 2


def test_a_file_with_an_sms_is_refused_and_says_so(desk: Desk) -> None:
    answer = send(desk.client, desk.address, (files.pdf(), "plan.pdf"), channel="sms")
    page = answer.get_data(as_text=True)
    assert (
        answer.status_code == 422 and "Filer kan ikke sendes som SMS" in page and "Vælg filerne igen" in page
    )


def test_staff_of_another_team_find_no_file_and_leave_no_trace(desk: Desk, database: Database) -> None:
    send(desk.client, desk.address, (files.pdf(), "plan.pdf"), channel="portal")
    [link] = file_links(desk.page())
    sign_in_as(desk.client, database, desk.other_team)
    before = desk.actions()
    assert desk.client.get(link).status_code == 404
    assert desk.actions() == before


def test_a_file_is_found_only_under_its_own_citizen(desk: Desk, database: Database) -> None:
    send(desk.client, desk.address, (files.pdf(), "plan.pdf"), channel="portal")
    [link] = file_links(desk.page())
    with database.write(desk.municipality_id) as session:
        other = factories.add_citizen(session, NOW, desk.colleague)
    before = desk.actions()
    assert (
        desk.client.get(link.replace(f"/borgere/{desk.citizen_id}/", f"/borgere/{other.id}/")).status_code
        == 404
    )
    assert desk.actions() == before


def ids(database: Database) -> list[int]:
    from database.tenancy import EVERYONE

    with database.read(EVERYONE) as session:
        return list(session.scalars(select(Attachment.id)))


def test_a_message_that_is_sent_on_after_the_pin_says_that_its_files_must_be_picked_again(
    app: Flask, her: FlaskClient, database: Database, case: Case
) -> None:
    form = dict(re.findall(r'type="hidden" name="(hvis)" value="([^"]+)"', shown(her)))
    app.extensions["taletid"].clock = lambda: NOW + timedelta(hours=2)
    late = send(her, ADDRESS, (files.picture_with_a_place(), "dør.jpg"), body="Min dør", **form)
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text))
    with database.read(case.municipality_id) as session:
        code = session.get_one(Citizen, case.citizen_id).short_code
    assert her.post("/kode", data={**kept, "code": code, "pin": PIN}).status_code == 307
    page = her.post(ADDRESS, data=kept)
    assert page.status_code == 422 and "Din tekst står her endnu. Vælg filerne igen." in page.text
    assert ">\nMin dør</textarea>" in page.text
    assert send(her, ADDRESS, (files.picture_with_a_place(), "dør.jpg"), body="Min dør").status_code == 303
