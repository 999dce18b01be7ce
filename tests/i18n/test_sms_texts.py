"""The texts of the SMS: neutral, short, and drafts where no speaker of the language has read them."""

import re
from pathlib import Path

import pytest

from i18n.catalogs import Status, read
from i18n.locales import LOCALES
from i18n.plain_language import check
from messaging.content_guard import findings
from messaging.segments import Encoding, measure

FOLDER = Path(__file__).parents[2] / "i18n"
LONGEST = {
    **{"name": "N" * 12, "caseworker": "C" * 12, "minutes": "25", "word": "W" * 20, "link": "L" * 45},
    **{"day": "D" * 26, "question": "Q" * 90, "how": "H" * 36, "answer": "HAYIR, HAYIR, HAYIR"},
    **{"code": "0" * 6, "phone": "+4570700000"},
}
SMS = {code: read(FOLDER / code / "LC_MESSAGES" / "sms.po") for code in LOCALES}
MOST_PARTS = 2

every_language = pytest.mark.parametrize("code", LOCALES)


def longest_texts(code: str) -> dict[str, str]:
    return {key: entry.forms[0].format(**LONGEST) for key, entry in SMS[code].items()}


def placeholders(code: str) -> dict[str, list[str]]:
    return {key: sorted(re.findall(r"\{(\w+)\}", entry.forms[0])) for key, entry in SMS[code].items()}


@every_language
def test_every_language_has_every_sms_with_the_same_placeholders(code: str) -> None:
    assert placeholders(code) == placeholders("da")


@pytest.mark.parametrize("code", ["da", "en", "so"])
def test_an_sms_in_our_own_alphabet_is_one_part_with_the_longest_names(code: str) -> None:
    for key, text in longest_texts(code).items():
        size = measure(text)
        assert (size.encoding, size.parts) == (Encoding.GSM7, 1), (key, size)


@every_language
def test_an_sms_in_any_language_is_at_most_two_parts(code: str) -> None:
    for key, text in longest_texts(code).items():
        assert measure(text).parts <= MOST_PARTS, key


@every_language
def test_the_content_guard_has_nothing_to_say_of_our_own_texts(code: str) -> None:
    for key, text in longest_texts(code).items():
        assert findings(text, takes_replies="{link}" not in SMS[code][key].forms[0]) == (), key


@every_language
def test_a_link_stands_last_so_that_no_sign_clings_to_it(code: str) -> None:
    for key, entry in SMS[code].items():
        assert "{link}" not in entry.forms[0] or entry.forms[0].endswith(" {link}"), key


@every_language
def test_the_answer_to_stop_names_the_way_back_and_the_post_that_goes_on(code: str) -> None:
    text = SMS[code]["sms.stop_confirmation"].forms[0]
    assert "START" in text and "Digital Post" in text


@pytest.mark.parametrize("code", sorted(LOCALES.keys() - {"da", "en"}))
def test_a_translation_nobody_has_read_is_marked_so(code: str) -> None:
    source = (FOLDER / code / "LC_MESSAGES" / "sms.po").read_text(encoding="utf-8")
    assert source.startswith("# status: machine-draft")
    assert source.count("\n# status: machine-draft\n") == len(SMS[code])
    assert {entry.status for entry in SMS[code].values()} == {Status.MACHINE_DRAFT}


def test_no_danish_sms_threatens() -> None:
    assert {key: check(text) for key, text in longest_texts("da").items() if check(text)} == {}


def test_the_translator_is_told_what_each_text_is_for() -> None:
    assert all(entry.context for entry in SMS["da"].values())
