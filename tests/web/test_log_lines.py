from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from portal.web import request_log


@pytest.fixture
def log_of_a_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Sets the log up as a server does, without pytest's own handlers; to be called where output is caught."""

    def set_up() -> None:
        monkeypatch.setattr(logging.root, "handlers", [])
        monkeypatch.setattr(logging.root, "level", logging.WARNING)
        request_log.configure()

    yield set_up
    structlog.reset_defaults()


def test_what_a_library_logs_is_a_json_line_too(
    log_of_a_server: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    log_of_a_server()
    logging.getLogger("messaging.delivery").error("message %s could not be rendered: %s", 7, "KeyError")
    line = json.loads(capsys.readouterr().out)
    assert line["event"] == "message 7 could not be rendered: KeyError"
    assert line["level"] == "error"
    assert line["timestamp"].endswith("Z")


def test_a_logged_fault_shows_the_place_and_not_what_somebody_wrote(
    log_of_a_server: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    log_of_a_server()
    try:
        raise ValueError("Mette skriver om sit helbred")
    except ValueError:
        logging.getLogger("some.library").exception("it broke")
    written = capsys.readouterr().out
    assert "Mette" not in written
    assert "test_log_lines.py" in json.loads(written)["trace"][0]


def test_what_a_library_only_mentions_is_not_logged(
    log_of_a_server: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    log_of_a_server()
    logging.getLogger("some.library").info("a chatty line")
    assert capsys.readouterr().out == ""
