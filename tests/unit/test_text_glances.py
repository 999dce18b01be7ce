"""A count of texts goes by a shorter way than their rows, and comes to the same."""

from __future__ import annotations

import pytest

from i18n.catalogs import Status
from i18n.checks import met_by_citizens
from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs
from portal.domain.form_texts import is_form_key
from portal.domain.questionnaires import Respondent
from portal.services.publishing import shipped_forms
from portal.services.texts.bench import Bench, Glance
from portal.store.overlays import fresh
from portal.store.texts import KeptText
from tests.texts import kept

CATALOGS, FORMS = shipped_catalogs(), shipped_forms()
TITLE, TEXT = "goals.title", "goals.lead"
LABEL = "form.progression_citizen.health_coping.label"
OWN = [
    kept("da", TITLE, ["Hvad vil du?"], CATALOGS.entries["da"][TITLE].forms),
    kept("pl", TEXT, ["Cel"], ["Noget andet"]),
    kept("pl", "common.yes", draft="Tak", status=Status.NATIVE_APPROVED, approved_by=7),
    kept("pl", LABEL, draft="Czy?", draft_source=["Noget andet"]),
]


def bench(own: list[KeptText], shipped: frozenset[str] = frozenset()) -> Bench:
    return Bench(CATALOGS, fresh(own, CATALOGS), {(row.locale, row.key): row for row in own}, FORMS, shipped)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("own", [[], OWN], ids=["as it ships", "with its own"])
@pytest.mark.parametrize("shipped", [frozenset[str](), frozenset(form.key for form in FORMS)], ids=len)
def test_a_glance_says_of_a_text_what_its_row_says(
    locale: str, own: list[KeptText], shipped: frozenset[str]
) -> None:
    met = met_by_citizens(CATALOGS)
    looked_at = bench(own, shipped)
    rows = [row for row in looked_at.rows(locale, among=met) if not is_form_key(row.key) or is_hers(row.key)]
    told = [Glance(row.key, row.area, row.standing, row.approved_by) for row in rows]
    assert sorted(looked_at.glances(locale, met)) == sorted(told)


def is_hers(key: str) -> bool:
    return next(form for form in FORMS if form.key == key.split(".")[1]).respondent is Respondent.CITIZEN
