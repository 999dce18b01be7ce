"""What goes out comes back as it was, in every format and every language."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from i18n.catalogs import Status
from i18n.exchange.formats import Format, read, recognised, write
from i18n.exchange.judging import Accepted
from i18n.exchange.units import FileRead, Reason, Rejected, Unit
from i18n.locales import LOCALES, Locale
from i18n.texts import shipped_catalogs
from tests.unit.exchange.texts import any_units, judged

SHIPPED = shipped_catalogs()
WORDS = SHIPPED.texts("da")
BOTH_WAYS = (Format.PO, Format.XLIFF, Format.XLSX)
BEGINNINGS = (b"", b"<", b"PK\x03\x04", b"msgid ", b'<?xml version="1.0" encoding="x"?>')
OPEN = {Reason.NOT_TRANSLATED, Reason.LEFT_OPEN, Reason.STILL_STALE}
Some = tuple[Locale, tuple[Unit, ...]]


def there_and_back(format_: Format, units: tuple[Unit, ...], locale: Locale) -> FileRead:
    data = write(format_, units, locale, WORDS)
    assert recognised(data) is format_
    file = read(data)
    assert isinstance(file, FileRead)
    return file


@pytest.mark.parametrize("format_", BOTH_WAYS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_units())
def test_any_text_comes_back_as_it_went_out(format_: Format, some: Some) -> None:
    locale, units = some
    file = there_and_back(format_, units, locale)
    assert file.language == locale.code
    assert file.problems == ()
    for unit, each in zip(units, file.incoming, strict=True):
        assert (each.key, each.plural, each.forms) == (unit.key, unit.plural, unit.targets(locale))
        assert each.source in (unit.source, unit.beside(locale))
        assert (each.left_open or each.sent_stale) == unit.stale
        assert each.status == unit.status


@pytest.mark.parametrize("format_", BOTH_WAYS)
@pytest.mark.parametrize("code", ["pl", "ar"])
def test_all_shipped_texts_come_back_untouched_and_change_nothing(format_: Format, code: str) -> None:
    units = shipped(code)
    found = judged(there_and_back(format_, units, LOCALES[code]), units, LOCALES[code])
    assert isinstance(found, Accepted)
    assert found.changes == ()
    assert {refused.code for refused in found.left_out} <= OPEN


def shipped(code: str) -> tuple[Unit, ...]:
    """Every text that counts or has markup, and some of the others."""
    entries = SHIPPED.entries["da"].values()
    chosen = [
        entry for n, entry in enumerate(entries) if entry.plural or "<" in entry.forms[0] or n % 10 == 0
    ]
    return tuple(unit(code, entry.key) for entry in chosen)


def unit(code: str, key: str) -> Unit:
    danish, own = SHIPPED.entries["da"][key], SHIPPED.entry(code, key)
    forms = own.forms if own and not own.empty else ()
    status = own.status if own and own.usable else None
    return Unit(
        key, danish.forms, forms, danish.plural, danish.context, (), status, bool(forms) and status is None
    )


@pytest.mark.parametrize("format_", BOTH_WAYS)
def test_a_text_raised_by_the_file_is_taken_and_one_that_is_approved_stays_so(format_: Format) -> None:
    sent = (
        Unit("a.a", ("Ja",), ("Tak",), status=Status.BACK_CHECKED),
        Unit("a.b", ("Nej",), ("Nie",), status=Status.NATIVE_APPROVED),
    )
    ours = (Unit("a.a", ("Ja",), ("Tak",), status=Status.DRAFT), sent[1])
    found = judged(there_and_back(format_, sent, LOCALES["pl"]), ours)
    assert isinstance(found, Accepted)
    assert [(change.key, change.status) for change in found.changes] == [("a.a", Status.BACK_CHECKED)]


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<", b"PK\x03\x04", b"msgid ", b'<?xml version="1.0" encoding="x"?>']),
)
def test_no_file_breaks_the_reading(data: bytes, beginning: bytes) -> None:
    assert isinstance(read(beginning + data), FileRead | Rejected)


def test_a_file_that_is_none_of_ours_is_told_so() -> None:
    assert _reason(b"hello") == Reason.UNKNOWN_FORMAT
    assert _reason(b" \n") == Reason.EMPTY
    assert _reason(b"msgid" + b" " * (6 * 1024 * 1024)) == Reason.TOO_LARGE


def _reason(data: bytes) -> str:
    found = read(data)
    assert isinstance(found, Rejected)
    return found.problems[0].code


def test_the_ending_and_the_kind_of_each_format_are_known() -> None:
    assert {str(each) for each in Format} == {"po", "pot", "xlf", "xlsx"}
    assert all("/" in each.mimetype for each in Format)
