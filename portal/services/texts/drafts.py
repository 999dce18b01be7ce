"""A wording that is being worked on: saved as it is typed, seen by nobody outside until it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.catalogs import Status
from i18n.texts import Forms
from portal.domain.texts import STATUS_AFTER, Standing, Step
from portal.runtime import Portal
from portal.services.texts.bench import TextRow, open_bench
from portal.services.texts.checking import Checked, check
from portal.services.texts.history import Act, Author, note
from portal.store import texts as store
from portal.store.texts import TextOverride


@dataclass(frozen=True)
class TextChange:
    """``version``: the one that the author had before her, ``TextRow.version``."""

    locale: str
    key: str
    forms: Forms
    version: int = 0


@dataclass(frozen=True)
class Saved:
    """``row`` as it is now; with an ERROR among what was found it cannot be published yet."""

    row: TextRow
    checked: Checked


@dataclass(frozen=True)
class Conflict:
    """Somebody else has changed the text in the meantime: nothing was stored. ``row`` is hers."""

    row: TextRow


@dataclass(frozen=True)
class Unreadable:
    """Too long, or signs that are no text: nothing was stored."""

    checked: Checked


def save(
    portal: Portal, author: Author, change: TextChange, now: datetime
) -> Saved | Conflict | Unreadable | None:
    """Keeps the wording as a draft. A stale one that is saved as it stands fits the new Danish, says its translator.
    None for an unknown key or language."""
    with portal.database.write(author.municipality_id) as session:
        store.hold(session)
        bench = open_bench(session, portal.catalogs, (change.locale,))
        row = bench.row(change.locale, change.key)
        if row is None:
            return None
        # The same words from two sides are no conflict: mostly it is an answer of ours that got lost on its way.
        if row.version != change.version and row.forms != change.forms:
            return Conflict(row)
        checked = check(bench, row, change.forms)
        if checked.is_unreadable:
            return Unreadable(checked)
        if change.forms != row.forms or row.standing is Standing.STALE:
            kept = kept_row(session, row, now)
            keep(session, kept, row, change.forms, Act(Step.SAVED, author.staff_id, now))
            changed = open_bench(session, portal.catalogs, (change.locale,)).row(change.locale, change.key)
            row = changed or row
    return Saved(row, checked)


def keep(
    session: Session,
    kept: TextOverride,
    row: TextRow,
    forms: Forms,
    act: Act,
    *,
    status: Status | None = None,
) -> None:
    """``kept``, the own row, has a draft made from the Danish as it stands. ``status``: where the step itself does
    not say. What is live already, and is typed again, is no draft."""
    if forms == row.live and act.step is Step.SAVED:
        kept.draft_forms = kept.draft_source = None
        kept.status = kept.live_status
    else:
        kept.draft_forms, kept.draft_source = list(forms), list(row.source)
        kept.status = status or STATUS_AFTER.get(act.step, row.status)
    touch(session, kept, act)


def discard(portal: Portal, author: Author, locale: str, key: str, now: datetime) -> None:
    """Gives the draft up; what is live stays."""
    with portal.database.write(author.municipality_id) as session:
        store.hold(session)
        kept = store.find(session, locale, key)
        if kept is None or kept.draft_forms is None:
            return
        kept.draft_forms = kept.draft_source = None
        kept.status = kept.live_status
        touch(session, kept, Act(Step.DISCARDED, author.staff_id, now))


def kept_row(session: Session, row: TextRow, now: datetime) -> TextOverride:
    """The municipality's own row of the text, made where there is none."""
    return store.find(session, row.locale, row.key) or new_row(session, row, now)


def new_row(session: Session, row: TextRow, now: datetime) -> TextOverride:
    """For a text that has no own row: one with nothing live in it."""
    kept = TextOverride(locale=row.locale, key=row.key, forms=[], source=[], version=0, changed_at=now)
    kept.live_status = kept.status = row.status
    session.add(kept)
    return kept


def rooted(session: Session, row: TextRow, now: datetime) -> TextOverride:
    """The own row, with what is live written into it and the Danish that it was made from."""
    kept = kept_row(session, row, now)
    if not kept.forms and row.live:
        kept.forms, kept.source = list(row.live), list(row.source)
    return kept


def touch(session: Session, kept: TextOverride, act: Act) -> None:
    """The row is changed. Whoever approved it approved another wording."""
    kept.version += 1
    kept.changed_by, kept.changed_at = act.staff_id, act.at
    if act.step in _OF_ANOTHER_WORDING:
        kept.approved_by = kept.approved_at = None
    note(session, kept, act)


_OF_ANOTHER_WORDING = frozenset({Step.SAVED, Step.IMPORTED, Step.DISCARDED, Step.REVERTED})
