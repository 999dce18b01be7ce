"""``flask texts``: what is still to be translated."""

from __future__ import annotations

import re

from flask import Flask

from i18n.locales import DEFAULT, LOCALES


def test_the_count_names_every_language_but_danish(app: Flask) -> None:
    lines = app.test_cli_runner().invoke(args=["texts", "missing"]).output.splitlines()
    assert [line.split()[0] for line in lines] == [code for code in LOCALES if code != DEFAULT]
    assert all(re.fullmatch(r"[a-z]{2} +\d+ in catalogs +\d+ in questionnaires", line) for line in lines)


def test_the_list_of_a_language_has_key_and_danish_and_nothing_that_stands_in_it(app: Flask) -> None:
    listed = app.test_cli_runner().invoke(args=["texts", "missing", "--language", "en"])
    assert (listed.exit_code, listed.output) == (0, "")
    refused = app.test_cli_runner().invoke(args=["texts", "missing", "--language", "da"])
    assert refused.exit_code == 2
