"""``flask texts``: what citizens read, and what of it is still to be translated."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import AppGroup

from i18n.checks import untranslated
from i18n.locales import DEFAULT, LOCALES
from i18n.texts import Catalogs
from portal.cli.text_check import check_command
from portal.domain import questionnaires
from portal.domain.questionnaires import Respondent
from portal.runtime import Portal
from portal.services import publishing

TRANSLATED = [code for code in LOCALES if code != DEFAULT]


def text_commands(portal: Portal) -> AppGroup:
    group = AppGroup("texts", help="What citizens read, in every language.")

    @group.command("missing")
    @click.option(
        "--language", type=click.Choice(TRANSLATED), help="List every missing text of one language."
    )
    def missing(language: str | None) -> None:
        """Count what citizens meet in Danish only, in the catalogs and in the questionnaires that ship."""
        lines = _listed(portal.catalogs, language) if language else _counted(portal.catalogs)
        for line in lines:
            click.echo(line)

    group.add_command(check_command(portal))
    return group


def _counted(catalogs: Catalogs) -> Iterator[str]:
    for code in TRANSLATED:
        in_catalogs = len(untranslated(catalogs, code))
        in_forms = len({text for _, text in _of_forms(code)})
        yield f"{code}  {in_catalogs:>5} in catalogs  {in_forms:>5} in questionnaires"


def _listed(catalogs: Catalogs, code: str) -> Iterator[str]:
    for entry in untranslated(catalogs, code):
        yield f"{entry.key}\t{' | '.join(entry.forms)}"
    for key, text in _of_forms(code):
        yield f"{key}\t{text}"


def _of_forms(code: str) -> Iterator[tuple[str, str]]:
    """(the form's key, the Danish text)"""
    for form in publishing.shipped_forms():
        if form.respondent is Respondent.CITIZEN:
            for text in questionnaires.untranslated(form, code):
                yield form.key, text
