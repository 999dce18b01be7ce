from pathlib import Path

import polib
import pytest

from i18n.catalogs import CatalogError, read
from i18n.locales import LOCALES
from i18n.texts import FOLDER, shipped_catalogs
from messaging.delivery import NO_RECEIPT, RENDER_FAILED
from messaging.gateway import Trouble
from messaging.policy import StopReason, WaitReason
from portal.services.text_checks import everything

CATALOGS = shipped_catalogs()
FILES = sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))


def test_nothing_is_wrong_with_the_texts_that_ship() -> None:
    """As ``flask texts check`` tells, which says what to do about each."""
    assert [(each.place, each.code, each.detail, each.remedy) for each in everything.check(CATALOGS)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_each_file_says_its_language_and_how_it_counts(path: Path) -> None:
    header = polib.pofile(str(path), encoding="utf-8").metadata
    locale = LOCALES[path.parts[-3]]
    assert header["Language"] == locale.code
    assert header["Plural-Forms"].split(";")[0] == locale.plural_forms_header.split(";")[0]
    assert "UTF-8" in header["Content-Type"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_each_file_keeps_to_its_area_with_each_key_once(path: Path) -> None:
    try:
        assert read(path)
    except CatalogError as error:
        pytest.fail(str(error))


def test_every_danish_text_tells_its_translator_where_it_stands() -> None:
    placeholders = [
        key for key, entry in CATALOGS.entries["da"].items() if "{" in entry.forms[0] and not entry.context
    ]
    assert placeholders == []


@pytest.mark.parametrize("reason", [*Trouble, *StopReason, *WaitReason, NO_RECEIPT, RENDER_FAILED])
def test_each_reason_why_an_sms_waits_or_failed_has_plain_words(reason: str) -> None:
    for code in ("da", "en"):
        assert CATALOGS.texts(code).has(f"thread.reason.{reason}"), code
