"""The diary and the goals as she meets them: nothing she types is lost, and nobody is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.domain.goals import MOST_OPEN
from portal.runtime import Portal
from portal.services import background, diary
from portal.store.audit import AuditEvent
from portal.store.diary import DiaryNote
from portal.store.goals import Goal
from portal.store.people import Staff
from tests import factories
from tests.cases import Case
from tests.conftest import NOW
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_home import short_code, signed_in
from tests.web.test_log_lines import log_of_a_server

assert all((short_code, signed_in, log_of_a_server))  # fixtures that this module borrows
DIARY, GOALS = "/hjem/dagbog", "/hjem/maal"
WORDS = "Jeg gik en tur om søen"


def kept(database: Database, case: Case) -> list[str]:
    with database.read(case.municipality_id) as session:
        return [note.body for note in session.scalars(select(DiaryNote).order_by(DiaryNote.id))]


def written(her: FlaskClient, words: str = WORDS) -> str:
    """The page of the note, newly written."""
    assert her.post(DIARY, data={"body": words}).status_code == 303
    return str(re.findall(rf'href="({DIARY}/\d+)"', her.get(DIARY).text)[0])


def said(her: FlaskClient, address: str, **data: str) -> str:
    """What the page says after a button."""
    answer = her.post(address, data=data)
    assert answer.status_code == 303
    return her.get(answer.location).text


@pytest.mark.parametrize("address", [DIARY, f"{DIARY}/1", f"{DIARY}/1/del", GOALS, f"{GOALS}/1"])
def test_her_own_words_ask_for_her_pin(client: FlaskClient, address: str) -> None:
    assert client.get(address).location == f"/kode?til={address}"


def test_an_empty_diary_says_what_to_do(signed_in: FlaskClient) -> None:
    page = signed_in.get(DIARY).text
    assert "Skriv en lille ting, der lykkedes." in page and "Her er tomt endnu" in page


def test_what_she_writes_is_kept_and_said_to_be_hers(signed_in: FlaskClient) -> None:
    page = said(signed_in, DIARY, body=WORDS)
    assert "Det er gemt. Kun du kan læse det." in page and WORDS in page and "Kun du kan læse den." in page


def test_two_taps_on_the_button_make_one_note(signed_in: FlaskClient, database: Database, case: Case) -> None:
    for _ in range(2):
        signed_in.post(DIARY, data={"body": WORDS})
    assert kept(database, case) == [WORDS]


@pytest.mark.parametrize("letter", ["x", "ሰ", "😀"])
def test_a_hundred_thousand_characters_are_refused_with_the_limit_and_stay_in_the_box(
    signed_in: FlaskClient, database: Database, case: Case, letter: str
) -> None:
    typed = letter * 100_000
    # As the form sends it, in parts: percent signs would make it three times as long as the server takes.
    page = signed_in.post(DIARY, data={"body": typed}, content_type="multipart/form-data")
    assert page.status_code == 422
    assert "Der er plads til 5.000 tegn, og du har skrevet 100.000." in page.text
    assert f">\n{typed}</textarea>" in page.text
    assert 'enctype="multipart/form-data"' in page.text
    assert kept(database, case) == []


def test_an_empty_note_is_refused_kindly(signed_in: FlaskClient) -> None:
    page = signed_in.post(DIARY, data={"body": " "})
    assert page.status_code == 422 and "Skriv noget her" in page.text


def test_she_changes_a_note(signed_in: FlaskClient, database: Database, case: Case) -> None:
    note = written(signed_in)
    assert "Din tekst er rettet." in said(signed_in, note, body="Jeg gik to ture")
    assert kept(database, case) == ["Jeg gik to ture"]


def test_a_change_that_is_too_long_keeps_what_she_typed_and_the_note_as_it_was(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    page = signed_in.post(written(signed_in), data={"body": "y" * 5_001})
    assert page.status_code == 422 and "y" * 5_001 in page.text
    assert kept(database, case) == [WORDS]


def test_a_note_that_was_deleted_in_another_window_gives_its_new_words_back(signed_in: FlaskClient) -> None:
    note = written(signed_in)
    signed_in.post(f"{note}/slet")
    page = signed_in.post(note, data={"body": "Det nye"})
    assert page.status_code == 422 and "Den tekst var slettet." in page.text
    assert ">\nDet nye</textarea>" in page.text


def seen_on(page: str) -> str:
    """Which state of a note the page holds."""
    return str(re.findall(r'name="seen" value="(\w*)"', page)[0])


def test_two_windows_that_change_the_same_note_keep_the_words_of_both(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    note = written(signed_in)
    first = second = seen_on(signed_in.get(note).text)
    for _ in range(2):  # a double tap
        assert "Din tekst er rettet." in said(signed_in, note, body="I det ene vindue", seen=first)
    refused = signed_in.post(note, data={"body": "y" * 5_001, "seen": second})
    assert seen_on(refused.text) == second, "she has not read the other window's words yet"
    for _ in range(2):
        assert "Det er gemt." in said(signed_in, note, body="I det andet vindue", seen=second)
    assert kept(database, case) == ["I det ene vindue", "I det andet vindue"]
    again = seen_on(signed_in.get(note).text)
    assert "Din tekst er rettet." in said(signed_in, note, body="Igen", seen=again)
    assert kept(database, case) == ["Igen", "I det andet vindue"]


def test_a_deleted_note_can_be_taken_back_within_the_hour(app: Flask, signed_in: FlaskClient) -> None:
    note = written(signed_in)
    page = said(signed_in, f"{note}/slet")
    assert "Du kan fortryde i en time." in page and WORDS not in page
    assert WORDS in said(signed_in, f"{note}/fortryd")
    signed_in.post(f"{note}/slet")
    portal: Portal = app.extensions["taletid"]
    for minutes in range(0, 70, 10):  # so often that she stays signed in
        portal.clock = lambda minutes=minutes: NOW + timedelta(minutes=minutes)  # type: ignore[misc]
        assert ("Fortryd" in signed_in.get(DIARY).text) is (minutes < 60)
    assert WORDS not in signed_in.get(DIARY).text


def test_after_the_hour_the_sweep_takes_a_deleted_note_out_of_the_database(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case
) -> None:
    signed_in.post(f"{written(signed_in)}/slet")
    portal: Portal = app.extensions["taletid"]
    background.sweep(portal)
    assert kept(database, case) == [WORDS]
    portal.clock = lambda: NOW + timedelta(minutes=60)
    background.sweep(portal)
    assert kept(database, case) == []


def test_she_may_delete_for_good_at_once(signed_in: FlaskClient, database: Database, case: Case) -> None:
    note = written(signed_in)
    signed_in.post(f"{note}/slet")
    assert "helt væk" in said(signed_in, f"{note}/slet-helt")
    assert kept(database, case) == []


def test_a_standing_note_is_not_deleted_for_good_by_a_stray_address(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    signed_in.post(f"{written(signed_in)}/slet-helt")
    assert kept(database, case) == [WORDS]


def test_she_is_asked_before_a_note_is_shared_and_looking_shares_nothing(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    page = signed_in.get(f"{written(signed_in)}/del").text
    assert "Skal <bdi>Lone Kjær</bdi> læse det her?" in page and WORDS in page
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(DiaryNote)).one().shared_at is None


def test_what_she_shares_stands_on_the_card_until_she_takes_it_back(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case
) -> None:
    with database.read(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
    lone = app.test_client()
    sign_in_as(lone, database, staff)
    card, thread = f"/borgere/{case.citizen_id}", f"/borgere/{case.citizen_id}/samtale"
    note = written(signed_in)
    assert WORDS not in lone.get(card).text
    assert "Nu kan <bdi>Lone Kjær</bdi> og teamet læse teksten." in said(signed_in, f"{note}/del")
    assert WORDS in lone.get(card).text
    assert "har delt en tekst fra sin dagbog" in lone.get(thread).text and WORDS not in lone.get(thread).text
    assert "Også det, du retter nu." in signed_in.get(note).text
    assert "kun din igen" in said(signed_in, f"{note}/del-ikke")
    assert WORDS not in lone.get(card).text


def lapsed(app: Flask) -> None:
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW + timedelta(hours=2)


def diary_of(her: FlaskClient) -> dict[str, str]:
    """What its form holds beside her words: the token, and whose it is."""
    page = her.get(DIARY).text
    token = re.findall(r'name="csrf_token" value="([^"]*)"', page)
    return {"hvis": hidden_of(page)["hvis"], "csrf_token": token[0]}


def hidden_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(text) for name, text in found if name != "csrf_token"}


def test_what_she_sends_after_her_session_has_ended_is_kept_once_she_is_in_again(
    app: Flask, signed_in: FlaskClient, short_code: str, database: Database, case: Case
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    form = diary_of(signed_in)
    lapsed(app)
    typed = 'Linje et\r\nLinje "to"'
    assert "send_on" not in app.test_client().get("/kode").text
    late = signed_in.post(DIARY, data={"body": typed} | form)
    assert late.status_code == 401 and "Det, du sendte, er her endnu." in late.text
    again = hidden_of(late.text) | {"csrf_token": form["csrf_token"], "code": short_code}
    wrong = signed_in.post("/kode", data=again | {"pin": "9182"})
    assert wrong.status_code == 422 and hidden_of(wrong.text) == hidden_of(late.text)
    way_on = signed_in.post("/kode", data=again | {"pin": "4711"})
    assert (way_on.status_code, way_on.location) == (307, DIARY), "a browser sends the same form again"
    assert signed_in.post(DIARY, data=again | {"pin": "4711"}).status_code == 303
    assert kept(database, case) == ['Linje et\nLinje "to"']


def test_on_a_shared_phone_her_words_never_land_with_who_signs_in_next(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case
) -> None:
    form = diary_of(signed_in)
    lapsed(app)
    late = signed_in.post(DIARY, data={"body": WORDS} | form)
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Staff, case.staff_id)
        other = factories.add_citizen(
            session, NOW, caseworker, pin_hash=factories.HASHER.hash("2580"), pin_set_at=NOW
        )
    data = hidden_of(late.text) | {"code": other.short_code, "pin": "2580"}
    answer = signed_in.post("/kode", data=data)
    assert (answer.status_code, answer.location) == (303, "/hjem")
    assert kept(database, case) == []


def test_what_a_browser_sends_that_has_lost_its_session_is_kept_with_her_choice_too(
    app: Flask, signed_in: FlaskClient, short_code: str, database: Database, case: Case
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    form = diary_of(signed_in)
    restarted = app.test_client()
    goal = {"body": "Køre bus", "who_sees": "me"}
    late = restarted.post(GOALS, data=goal | form)
    assert late.status_code == 401 and "Det, du sendte, er her endnu." in late.text
    assert hidden_of(late.text).items() >= (goal | {"til": GOALS}).items()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', late.text)[0]
    again = hidden_of(late.text) | {"csrf_token": token, "code": short_code, "pin": "4711"}
    gone = app.test_client().post("/kode", data=again)
    assert hidden_of(gone.text).items() >= (goal | {"til": GOALS}).items(), "lost once more"
    assert (restarted.post("/kode", data=again).status_code) == 307
    assert restarted.post(GOALS, data=again).status_code == 303
    with database.read(case.municipality_id) as session:
        assert [(each.body, each.is_shared) for each in session.scalars(select(Goal))] == [
            ("Køre bus", False)
        ]


def test_what_one_had_open_is_not_written_by_who_has_signed_in_since_on_the_same_phone(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case
) -> None:
    form = diary_of(signed_in)
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Staff, case.staff_id)
        other = factories.add_citizen(
            session, NOW, caseworker, pin_hash=factories.HASHER.hash("2580"), pin_set_at=NOW
        )
    signed_in.post("/kode", data={"code": other.short_code, "pin": "2580"})
    late = signed_in.post(DIARY, data={"body": WORDS} | form)
    assert late.status_code == 401 and "Det, du sendte, er her endnu." in late.text
    assert kept(database, case) == []
    assert (
        signed_in.post(DIARY, data={"body": WORDS} | form, headers={"HX-Request": "true"}).status_code == 401
    )


def test_the_way_in_is_shown_again_where_the_browser_has_lost_its_session(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for address in ("/kode", "/kode/brev"):
        page = app.test_client().post(
            address, data={"csrf_token": "of yesterday", "code": "12AB", "pin": "4711"}
        )
        assert page.status_code == 400 and "Siden har stået åben længe" in page.text
        assert 'value="12AB"' in page.text and "4711" not in page.text


def test_nothing_is_sent_on_for_who_was_never_in(
    app: Flask, client: FlaskClient, short_code: str, database: Database, case: Case
) -> None:
    assert client.post(DIARY, data={"body": WORDS, "hvis": "x"}).status_code == 401
    made_up = {"til": DIARY, "send_on": "1", "hvis": "é", "body": WORDS, "code": short_code, "pin": "4711"}
    assert client.post("/kode", data=made_up).location == "/hjem"
    assert kept(database, case) == []


def test_words_of_crisis_bring_the_numbers_to_call_and_tell_nobody(signed_in: FlaskClient) -> None:
    page = said(signed_in, DIARY, body="Jeg vil ikke leve mere")
    assert '<a href="tel:112"' in page and "tel:+4570201201" in page
    assert "tel:112" not in signed_in.get(DIARY).text


def test_how_she_is_stands_in_no_address_and_the_numbers_go_with_her_next_note(
    signed_in: FlaskClient,
) -> None:
    addresses = {
        signed_in.post(DIARY, data={"body": words}).location for words in (WORDS, "Jeg vil ikke leve mere")
    }
    assert addresses == {f"{DIARY}?sagt=gemt"}
    assert "tel:112" in signed_in.get(f"{DIARY}?sagt=gemt").text
    assert "tel:112" not in said(signed_in, DIARY, body="Så fik jeg sovet")


def test_words_of_crisis_that_she_shares_are_raised_for_a_person(
    app: Flask, signed_in: FlaskClient, database: Database, case: Case
) -> None:
    note = written(signed_in, "Jeg vil ikke leve mere")
    assert "tel:112" in said(signed_in, f"{note}/del")
    with database.read(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
    lone = app.test_client()
    sign_in_as(lone, database, staff)
    thread = lone.get(f"/borgere/{case.citizen_id}/samtale").text
    assert 'class="said-crisis"' in thread and "kriseord" in thread
    assert "leve mere" not in thread


def test_older_notes_stand_on_a_page_of_their_own(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    with database.write(case.municipality_id) as session:
        for number in range(diary.PAGE + 1):
            diary.write(session, case.citizen_id, f"Note nummer {number:02}", NOW)
    page = signed_in.get(DIARY).text
    assert "Note nummer 00" not in page
    older = re.findall(rf'href="({DIARY}\?foer=\d+)', page)[0]
    assert "Note nummer 00" in signed_in.get(older).text


@pytest.mark.parametrize("way", ["foer=x", "foer=99999999999999999999", "sagt=%3Cb%3E", "foer=²"])
def test_a_strange_address_shows_the_diary(signed_in: FlaskClient, way: str) -> None:
    assert signed_in.get(f"{DIARY}?{way}").status_code == 200


def test_no_word_of_hers_stands_in_logs_audit_metrics_or_addresses(
    signed_in: FlaskClient,
    database: Database,
    case: Case,
    log_of_a_server: Callable[[], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_of_a_server()
    note = written(signed_in, "blaabaer7391")
    told = [signed_in.post(f"{note}/{step}").location for step in ("del", "del-ikke", "slet", "fortryd")]
    told.append(signed_in.post(note, data={"body": "blaabaer7391 igen"}).location)
    signed_in.post(GOALS, data={"body": "blaabaer7391", "who_sees": "me"})
    told.append(signed_in.get("/metrics").text)
    written_down = capsys.readouterr()
    assert "/hjem/dagbog/<int:note_id>" in written_down.out, "the log does say what was asked for"
    with database.read(case.municipality_id) as session:
        told += [f"{event.action} {event.subject}" for event in session.scalars(select(AuditEvent))]
    assert not [each for each in (*told, written_down.out, written_down.err) if "blaabaer" in each]


def test_a_fault_while_saving_logs_none_of_her_words(
    app: Flask,
    signed_in: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    log_of_a_server: Callable[[], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError(args)

    monkeypatch.setattr(diary, "write", broken)
    log_of_a_server()
    assert signed_in.post(DIARY, data={"body": "blaabaer7391"}).status_code == 500
    logged = capsys.readouterr()
    assert "RuntimeError" in logged.out and "blaabaer" not in logged.out + logged.err


def test_no_goal_is_kept_before_she_has_said_who_sees_it(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    assert " checked" not in signed_in.get(GOALS).text
    page = signed_in.post(GOALS, data={"body": "Gå en tur"})
    assert page.status_code == 422
    assert "Vælg ja eller nej." in page.text and ">\nGå en tur</textarea>" in page.text
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Goal)).all() == []


def test_a_goal_goes_from_under_way_to_reached_and_away_and_back(signed_in: FlaskClient) -> None:
    assert "Dit mål er gemt." in said(signed_in, GOALS, body="Gå en tur", who_sees="me")
    goal = re.findall(rf'href="({GOALS}/\d+)"', signed_in.get(GOALS).text)[0]
    assert "Det nåede du." in said(signed_in, f"{goal}/naaet")
    assert "Det har du nået" in signed_in.get(GOALS).text
    assert "Lagt væk: 1 mål" in said(signed_in, f"{goal}/laeg-vaek")
    assert "Det har du nået" in said(signed_in, f"{goal}/tag-frem")
    assert "Målet er i gang igen." in said(signed_in, f"{goal}/ikke-naaet")
    signed_in.post(f"{goal}/slet")
    assert "Gå en tur" in signed_in.get(GOALS).text, "only what is put away can be deleted"
    signed_in.post(f"{goal}/laeg-vaek")
    assert "Gå en tur" not in said(signed_in, f"{goal}/slet")


def test_she_changes_a_goal_and_who_sees_it(signed_in: FlaskClient) -> None:
    signed_in.post(GOALS, data={"body": "Gå en tur", "who_sees": "me"})
    goal = re.findall(rf'href="({GOALS}/\d+)"', signed_in.get(GOALS).text)[0]
    assert 'value="me" checked' in signed_in.get(goal).text
    page = said(signed_in, goal, body="Gå to ture", who_sees="caseworker")
    assert "Gå to ture" in page and "<bdi>Lone Kjær</bdi> og teamet kan se det." in page


def test_two_windows_that_change_the_same_goal_keep_the_words_of_both(signed_in: FlaskClient) -> None:
    signed_in.post(GOALS, data={"body": "Gå en tur", "who_sees": "me"})
    goal = re.findall(rf'href="({GOALS}/\d+)"', signed_in.get(GOALS).text)[0]
    seen = seen_on(signed_in.get(goal).text)
    for _ in range(2):  # a double tap
        assert "Dit mål er rettet." in said(signed_in, goal, body="Gå to ture", who_sees="me", seen=seen)
    for _ in range(2):
        assert "Dit mål er gemt." in said(signed_in, goal, body="Løbe", who_sees="me", seen=seen)
    page = signed_in.get(GOALS).text
    assert page.count("Gå to ture") == 1 and page.count("Løbe") == 1 and "Gå en tur" not in page
    for number in range(MOST_OPEN):
        signed_in.post(GOALS, data={"body": f"Mål {number}", "who_sees": "me"})
    full = signed_in.post(goal, data={"body": "Cykle", "who_sees": "me", "seen": seen})
    assert full.status_code == 422 and ">\nCykle</textarea>" in full.text and "Læg et væk først." in full.text


def test_a_goal_too_many_is_refused_and_its_words_stay(signed_in: FlaskClient) -> None:
    for number in range(MOST_OPEN):
        signed_in.post(GOALS, data={"body": f"Mål {number}", "who_sees": "me"})
    assert "Læg et væk, når du vil skrive et nyt." in signed_in.get(GOALS).text
    page = signed_in.post(GOALS, data={"body": "Et til", "who_sees": "me"})
    assert (
        page.status_code == 422 and ">\nEt til</textarea>" in page.text and "Læg et væk først." in page.text
    )


def test_a_goal_that_was_deleted_in_another_window_gives_its_words_back(signed_in: FlaskClient) -> None:
    page = signed_in.post(f"{GOALS}/77", data={"body": "Mit nye mål", "who_sees": "me"})
    assert page.status_code == 422 and "Det mål var slettet." in page.text
    assert ">\nMit nye mål</textarea>" in page.text
