"""``flask texts check``: can citizens read what we write to them, in every language?"""

from __future__ import annotations

from collections.abc import Iterator

import click

from i18n import plain_language
from i18n.plain_language import Readability, Severity
from portal.cli.municipalities import find_municipality, municipality_option
from portal.domain.questionnaires import Respondent
from portal.runtime import Portal
from portal.services import publishing, text_check
from portal.services.text_checks import everything
from portal.services.text_checks.findings import Finding

SAID = {
    Severity.ERROR: "Cannot be shipped",
    Severity.WARNING: "To look at",
    Severity.INFO: "Good to know",
}


def check_command(portal: Portal) -> click.Command:
    @click.command("check")
    @municipality_option
    @click.option("--all", "show_all", is_flag=True, help="Show the LIX of every single text, too.")
    def check(slug: str | None, show_all: bool) -> None:
        """Look at every text, page and form that ships, and say what to mend, where and how.

        Danish is measured (LIX, sentences, threats). Every language is looked through for what is missing or
        stale, broken placeholders, markup and plurals, scales and terms in two wordings, and values that a
        right-to-left sentence would turn around; the code, for texts that it names in vain or not at all.
        With --municipality its own Danish texts and forms, too. Fails when something cannot be shipped.
        """
        for line in (*_texts(portal, show_all), *_pages(portal), *_forms()):
            click.echo(line)
        findings = [*everything.check(portal.catalogs)]
        if slug is not None:
            findings += _own(portal, slug)
        _tell(findings)

    return check


def _texts(portal: Portal, show_all: bool) -> Iterator[str]:
    if not show_all:
        return
    for text in text_check.texts(portal.catalogs):
        yield _measured(text.place, plain_language.readability(text.text))


def _pages(portal: Portal) -> Iterator[str]:
    for page in text_check.pages(portal.catalogs):
        yield _measured(page.name, page.measured)


def _forms() -> Iterator[str]:
    for form in publishing.shipped_forms():
        if form.respondent is Respondent.CITIZEN:
            yield _measured(f"questionnaire {form.key}", text_check.measure_form(form))


def _measured(place: str, measured: Readability) -> str:
    lix = "-" if measured.lix is None else str(measured.lix)
    return f"LIX {lix:>2}  {measured.words:>4} words in {measured.sentences:>3} sentences  {place}"


def _own(portal: Portal, slug: str) -> list[Finding]:
    municipality_id = find_municipality(portal, slug)
    with portal.database.read(municipality_id) as session:
        return list(text_check.check_own(session, portal.catalogs))


def _tell(findings: list[Finding]) -> None:
    """The gravest first."""
    for severity, said in SAID.items():
        found = [finding for finding in findings if finding.severity is severity]
        for number, finding in enumerate(found):
            heading = f"\n{said} ({len(found)})\n" if number == 0 else ""
            click.echo(f"{heading}\n{finding.place}\n  {finding.code}: {finding.detail}\n  {finding.remedy}")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(f"\n{errors} that cannot be shipped, {len(findings) - errors} to look at.")
    if errors:
        raise click.exceptions.Exit(1)
