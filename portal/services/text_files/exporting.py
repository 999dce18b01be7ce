"""Texts out: for a translator's own program, for an agency's spreadsheet, or a questionnaire with its columns."""

from __future__ import annotations

from dataclasses import dataclass

from i18n.exchange import formats
from i18n.exchange.formats import Format
from i18n.locales import DEFAULT, LOCALES
from portal.domain.form_texts import PREFIX, with_wordings
from portal.domain.questionnaires import Questionnaire
from portal.services.text_files.units import Scope, rows, units
from portal.services.texts.bench import Bench

XLSFORM = "xlsform"
"""Beside the values of Format: a questionnaire's own workbook."""


@dataclass(frozen=True)
class OutgoingFile:
    name: str
    mimetype: str
    data: bytes


def export(bench: Bench, scope: Scope, format_: str) -> OutgoingFile | None:
    """The newest wordings, drafts with them. None where there is nothing of the sort: a workbook of a
    questionnaire for texts that are none."""
    if format_ == XLSFORM:
        return _questionnaire(bench, scope)
    if format_ not in set(Format):
        return None
    chosen, kind = rows(bench, scope), Format(format_)
    data = formats.write(
        kind, units(bench, chosen), LOCALES[scope.locale], bench.catalogs.texts(DEFAULT, bench.overlay)
    )
    language = "" if kind is Format.POT else f"-{scope.locale}"
    return OutgoingFile(f"taletid{language}-{scope.extent}.{kind}", kind.mimetype, data)


def _questionnaire(bench: Bench, scope: Scope) -> OutgoingFile | None:
    from portal.services.xlsform.exporting import write  # noqa: PLC0415 — as publishing.read_form: a heavy library

    form = next((each for each in bench.forms if f"{PREFIX}{each.key}" == scope.extent), None)
    if form is None:
        return None
    return OutgoingFile(f"{form.key}.xlsx", Format.XLSX.mimetype, write(newest(bench, form), (scope.locale,)))


def newest(bench: Bench, form: Questionnaire) -> Questionnaire:
    """The form with the drafts of the bench's languages in it, Danish left as it is published."""
    wordings: dict[str, dict[str, str]] = {}
    for (locale, key), kept in bench.kept.items():
        if kept.draft_forms and key in bench.form_texts and locale != form.default_language:
            wordings.setdefault(key, {})[locale] = kept.draft_forms[0]
    return with_wordings(form, wordings)
