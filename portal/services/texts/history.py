"""Each step that a text takes, kept: who, when, and the wording as it was after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from sqlalchemy.orm import Session

from i18n.word_diff import Run, word_diff
from portal.domain.texts import Step
from portal.store import audit, people
from portal.store import texts as store
from portal.store.texts import TextOverride, TextRevision

LONGEST_SUBJECT = 80
ONE_SITTING = timedelta(minutes=10)
"""Who goes on typing is not making a new version each second."""
OF_TYPING = frozenset({Step.SAVED})


@dataclass(frozen=True)
class Author:
    """Who changes the texts, and of which municipality."""

    municipality_id: int
    staff_id: int


@dataclass(frozen=True)
class Act:
    """A step, by whom and when."""

    step: Step
    staff_id: int
    at: datetime


def note(session: Session, row: TextOverride, act: Act) -> None:
    """``row`` as it is after the step. Typing on is told once a sitting."""
    forms = row.forms if row.draft_forms is None else row.draft_forms
    source = row.source if row.draft_source is None else row.draft_source
    last = store.newest_revision(session, row.locale, row.key) if act.step in OF_TYPING else None
    if last and _is_same_sitting(last, act):
        last.forms, last.source, last.status, last.at = list(forms), list(source), row.status, act.at
        return
    session.add(
        TextRevision(
            locale=row.locale,
            key=row.key,
            step=act.step,
            forms=list(forms),
            source=list(source),
            status=row.status,
            staff_id=act.staff_id,
            at=act.at,
        )
    )
    subject = f"text {row.locale} {row.key}"[:LONGEST_SUBJECT]
    audit.record(session, f"text.{act.step}", act.at, staff_id=act.staff_id, subject=subject)


def _is_same_sitting(last: TextRevision, act: Act) -> bool:
    return last.step is act.step and last.staff_id == act.staff_id and act.at - last.at < ONE_SITTING


MOST_SHOWN = 100


@dataclass(frozen=True)
class Told:
    """One step as it is shown: what it changed in each form against the step before, and who took it."""

    revision: TextRevision
    changes: tuple[tuple[Run, ...], ...]
    who: str


def tell(session: Session, locale: str, key: str) -> list[Told]:
    """The newest step first."""
    steps = store.revisions(session, locale, key, MOST_SHOWN)
    names = {
        each.id: each.name for each in people.colleagues(session, [s.staff_id for s in steps if s.staff_id])
    }
    earlier = [*(each.forms for each in steps[1:]), *(_before(each) for each in steps[-1:])]
    return [
        Told(step, compare(before, step.forms), names.get(step.staff_id or 0, ""))
        for step, before in zip(steps, earlier, strict=False)
    ]


def _before(first: TextRevision) -> list[str]:
    """Before the oldest step: whoever typed wrote it all; another step found the words as they were."""
    return [] if first.step in (Step.SAVED, Step.IMPORTED) else first.forms


def compare(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
    """Form by form; one that was not there before is all new."""
    pairs = zip_longest(before, after, fillvalue="")
    return tuple(word_diff(old, new) for old, new in pairs)
