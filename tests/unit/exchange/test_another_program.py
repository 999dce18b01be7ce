"""Our XLIFF 2 in the hands of another program: the Translate Toolkit, which Weblate and Pootle are built on."""

from __future__ import annotations

from copy import deepcopy

import pytest
from translate.storage.xliff2 import Xliff2File, Xliff2Unit

from i18n.catalogs import Status
from i18n.exchange import xliff
from i18n.exchange.inline import named
from i18n.exchange.judging import Accepted
from i18n.exchange.units import FileRead, Unit
from i18n.locales import LOCALES
from tests.unit.exchange.test_round_trip import shipped
from tests.unit.exchange.texts import HELLO, POLISH, UNITS, judged


def opened(*units: Unit, code: str = "pl") -> Xliff2File:
    return Xliff2File.parsestring(xliff.write(units, LOCALES[code]))


def sent_back(file: Xliff2File) -> FileRead:
    read = xliff.read(bytes(file))
    assert isinstance(read, FileRead)
    assert read.problems == ()
    return read


def in_it(file: Xliff2File, key: str) -> Xliff2Unit:
    return next(unit for unit in file.units if unit.getid() == key)


@pytest.mark.parametrize("code", ["pl", "ar", "fa"])
def test_opened_and_saved_it_comes_back_as_it_went_out(code: str) -> None:
    units = shipped(code)
    file = opened(*units, code=code)
    assert (file.getsourcelanguage(), file.gettargetlanguage()) == ("da", code)
    assert sent_back(file) == xliff.read(xliff.write(units, LOCALES[code]))


def test_it_sees_every_text_with_its_key_its_danish_and_its_translation() -> None:
    unit = in_it(opened(*UNITS), HELLO.key)
    assert (unit.source, unit.target) == ("Hej ", "Witaj ")
    assert unit.istranslated()


def test_a_placeholder_is_a_code_to_it_that_nobody_can_misspell() -> None:
    (sentence,) = in_it(opened(HELLO), HELLO.key).rich_source
    words, code = sentence.sub
    assert str(words) == "Hej "
    assert code.xml_node.tag == named("ph")


def test_what_it_translates_and_approves_is_taken_as_read_by_another() -> None:
    file = opened(Unit("common.yes", ("Ja",)), HELLO)
    unit = in_it(file, "common.yes")
    unit.target = "Tak"
    unit.markapproved()
    incoming = next(each for each in sent_back(file).incoming if each.key == "common.yes")
    assert (incoming.forms, incoming.status) == (("Tak",), Status.BACK_CHECKED)


def test_a_code_that_it_copies_into_the_translation_is_the_placeholder_again() -> None:
    empty = Unit(HELLO.key, HELLO.source)
    file = opened(empty)
    unit = in_it(file, HELLO.key)
    unit.rich_target = deepcopy(unit.rich_source)
    unit.marktranslated()
    found = judged(sent_back(file), (empty,), POLISH)
    assert isinstance(found, Accepted)
    assert [change.forms for change in found.changes] == [("Hej {name}",)]
