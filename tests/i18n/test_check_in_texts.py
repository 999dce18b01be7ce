"""The check-ins that ship: one part in our own alphabet, neutral, and answered as they say in every language."""

import re
from pathlib import Path

import pytest

from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs
from messaging.content_guard import findings
from messaging.segments import Encoding, measure
from portal.domain.check_ins import TEMPLATES
from portal.domain.replies import ReplyKind, Understood, understand
from portal.services.sms.check_ins import asked
from portal.services.sms.draft import conversation_sms
from portal.store.check_ins import CheckInQuestion
from portal.store.people import Citizen

CATALOGS = shipped_catalogs()
FOLDER = Path(__file__).parents[2] / "i18n"
HER_WORD = "W" * 16
HERS = Citizen(first_name="N" * 12, kendeord=HER_WORD)

every_language = pytest.mark.parametrize("code", LOCALES)


def every_sms(code: str) -> dict[str, str]:
    texts = CATALOGS.texts(code)
    asking = {
        name: CheckInQuestion(position=0, kind=template.kind, template=name)
        for name, template in TEMPLATES.items()
    }
    return {
        name: conversation_sms(asked(texts, HERS.first_name, "C" * 12, question), HER_WORD)
        for name, question in asking.items()
    }


@pytest.mark.parametrize("code", ["da", "en"])
def test_a_shipped_question_is_one_part_with_the_longest_names_and_a_word(code: str) -> None:
    for name, text in every_sms(code).items():
        size = measure(text)
        assert (size.encoding, size.parts) == (Encoding.GSM7, 1), (name, size, text)


@every_language
def test_a_shipped_question_is_at_most_two_parts_in_any_language(code: str) -> None:
    assert {name: text for name, text in every_sms(code).items() if measure(text).parts > 2} == {}


@every_language
def test_the_content_guard_has_nothing_to_say_of_a_shipped_question(code: str) -> None:
    assert [findings(text, takes_replies=True) for text in every_sms(code).values()] == [()] * len(TEMPLATES)


@every_language
def test_the_words_we_ask_for_are_those_we_understand_and_confirm(code: str) -> None:
    texts = CATALOGS.texts(code)
    how = texts("sms.check_in_how_yes_no")
    for value in ("yes", "no"):
        word = texts(f"sms.check_in_{value}")
        assert re.search(rf"(?<!\w){word}(?!\w)", how)
        assert understand(word, ReplyKind.YES_NO, code) == Understood(value)


@pytest.mark.parametrize("code", sorted(LOCALES.keys() - {"da", "en"}))
def test_a_translated_question_that_nobody_has_read_is_marked_so(code: str) -> None:
    source = (FOLDER / code / "LC_MESSAGES" / "checkins.po").read_text(encoding="utf-8")
    assert source.count("\n# status: machine-draft\n") >= len(TEMPLATES)
