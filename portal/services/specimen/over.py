"""What a translator sees lie over the sample town: what is live, the drafts that are not, and what she types now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from i18n.catalogs import Status
from i18n.locales import DEFAULT
from i18n.texts import Forms
from portal.domain.form_texts import is_form_key, with_wordings
from portal.domain.questionnaires import Page, Question, Questionnaire, Respondent, for_respondent
from portal.services.specimen.measured import answer_to
from portal.services.specimen.pages import PAGES, SpecimenPage, Who
from portal.services.specimen.places import FORM_PAGE
from portal.services.specimen.stage import Backdrop, Town
from portal.services.texts.bench import Bench
from portal.store.municipalities import Office


@dataclass(frozen=True)
class Wish:
    """``typed``: key -> the wording in this language, as it stands in the editor at this moment."""

    locale: str
    page: str
    drafts: bool = True
    typed: Mapping[str, Forms] = field(default_factory=dict)


@dataclass(frozen=True)
class Ready:
    """A page that can be opened, and what lies over it."""

    page: SpecimenPage
    backdrop: Backdrop


def ready(wish: Wish, town: Town, bench: Bench, office: Office) -> Ready | None:
    """None for a page that there is not."""
    forms = _forms(wish, bench)
    backdrop = Backdrop(office, _overlay(wish, bench), _unread(wish, bench))
    if wish.page in PAGES:
        changed = {key: form for key, form in forms.items() if town.forms.get(key) is not form}
        return Ready(PAGES[wish.page], replace(backdrop, forms=changed))
    return _question(wish, town, forms, backdrop)


def _overlay(wish: Wish, bench: Bench) -> dict[tuple[str, str], Forms]:
    own = dict(bench.overlay)
    if wish.drafts:
        own |= {
            place: tuple(row.draft_forms or ())
            for place, row in bench.kept.items()
            if any(row.draft_forms or ())
        }
    own |= {(wish.locale, key): forms for key, forms in wish.typed.items() if any(forms)}
    return {(locale, key): forms for (locale, key), forms in own.items() if not is_form_key(key)}


def _unread(wish: Wish, bench: Bench) -> frozenset[tuple[str, str]]:
    kept = (place for place, row in bench.kept.items() if row.status is not Status.NATIVE_APPROVED)
    return frozenset(kept) | {(wish.locale, key) for key in wish.typed}


def _forms(wish: Wish, bench: Bench) -> dict[str, Questionnaire]:
    """The citizens' forms; one with other words is another object."""
    words: dict[str, dict[str, str]] = {}
    if wish.drafts:
        for (locale, key), row in bench.kept.items():
            if is_form_key(key) and row.draft_forms:
                words.setdefault(key, {})[locale] = row.draft_forms[0]
    for key, forms in wish.typed.items():
        if is_form_key(key) and forms:
            words.setdefault(key, {})[wish.locale] = forms[0]
    found = {form.key: form for form in bench.forms if form.respondent is Respondent.CITIZEN}
    for key, form in found.items():
        own = {name: texts for name, texts in words.items() if name.split(".")[1] == key}
        found[key] = with_wordings(form, own) if own else form
    return found


def _question(wish: Wish, town: Town, forms: Mapping[str, Questionnaire], backdrop: Backdrop) -> Ready | None:
    """skema.<form>.<question or page>, or .required and .constraint: the page after an answer that is not taken."""
    kind, key, name, variant = (*wish.page.split("."), "", "", "")[:4]
    form = forms.get(key)
    if kind != FORM_PAGE or form is None or f"form.{key}" not in town.names:
        return None
    hers = for_respondent(_met(_in_languages(form, wish.locale), name, variant), Respondent.CITIZEN)
    pages = (each.name for each in hers.pages if name in ("", each.name, *(q.name for q in each.questions)))
    found = next(pages, None)
    if found is None:
        return None
    posted = _posted(hers, name, variant) if variant else None
    address = f"/svar/{{form.{key}}}/{hers.page_numbers[found] + 1}"
    page = SpecimenPage(wish.page, address, Who.READER, posted)
    return Ready(page, replace(backdrop, forms={key: hers}))


def _posted(form: Questionnaire, name: str, variant: str) -> dict[str, str]:
    """Nothing, or an answer that only the question's own rule can have something against."""
    if variant != "constraint" or name not in form.questions:
        return {}
    return {name: answer_to(form.questions[name], 1).value}


def _met(form: Questionnaire, wanted: str, variant: str) -> Questionnaire:
    """As for somebody who meets every question of it, and whose answer to ``wanted`` is not taken."""

    def question(each: Question) -> Question:
        rule = "false()" if (each.name, variant) == (wanted, "constraint") else each.constraint
        must = each.required or (each.name, variant) == (wanted, "required")
        return replace(each, relevant="", choice_filter="", constraint=rule, required=must)

    def page(each: Page) -> Page:
        return replace(each, relevant="", questions=tuple(map(question, each.questions)))

    return replace(form, pages=tuple(map(page, form.pages)))


def _in_languages(form: Questionnaire, locale: str) -> Questionnaire:
    """Two languages at most: the others would only be carried along."""
    wanted = {locale, DEFAULT, form.default_language}
    return replace(form, languages=tuple(each for each in form.languages if each in wanted))
