"""A citizen's data in her language, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from i18n.locales import LOCALES
from i18n.texts import Texts
from portal.domain.questionnaires import wording
from portal.services.own_data.fields import Kind
from portal.services.own_data.reading import Record, Told, Value
from portal.services.receipt import AnswerLine
from portal.store.check_ins import SHIPPED
from portal.store.thread import NAMES_A_DAY


def shown(told: Told, t: Texts) -> str:
    """Empty where there is nothing to tell."""
    if told.field.kind is Kind.SAID:
        return _said(told, t)
    if told.value is None or told.value == "":
        return ""
    say = _SAID_BY_KIND.get(told.field.kind)
    return _plain(told.value, t) if say is None else say(told, t)


def as_json(record: Record) -> dict[str, Any]:
    told = {each.field.name: _stored(each.value) for each in record.told}
    return told | ({"answers": [_answer(each) for each in record.answers]} if record.answers else {})


def _word(told: Told, t: Texts) -> str:
    """A word that has no text yet stands as it is stored: it is hers all the same."""
    key = f"{told.field.words}{told.value}"
    return t(key) if t.has(key) else str(told.value)


def _language(told: Told, _t: Texts) -> str:
    """In its own name."""
    code = str(told.value)
    return LOCALES[code].name if code in LOCALES else code


def _said(told: Told, t: Texts) -> str:
    body = cast("str | None", told.value) or ""
    if body.startswith(SHIPPED):
        return t(body) if t.has(body) else body
    key = f"thread.event.citizen.{told.what}"
    if not t.has(key) or (body and told.what not in NAMES_A_DAY):
        return body
    return t(key, day=t.near_day(date.fromisoformat(body))) if body else t(key)


def _plain(value: Value, t: Texts) -> str:
    return wording(value, t.locale.code, "da").text if isinstance(value, Mapping) else str(value)


_SAID_BY_KIND: Mapping[Kind, Callable[[Told, Texts], str]] = {
    Kind.MOMENT: lambda told, t: t.datetime(cast(datetime, told.value)),
    Kind.DAY: lambda told, t: t.date(cast(date, told.value)),
    Kind.NUMBER: lambda told, t: t.number(round(cast(Decimal, told.value), 1)),
    Kind.YES_NO: lambda told, t: t("common.yes" if told.value else "common.no"),
    Kind.LANGUAGE: _language,
    Kind.WORD: _word,
}


def _stored(value: Value) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return dict(value) if isinstance(value, Mapping) else value


def _answer(line: AnswerLine) -> dict[str, Any]:
    return {
        "question": line.question,
        "language": line.locale,
        "answer": list(line.answers),
        "missing": None if line.missing is None else line.missing.value.removeprefix("_"),
    }
