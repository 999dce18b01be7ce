"""``flask texts check``: what an operator or a build is told."""

from __future__ import annotations

from datetime import datetime

import pytest
from click.testing import Result
from flask import Flask

from database.engine import Database
from portal.services.text_checks import everything
from portal.store.texts import TextOverride
from tests.cases import make_case

HARD = "Kommunalbestyrelsens beskæftigelsesforvaltning meddeler afgørelsen skriftligt. "


def check(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["texts", "check", *arguments])


def test_what_ships_passes_and_each_page_and_form_has_its_lix(app: Flask) -> None:
    result = check(app)
    assert result.exit_code == 0
    assert "  pages/citizen/welcome.html" in result.output
    assert "  questionnaire screening_under_30" in result.output
    assert "0 that cannot be shipped, 0 to look at." in result.output
    assert "citizen.po:" not in result.output


@pytest.fixture
def nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what ships: it is looked through once, above."""
    monkeypatch.setattr(everything, "check", lambda _catalogs: [])


@pytest.mark.usefixtures("nothing_wrong")
def test_every_single_text_is_measured_when_asked_for(app: Flask) -> None:
    shown = check(app, "--all").output
    assert "citizen.po:" in shown and "citizen.welcome.why_text" in shown


@pytest.fixture
def municipality_with_own_text(database: Database, municipality: int, now: datetime) -> str:
    case = make_case(database, municipality, now)
    with database.write(municipality) as session:
        session.add(
            TextOverride(
                locale="da",
                key="citizen.welcome.why_text",
                forms=[HARD * 4],
                source=[""],
                changed_by=case.staff_id,
                changed_at=now,
            )
        )
    return "aakoebing"


@pytest.mark.usefixtures("nothing_wrong")
def test_a_municipalitys_own_texts_are_checked_when_it_is_named(
    app: Flask, municipality_with_own_text: str
) -> None:
    result = check(app, "--municipality", municipality_with_own_text)
    assert result.exit_code == 1
    assert "Cannot be shipped (1)\n\nown text citizen.welcome.why_text" in result.output
    assert "Write shorter sentences" in result.output and "1 that cannot be shipped" in result.output
