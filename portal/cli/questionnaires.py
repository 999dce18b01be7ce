"""``flask questionnaires``: forms in from a file, and a list of what is published."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from i18n.texts import Texts
from portal.cli.municipalities import find_municipality, municipality_option
from portal.domain.form_changes import FormChanges, Kind, compare
from portal.domain.questionnaires import Questionnaire
from portal.runtime import Portal
from portal.services import publishing
from portal.services.publishing import Published, RespondentChangedError
from portal.services.xlsform.problems import FormRefused, Problem
from portal.store import questionnaires


def questionnaire_commands(portal: Portal) -> AppGroup:
    group = AppGroup("questionnaires", help="Import questionnaires and list them.")

    @group.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @municipality_option
    def import_file(file: Path, slug: str | None) -> None:
        """Check an XLSForm (.xlsx, .csv or .md) and publish it; a form with a problem is refused whole."""
        municipality_id = find_municipality(portal, slug)
        form = publishing.read_form(file.read_bytes(), file.name)
        if isinstance(form, FormRefused):
            _refuse(form, portal.catalogs.texts("en"))
        changes, published = _publish(portal, municipality_id, form.questionnaire)
        click.echo(_summary(form.questionnaire, changes))
        click.echo(_outcome(form.questionnaire.key, published))

    @group.command("list")
    @municipality_option
    def list_published(slug: str | None) -> None:
        """Show the newest version of each questionnaire."""
        with portal.database.read(find_municipality(portal, slug)) as session:
            versions = questionnaires.newest_versions(session)
            forms = questionnaires.definitions(session, versions)
            for version, form in zip(versions, forms, strict=True):
                click.echo(
                    f"{form.key:<24} version {version.number:<3} {form.respondent:<10} "
                    f"{', '.join(form.languages)}"
                )

    return group


def _refuse(form: FormRefused, texts: Texts) -> NoReturn:
    for problem in form.problems:
        click.echo(_sentence(problem, texts), err=True)
    raise click.ClickException(f"{len(form.problems)} problems. Nothing was imported.")


def _sentence(problem: Problem, texts: Texts) -> str:
    place = texts(problem.place_key, sheet=problem.sheet, row=problem.row or "", column=problem.column)
    return f"{place}: {texts(problem.key, **problem.values)}"


def _publish(portal: Portal, municipality_id: int, form: Questionnaire) -> tuple[FormChanges, Published]:
    with portal.database.write(municipality_id) as session:
        changes = compare(publishing.newest_form(session, form.key), form)
        try:
            return changes, publishing.publish(session, form, portal.clock())
        except RespondentChangedError:
            raise click.ClickException(
                f"{form.key} is answered by the other party already. Give this form another form_id."
            ) from None


def _summary(form: Questionnaire, changes: FormChanges) -> str:
    counts = [f"{len(changes.of(kind))} {kind}" for kind in Kind if changes.of(kind)]
    return f"{form.titles[form.default_language]} ({', '.join(form.languages)}): {', '.join(counts)}"


def _outcome(key: str, published: Published) -> str:
    if published.is_new:
        return f"Published {key} as version {published.number}."
    return f"{key} is the same as version {published.number}. Nothing was changed."
