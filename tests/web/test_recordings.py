"""A reading of a question: handed in by a translator, heard by the citizen while the wording stands."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from database.engine import Database
from portal.domain.recordings import LARGEST, Sound
from portal.runtime import Portal
from portal.services.texts.history import Author
from portal.store.people import Staff
from tests import factories
from tests.cases import Case
from tests.journeys import invite
from tests.sounds import STARTS, silence
from tests.texts import go_live
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_queries import counted

LIST = "/tekster?til=en&omraade=form.progression_citizen"
TEXT = "/tekster/en/tekst/form.progression_citizen.belief_in_work.label"
FORM = "/tekster/en/skema/progression_citizen"
UPLOAD = f"{FORM}/belief_in_work/oplaesning"
PLAYER = re.compile(
    r'<audio controls preload="none" src="(/oplaesning/[0-9a-f]{32}\.wav)" aria-label="([^"]+)">'
)


@pytest.fixture
def translator(client: FlaskClient, database: Database, case: Case, now: datetime) -> FlaskClient:
    other = client.application.test_client()
    with database.write(case.municipality_id) as session:
        person = factories.add_staff(session, now, role="translator")
    sign_in_as(other, database, person)
    return other


@pytest.fixture
def form(client: FlaskClient, database: Database, case: Case, now: datetime) -> str:
    """Of a citizen; its first page asks for belief_in_work."""
    return client.post(f"/{invite(database, case, now)}").location.rpartition("/")[0]


def upload(
    translator: FlaskClient, content: bytes, name: str = "reading.wav", address: str = UPLOAD
) -> TestResponse:
    field = re.search(r'name="wording" value="([0-9a-f]{64})"', translator.get(address).text)
    assert field
    file = FileStorage(BytesIO(content), name, "sound")
    boundary, body = encode_multipart({"wording": field[1], "sound": file})
    return translator.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def reword(translator: FlaskClient, case: Case, label: str) -> None:
    portal: Portal = translator.application.extensions["taletid"]
    go_live(portal, Author(case.municipality_id, case.staff_id), "en", TEXT.rpartition("/")[2], label)


def test_a_citizen_hears_a_recording_in_its_language_only(
    client: FlaskClient, translator: FlaskClient, form: str
) -> None:
    assert "<audio" not in client.get(f"{form}/1?sprog=en").text
    assert upload(translator, silence()).status_code == 303
    page = client.get(f"{form}/1?sprog=en")
    player = PLAYER.search(page.text)
    assert player and player[2] == "The question read aloud"
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<audio" not in client.get(f"{form}/2?sprog=en").text
    assert "<audio" not in client.get(f"{form}/1?sprog=da").text


def test_a_recording_is_sound_and_nothing_else_for_everybody_and_in_parts(
    client: FlaskClient, translator: FlaskClient
) -> None:
    upload(translator, silence(), "reading.html")
    player = PLAYER.search(translator.get(TEXT).text)
    assert player
    heard = client.get(player[1])
    assert (heard.status_code, heard.data) == (200, silence())
    assert heard.headers["Content-Type"] == "audio/wav"
    assert heard.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in heard.headers["Content-Security-Policy"]
    assert "public" in heard.headers["Cache-Control"] and "Set-Cookie" not in heard.headers
    part = client.get(player[1], headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.data) == (206, silence()[4:8])
    for wrong in (player[1].replace(".wav", ".mp3"), player[1].replace(".wav", ".html"), "/oplaesning/0.wav"):
        assert client.get(wrong).status_code == 404


def test_another_wording_is_not_read_with_the_old_words(
    client: FlaskClient, database: Database, case: Case, translator: FlaskClient, form: str, now: datetime
) -> None:
    upload(translator, silence())
    reword(translator, case, "Do you believe that you could do a job?")
    page = translator.get(TEXT).text
    assert "Oplæsning forældet" in page and PLAYER.search(page)
    assert "Oplæsning forældet" in translator.get(LIST).text
    assert PLAYER.search(client.get(f"{form}/1?sprog=en").text), (
        "her version still has the words that are read"
    )
    with database.write(case.municipality_id) as session:
        citizen = factories.add_citizen(session, now, session.get_one(Staff, case.staff_id))
    other = Case(case.municipality_id, citizen.id, case.staff_id, case.questionnaire_id, 0)
    newer = client.application.test_client()
    first = newer.post(f"/{invite(database, other, now)}").location
    assert "Do you believe" in newer.get(f"{first}?sprog=en").text
    assert "<audio" not in newer.get(f"{first}?sprog=en").text


def test_the_translator_sees_replaces_and_removes_it(translator: FlaskClient) -> None:
    assert "Der er ingen oplæsning endnu" in translator.get(TEXT).text
    upload(translator, silence(80))
    page = translator.get(TEXT).text
    before = PLAYER.search(page)
    assert before and "Borgerne kan høre den" in page and "Læst op" in translator.get(LIST).text
    upload(translator, silence(160))
    after = PLAYER.search(translator.get(TEXT).text)
    assert after and after[1] != before[1] and translator.get(before[1]).status_code == 404
    assert translator.post(f"{UPLOAD}/fjern").status_code == 303
    assert "<audio" not in translator.get(TEXT).text and translator.get(after[1]).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Vælg en lydfil"),
        (b"<html><script>alert(1)</script>", "ikke lyd, vi kan afspille"),
        (silence().ljust(LARGEST + 1, b"\x80"), "mere end 1 MB"),
        (silence().ljust(7 * LARGEST, b"\x80"), "mere end 1 MB"),
    ],
)
def test_what_is_no_sound_or_too_large_is_refused_with_the_reason(
    translator: FlaskClient, content: bytes, said: str
) -> None:
    refused = upload(translator, content)
    assert refused.status_code == 422 and said in refused.text
    assert "<audio" not in translator.get(TEXT).text


def test_a_wording_that_changed_meanwhile_is_told_and_no_file_at_all_is_refused(
    translator: FlaskClient,
) -> None:
    changed = translator.post(UPLOAD, data={"wording": "0" * 64, "sound": (BytesIO(silence()), "a.wav")})
    assert changed.status_code == 422 and "Teksten er ændret, siden du åbnede siden" in changed.text
    assert translator.post(UPLOAD).status_code == 422


def test_there_is_no_recording_of_what_nobody_is_asked(translator: FlaskClient) -> None:
    data = {"sound": (BytesIO(silence()), "a.wav")}
    assert translator.post(f"{FORM}/nothing/oplaesning", data=data).status_code == 404
    assert translator.post("/tekster/pl/skema/progression_citizen/wish/oplaesning").status_code == 404


@pytest.mark.parametrize("role", ["caseworker", "manager"])
def test_others_hand_in_and_remove_nothing(
    client: FlaskClient, database: Database, case: Case, now: datetime, role: str
) -> None:
    with database.write(case.municipality_id) as session:
        person = factories.add_staff(session, now, role=role)
    sign_in_as(client, database, person)
    assert client.post(UPLOAD, data={"sound": (BytesIO(silence()), "a.wav")}).status_code == 403
    assert client.post(f"{UPLOAD}/fjern").status_code == 403


def states(translator: FlaskClient, locale: str = "en") -> tuple[str, ...]:
    """Read, stale and missing, as the overview has them."""
    page = translator.get("/tekster/oplaesninger/progression_citizen").text
    row = re.search(rf'lang="{locale}">.*?</tr>', page, re.DOTALL)
    assert row
    return tuple(re.findall(r'data-title="[^"]+">(\d+)</td>', row[0]))


def test_the_overview_tells_of_each_language_what_is_read_stale_and_missing(
    translator: FlaskClient, case: Case
) -> None:
    assert states(translator) == ("0", "0", "4")
    upload(translator, silence())
    assert states(translator) == ("1", "0", "3") and states(translator, "da") == ("0", "0", "4")
    reword(translator, case, "Do you believe that you could do a job?")
    assert states(translator) == ("0", "1", "3")
    listed = translator.get("/tekster/oplaesninger/progression_citizen/en").text
    assert listed.count("Oplæsning forældet") == 1 and listed.count(">Mangler<") == 3


def test_one_goes_from_each_question_to_the_next_without_a_reading_until_all_are_read(
    translator: FlaskClient,
) -> None:
    on, met = "/tekster/oplaesninger/progression_citizen/en/naeste", []
    upload(translator, silence(), address=f"{FORM}/job_search/oplaesning")
    assert translator.get(f"{on}?efter=wish").location == UPLOAD, "after the last comes the first"
    while (address := translator.get(on).location) and address.endswith("/oplaesning"):
        upload(translator, silence(), address=address)
        met.append(address.split("/")[-2])
    assert met == ["belief_in_work", "job_search_channels", "wish"]
    assert "Næste uden oplæsning" not in translator.get(UPLOAD).text
    assert "Alle spørgsmål er læst op" in translator.get(on, follow_redirects=True).text
    assert "Alt er læst op" in translator.get("/tekster/oplaesninger/progression_citizen").text


def test_the_next_skips_what_is_read(translator: FlaskClient) -> None:
    upload(translator, silence(), address=f"{FORM}/job_search/oplaesning")
    page = translator.get(UPLOAD).text
    assert f'href="{FORM}/job_search_channels/oplaesning">Næste uden oplæsning' in page


def test_each_reading_tells_on_which_phones_it_is_heard(translator: FlaskClient) -> None:
    upload(translator, silence())
    assert "Lyden kan høres på alle telefoner" in translator.get(TEXT).text
    (webm,) = (start for start, sound in STARTS if sound is Sound.WEBM)
    upload(translator, webm + bytes(200))
    assert "Lyden kan ikke høres på ældre iPhones" in translator.get(TEXT).text
    assert "Ikke ældre iPhones" in translator.get("/tekster/oplaesninger/progression_citizen/en").text


def test_the_microphone_is_for_the_recorder_alone(
    client: FlaskClient, translator: FlaskClient, form: str
) -> None:
    refused = translator.post(UPLOAD)
    for page in (translator.get(UPLOAD), refused):
        assert page.headers["Permissions-Policy"] == "camera=(),geolocation=(),microphone=(self)"
        assert "media-src 'self' blob:;" in page.headers["Content-Security-Policy"]
    for page in (translator.get(TEXT), translator.get(LIST), client.get(f"{form}/1")):
        assert page.headers["Permissions-Policy"] == "camera=(),geolocation=(),microphone=()"
        assert "blob:" not in page.headers["Content-Security-Policy"]


def test_the_words_to_read_stand_in_their_language(translator: FlaskClient) -> None:
    page = translator.get(f"{FORM}/job_search/oplaesning").text
    assert '<div class="read-aloud" lang="en" dir="ltr">' in page and "Spørgsmål 2 af 4" in page
    assert "<li>completely</li>" in page


@pytest.mark.parametrize(
    "path",
    ["/tekster/oplaesninger/nothing", "/tekster/oplaesninger/own_agenda/xx", "/tekster/oplaesninger/nothing/en",
     "/tekster/oplaesninger/nothing/en/naeste", "/tekster/en/skema/progression_caseworker/purposeful/oplaesning",
     f"{FORM}/nothing/oplaesning"],
)  # fmt: skip
def test_what_is_not_there_or_not_read_aloud_is_not_found(translator: FlaskClient, path: str) -> None:
    assert translator.get(path).status_code == 404


def test_a_page_with_a_recording_asks_the_database_as_little_as_one_without(
    client: FlaskClient, database: Database, translator: FlaskClient, form: str
) -> None:
    def asked() -> int:
        client.get(f"{form}/1?sprog=en")
        with counted(database) as statements:
            client.get(f"{form}/1?sprog=en")
        return len(statements)

    without = asked()
    upload(translator, silence())
    assert "<audio" in client.get(f"{form}/1?sprog=en").text
    assert asked() == without
