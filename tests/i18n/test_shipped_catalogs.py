import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from i18n.catalogs import CatalogError, read
from i18n.checks import check_catalogs, untranslated
from i18n.locales import LOCALES
from i18n.plain_language import Severity
from i18n.texts import FOLDER, load_catalogs
from messaging.delivery import NO_RECEIPT, RENDER_FAILED
from messaging.gateway import Trouble
from messaging.policy import StopReason, WaitReason

ROOT = FOLDER.parent
CATALOGS = load_catalogs()
FILES = sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))

# Whole areas whose keys code puts together from a name. A longer prefix ("staff.role.") is seen in the code.
BUILT_FROM_NAMES = (
    "sms.",  # the kind of the message
    "audit.",  # the action that was recorded
    "glossary.",  # the word that is explained
    "errors.",  # the name of the error, or of what is wrong with a field
    "audit.",  # the name of the action
    "common.",  # the stock of short words that every page shares
)

_AREAS = "|".join(CATALOGS.areas())
_ASKED_FOR = re.compile(r"""\bt(?:_plain|\.html|exts\(\)(?:\.html)?)?\(\s*["']([a-z0-9_.]+)["']""")
_CONSTANT = re.compile(rf"""["']((?:{_AREAS})(?:\.[a-z0-9_]+)+)["']""")
_PREFIX = re.compile(rf"""["']((?:{_AREAS})\.(?:[a-z0-9_]+\.)+)(?:["']|\{{)""")
_ENDPOINT = re.compile(r"""(?:url_for|endpoint)\W{1,6}["'][a-z_.]+["']""")


def sources() -> Iterator[str]:
    folders = (
        ("templates", "html"),
        ("portal", "py"),
        ("messaging", "py"),
        ("i18n/exchange", "py"),
        ("static", "js"),
    )
    for folder, suffix in folders:
        for path in sorted((ROOT / folder).rglob(f"*.{suffix}")):
            yield _ENDPOINT.sub("", path.read_text(encoding="utf-8"))


SOURCE = "\n".join(sources())


def test_the_catalogs_have_no_errors() -> None:
    errors = [problem for problem in check_catalogs(CATALOGS) if problem.severity is Severity.ERROR]
    assert errors == [], "a new translation is stamped by: python -m scripts.stamp_texts"


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


@pytest.mark.parametrize("code", sorted(set(LOCALES) - {"da"}))
def test_every_text_that_citizens_meet_is_there_in_each_language(code: str) -> None:
    lacking = [entry.key for entry in untranslated(CATALOGS, code)]
    assert lacking == [], "where only the wording has changed: python -m scripts.stamp_texts KEY"


def test_every_danish_text_tells_its_translator_where_it_stands() -> None:
    placeholders = [
        key for key, entry in CATALOGS.entries["da"].items() if "{" in entry.forms[0] and not entry.context
    ]
    assert placeholders == []


def test_every_key_that_code_asks_for_is_there() -> None:
    asked = {key for key in _ASKED_FOR.findall(SOURCE) if not key.endswith(".")}
    # Two parts may be the name of a view; three are a key.
    asked |= {key for key in _CONSTANT.findall(SOURCE) if key.count(".") >= 2}
    assert sorted(asked - set(CATALOGS.keys())) == []


def test_every_key_is_used() -> None:
    used = set(_ASKED_FOR.findall(SOURCE)) | set(_CONSTANT.findall(SOURCE))
    prefixes = (*BUILT_FROM_NAMES, *_PREFIX.findall(SOURCE))
    unused = set(CATALOGS.keys()) - used
    assert sorted(key for key in unused if not key.startswith(prefixes)) == []


@pytest.mark.parametrize("reason", [*Trouble, *StopReason, *WaitReason, NO_RECEIPT, RENDER_FAILED])
def test_each_reason_why_an_sms_waits_or_failed_has_plain_words(reason: str) -> None:
    for code in ("da", "en"):
        assert CATALOGS.texts(code).has(f"thread.reason.{reason}"), code
