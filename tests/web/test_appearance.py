"""How a municipality appears to its citizens: its names, its colour and its logo."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from PIL import Image

from database.engine import Database
from portal.services.files.logo import LARGEST_LOGO, LARGEST_UPLOAD, Logo, NoLogo, make
from portal.store.people import Staff
from tests.conftest import NOW, add_municipality
from tests.factories import add_staff
from tests.web.conftest import sign_in_as

TYPED = {"name": "Åkøbing", "office_name": "Job og liv", "office_phone": "70 10 20 30", "colour": "#7a1f5c"}


@pytest.fixture
def soeren(database: Database, client: FlaskClient) -> Staff:
    with database.write(add_municipality(database)) as session:
        staff = add_staff(session, NOW, role="administrator")
    sign_in_as(client, database, staff)
    return staff


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 30, 90)).save(out, kind)
    out.seek(0)
    return out


def test_citizens_see_the_name_the_colour_and_the_logo_at_once(client: FlaskClient, soeren: Staff) -> None:
    saved = client.post("/udseende", data={**TYPED, "logo": (picture(), "logo.png")})
    assert saved.status_code == 303
    page = client.get("/aegte")
    assert "Åkøbing" in page.text and "Job og liv" in page.text and "--own:#7a1f5c" in page.text
    nonce = re.search(r'<style nonce="([^"]+)">', page.text)
    assert nonce and f"'nonce-{nonce[1]}'" in page.headers["Content-Security-Policy"]
    shown = re.search(r'<img src="(/logo/\w{16}\.png)" width="120" height="40" alt="">', page.text)
    assert shown
    logo = client.get(shown[1])
    assert "immutable" in logo.headers["Cache-Control"] and logo.data.startswith(b"\x89PNG")


def test_a_logo_can_be_taken_away_and_the_colour_be_ours_again(client: FlaskClient, soeren: Staff) -> None:
    client.post("/udseende", data={**TYPED, "logo": (picture("JPEG"), "logo.jpg")})
    client.post("/udseende", data={**TYPED, "colour": "", "uden_logo": "1"})
    page = client.get("/aegte").text
    assert "<img" not in page and "--own:" not in page


def test_a_pale_colour_is_refused_with_a_darker_shade_and_what_was_typed(
    client: FlaskClient, soeren: Staff
) -> None:
    answer = client.post("/udseende", data={**TYPED, "colour": "#ffd700"})
    assert answer.status_code == 422 and "for lys til at læse" in answer.text
    assert 'value="#ffd700"' in answer.text and 'value="Åkøbing"' in answer.text
    assert "Job og liv" not in client.get("/aegte").text


def test_a_drawing_that_could_carry_a_script_is_no_logo(client: FlaskClient, soeren: Staff) -> None:
    drawing = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    answer = client.post("/udseende", data={**TYPED, "logo": (drawing, "logo.png")})
    assert answer.status_code == 422 and "ikke et billede" in answer.text


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    assert make(b"\x89PNG" + b"0" * LARGEST_UPLOAD) is NoLogo.TOO_LARGE


def test_a_logo_that_is_all_noise_still_costs_a_phone_little() -> None:
    noise = io.BytesIO()
    Image.effect_noise((960, 160), 90).convert("RGB").save(noise, "PNG")
    made = make(noise.getvalue())
    assert isinstance(made, Logo) and len(made.content) <= LARGEST_LOGO


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("office_name", "x" * 81), ("office_phone", "ring bare"), ("colour", "grøn")],
)
def test_a_field_that_is_wrong_is_told(client: FlaskClient, soeren: Staff, field: str, value: str) -> None:
    answer = client.post("/udseende", data={**TYPED, field: value})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text


def test_a_logo_nobody_has_is_not_found(client: FlaskClient) -> None:
    assert client.get("/logo/0123456789abcdef.png").status_code == 404


def test_the_style_guide_is_made_of_the_parts_of_the_pages(client: FlaskClient, soeren: Staff) -> None:
    page = client.get("/stilguide").text
    for part in ('class="choice"', 'class="chart"', 'class="problem"', "<progress", 'class="quiet"'):
        assert part in page
