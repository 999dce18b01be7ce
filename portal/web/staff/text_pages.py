"""What the pages of one text show: gathered in one reading, for the editor and for what it asks while one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, request
from sqlalchemy.orm import Session

from i18n.chips import names
from i18n.locales import Locale
from i18n.texts import Forms
from i18n.word_diff import Run, word_diff
from portal.domain.texts import Kind
from portal.domain.work_list import Neighbours, neighbours
from portal.services.question_texts import QuestionText, of_label
from portal.services.recordings import Standing, can_be_read, standing
from portal.services.texts.bench import TextRow
from portal.services.texts.bench import open_bench as open_bench_of
from portal.services.texts.checking import Checked, check
from portal.services.texts.desk import Desk, desk
from portal.services.texts.meter import Meter, meter
from portal.services.texts.post import Post, open_post
from portal.services.texts.review import Review, open_review
from portal.services.texts.work import work_list
from portal.store.text_reviews import open_comments
from portal.web.context import actor, now, portal, read
from portal.web.staff.text_filter import Filter, from_request
from portal.web.staff.texts import locale_or_404


@dataclass(frozen=True)
class Reading:
    """A question that may be read aloud, and the recording that there is of it."""

    text: QuestionText
    recording: Standing | None


@dataclass(frozen=True)
class Shown:
    """``forms`` is what stands in the fields: what was typed, what a match says, or the newest wording. ``refused``:
    nothing was stored, for what ``checked`` says. ``changed_by``: who wrote the newest wording."""

    row: TextRow
    language: Locale
    forms: Forms
    desk: Desk
    checked: Checked
    meter: Meter
    near: Neighbours
    filter: Filter
    changed_by: str
    refused: bool
    review: Review
    reading: Reading | None
    form_titles: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The placeholders of the text, in the order of the Danish."""
        return names((*self.row.source, *(("{n}",) if self.row.entry.plural else ())))

    @property
    def between(self) -> tuple[tuple[Run, ...], ...]:
        """From the newest wording, form by form, to the one in the fields."""
        stored = _padded(self.row, self.language, self.row.forms)
        return tuple(word_diff(*pair) for pair in zip(stored, self.forms, strict=True))


def look(locale: str, key: str, typed: Forms | None = None, refused: Checked | None = None) -> Shown:
    """404 for a text or a language that there is not."""
    language = locale_or_404(locale)
    narrowed = from_request(locale)
    with read() as session:
        bench = open_bench_of(session, portal().catalogs, (locale,))
        row = bench.row(locale, key) or abort(404)
        post = _post(session, row)
        questions = open_comments(session, locale) if narrowed.questions else {}
        found = open_review(session, bench, row, actor().staff_id or 0)
    question = of_label(bench.forms, key, locale)
    beside = desk(bench, row)
    forms = _padded(row, language, typed if typed is not None else _taken(beside) or row.forms)
    return Shown(
        row,
        language,
        forms,
        beside,
        refused or (check(bench, row, forms) if any(forms) else Checked(())),
        meter(row, forms, post),
        neighbours(work_list(bench, locale, narrowed.asked(actor().staff_id or 0, questions)).keys, key),
        narrowed,
        found.names.get(row.changed_by or 0, ""),
        refused is not None,
        found,
        _reading(question) if question and can_be_read(question) else None,
        bench.form_titles,
    )


def _reading(text: QuestionText) -> Reading:
    return Reading(text, standing(portal(), actor().municipality_id, text))


def findings(row: TextRow, forms: Forms, checked: Checked) -> str:
    """What is said of a wording below its fields."""
    with read() as session:
        measured = meter(row, forms, _post(session, row))
    return render_template(
        "fragments/texts/_found.html",
        row=row,
        checked=checked,
        meter=measured,
        language=locale_or_404(row.locale),
    )


def _post(session: Session, row: TextRow) -> Post | None:
    """What an SMS is filled with; no other text is."""
    if row.kind is not Kind.SMS:
        return None
    texts = portal().catalogs.texts(row.locale, portal().overlays.of(actor().municipality_id))
    return open_post(session, texts, portal().settings.link_url, now().date())


def _padded(row: TextRow, language: Locale, forms: Forms) -> Forms:
    """A field for each form that the language has."""
    count = len(language.plural_categories) if row.entry.plural else 1
    return (*forms, *("",) * (count - len(forms)))[:count]


def _taken(beside: Desk) -> Forms:
    """Without a script a match is taken by its link."""
    key = request.args.get("brug", "")
    return next((match.forms for match in beside.matches if match.unit.key == key), ())
