"""The operator's commands for questionnaires."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from database.engine import Database
from portal.services.publishing import SHIPPED, newest_form
from tests.conftest import add_municipality

AGENDA = SHIPPED / "own_agenda.md"


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["questionnaires", *map(str, arguments)])


@pytest.fixture
def municipality(database: Database) -> int:
    return add_municipality(database)


def test_a_form_is_published_with_a_summary(app: Flask, database: Database, municipality: int) -> None:
    result = run(app, "import", AGENDA)
    assert result.exit_code == 0
    assert ": 3 new" in result.output
    assert "Published own_agenda as version 1." in result.output
    with database.read(municipality) as session:
        assert newest_form(session, "own_agenda") is not None


def test_the_same_file_again_publishes_nothing(app: Flask, municipality: int) -> None:
    run(app, "import", AGENDA)
    assert "the same as version 1. Nothing was changed." in run(app, "import", AGENDA).output


def test_a_form_with_problems_is_refused_with_every_place(
    app: Flask, database: Database, municipality: int, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text(
        AGENDA.read_text(encoding="utf-8").replace("own_agenda", "Own Agenda").replace("text ", "video "),
        encoding="utf-8",
    )
    result = run(app, "import", broken)
    assert result.exit_code == 1
    assert "Sheet survey, row" in result.output and "column type" in result.output
    assert "Nothing was imported." in result.output
    with database.read(municipality) as session:
        assert newest_form(session, "own_agenda") is None


def test_with_several_municipalities_one_must_be_named(
    app: Flask, database: Database, municipality: int
) -> None:
    other = add_municipality(database, "andenby", "+4510900001")
    refused = run(app, "import", AGENDA)
    assert refused.exit_code == 1
    assert "aakoebing, andenby" in refused.output
    assert run(app, "import", AGENDA, "--municipality", "andenby").exit_code == 0
    with database.read(other) as session:
        assert newest_form(session, "own_agenda") is not None
    with database.read(municipality) as session:
        assert newest_form(session, "own_agenda") is None


def test_the_list_shows_version_respondent_and_languages(app: Flask, municipality: int) -> None:
    run(app, "import", AGENDA)
    assert run(app, "list").output.split()[:6] == ["own_agenda", "version", "1", "citizen", "da,", "en,"]
