"""Drafts go live: those chosen, all in one transaction, or none. A changed Danish makes its translations stale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.checks import Problem
from i18n.locales import DEFAULT, LOCALES
from i18n.plain_language import Severity
from i18n.texts import Catalogs
from portal.domain.form_texts import is_form_key, with_wordings
from portal.domain.texts import Standing, Step
from portal.runtime import Portal
from portal.services import publishing as forms
from portal.services.texts.bench import Bench, TextRow, open_bench
from portal.services.texts.checking import Checked, Fault, check
from portal.services.texts.drafts import kept_row, rooted, touch
from portal.services.texts.history import Act, Author, note
from portal.store import texts as store
from portal.store.questionnaires import Origin

Text = tuple[str, str]
"""(locale, key)"""


@dataclass(frozen=True)
class Pending:
    """A draft that waits to go live, and what stands in its way: nothing but an ERROR does."""

    row: TextRow
    checked: Checked

    @property
    def is_ready(self) -> bool:
        return not self.checked.refused


@dataclass(frozen=True)
class Published:
    texts: tuple[Text, ...]
    versions: tuple[tuple[str, int], ...]
    """(form, number) of each new version of a questionnaire."""


@dataclass(frozen=True)
class NotPublished:
    """Nothing has gone live; these stand in the way."""

    pending: tuple[Pending, ...]


def pending(bench: Bench) -> list[Pending]:
    """Every draft of the bench's languages, Danish first."""
    places = sorted((each for each, kept in bench.kept.items() if kept.draft_forms is not None), key=_order)
    rows = (bench.row(*each) for each in places)
    return [Pending(row, judge(bench, row)) for row in rows if row]


def judge(bench: Bench, row: TextRow) -> Checked:
    checked = check(bench, row, row.forms)
    if row.standing is not Standing.STALE:
        return checked
    stale = Problem(Severity.ERROR, Fault.STALE, row.locale, row.key)
    return Checked((stale, *checked.problems))


def outdated_by(bench: Bench, danish: TextRow) -> tuple[str, ...]:
    """The languages that would show Danish until they are translated anew, were this to go live."""
    if not danish.is_source or danish.forms == danish.live:
        return ()
    rows = ((locale, bench.row(locale, danish.key)) for locale in LOCALES if locale != danish.locale)
    return tuple(locale for locale, row in rows if row and row.live)


def publish(
    portal: Portal,
    author: Author,
    chosen: Mapping[Text, int],
    now: datetime,
    same_meaning: Collection[str] = (),
) -> Published | NotPublished:
    """Makes the drafts of these texts live. ``chosen``: each with the version that was seen, for nothing goes live that
    nobody has looked at. ``same_meaning``: keys whose Danish is only mended, so that what was
    translated from it still fits. Texts without a draft are passed over."""
    with portal.database.write(author.municipality_id) as session:
        store.bump_revision(session)
        bench = open_bench(session, portal.catalogs)
        waiting = {(each.row.locale, each.row.key): each for each in pending(bench)}
        found = [_as_seen(each, chosen[text]) for text, each in waiting.items() if text in chosen]
        if faulty := tuple(each for each in found if not each.is_ready):
            return NotPublished(faulty)
        rows = list(_that_fit([each.row for each in found], same_meaning))
        versions = _Press(session, portal.catalogs, bench, author.staff_id, now).run(rows, same_meaning)
    portal.overlays.forget(author.municipality_id)
    return Published(tuple((row.locale, row.key) for row in rows), versions)


def revert(portal: Portal, author: Author, locale: str, key: str, now: datetime) -> None:
    """Back to the text that ships with the product; a question has none to go back to."""
    with portal.database.write(author.municipality_id) as session:
        store.bump_revision(session)
        kept = store.find(session, locale, key)
        shipped = portal.catalogs.entry(locale, key)
        if kept is None or is_form_key(key):
            return
        kept.forms, kept.source = [], []
        kept.draft_forms = kept.draft_source = None
        if shipped:
            kept.status = kept.live_status = shipped.status
        touch(session, kept, Act(Step.REVERTED, author.staff_id, now))
    portal.overlays.forget(author.municipality_id)


def _as_seen(waiting: Pending, version: int) -> Pending:
    if waiting.row.version == version:
        return waiting
    changed = Problem(Severity.ERROR, Fault.CHANGED, waiting.row.locale, waiting.row.key)
    return Pending(waiting.row, Checked((changed, *waiting.checked.problems)))


def _that_fit(rows: Sequence[TextRow], same_meaning: Collection[str]) -> Iterator[TextRow]:
    """Without the translations of a Danish that gets another meaning in the same go: they stay as drafts."""
    outdated = {row.key for row in rows if row.is_source} - set(same_meaning)
    return (row for row in rows if row.is_source or row.key not in outdated)


@dataclass
class _Press:
    session: Session
    catalogs: Catalogs
    bench: Bench
    staff_id: int
    now: datetime

    def run(self, rows: Sequence[TextRow], same_meaning: Collection[str]) -> tuple[tuple[str, int], ...]:
        """``rows`` with Danish first; gives the new versions of forms."""
        wordings: dict[str, dict[str, str]] = {}
        for row in rows:
            if is_form_key(row.key):
                wordings.setdefault(row.key, {})[row.locale] = row.forms[0]
            if row.is_source:
                dropped = self._follow(row, keeps=row.key in same_meaning)
                if is_form_key(row.key):
                    wordings[row.key] |= dict.fromkeys(dropped, "")
            self._go_live(row)
        return tuple(self._form(key, wordings) for key in self._forms_of(wordings))

    def _go_live(self, row: TextRow) -> None:
        kept = kept_row(self.session, row, self.now)
        kept.forms = list(row.forms)
        source = self.catalogs.entry(DEFAULT, row.key) if row.is_source else None
        kept.source = list(source.forms if source else kept.draft_source or row.source)
        kept.live_status, kept.published_at = kept.status, self.now
        kept.draft_forms = kept.draft_source = None
        touch(self.session, kept, Act(Step.PUBLISHED, self.staff_id, self.now))

    def _follow(self, danish: TextRow, *, keeps: bool) -> list[str]:
        """What a new Danish means for each translation; the languages whose text is no longer shown.

        A shipped translation whose Danish keeps its meaning becomes the municipality's own, or it would be passed
        over; a question's translation that is stale leaves the form, or it would be shown.
        """
        dropped = []
        for locale in LOCALES:
            row = self.bench.row(locale, danish.key)
            if locale == danish.locale or row is None or not row.forms:
                continue
            is_fresh = row.made_from == danish.source
            if keeps and is_fresh:
                self._carry_over(row, danish)
            elif is_form_key(danish.key):
                rooted(self.session, row, self.now)
                dropped.append(locale)
        return dropped

    def _carry_over(self, row: TextRow, danish: TextRow) -> None:
        kept = rooted(self.session, row, self.now)
        if kept.draft_forms is not None:
            kept.draft_source = list(danish.forms)
        if tuple(kept.source) == danish.source:
            kept.source = list(danish.forms)
        kept.version += 1
        note(self.session, kept, Act(Step.MEANING_KEPT, self.staff_id, self.now))

    def _forms_of(self, wordings: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(self.bench.form_texts[key].form for key in wordings))

    def _form(self, key: str, wordings: dict[str, dict[str, str]]) -> tuple[str, int]:
        form = next(each for each in self.bench.forms if each.key == key)
        changed = with_wordings(form, wordings)
        made = forms.publish(self.session, changed, self.now, self.staff_id, origin=Origin.EDITED)
        return key, made.number


def _order(text: Text) -> tuple[int, str]:
    locale, key = text
    return list(LOCALES).index(locale), key
