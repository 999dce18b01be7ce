"""From draft to approved: read back by somebody else, asked about, and approved under one's own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.catalogs import Status
from portal.domain.text_review import Refusal, Wording, refuse_approval, refuse_back_check, refuse_scale
from portal.domain.texts import STATUS_AFTER, Step
from portal.runtime import Portal
from portal.services.texts.bench import Bench, TextRow, open_bench
from portal.services.texts.checking import check
from portal.services.texts.drafts import rooted, touch
from portal.services.texts.history import LONGEST_SUBJECT, Act, Author
from portal.store import audit, people
from portal.store import text_reviews as store
from portal.store.text_reviews import BackTranslation, TextComment
from portal.store.texts import TextOverride, bump_revision, hold

LONGEST_WORDS = 4_000


@dataclass(frozen=True)
class Review:
    """How far a text has come, seen by one of the staff. ``names``: staff id -> name, of all who are told of.

    ``in_the_way``: key of a label -> why; of a text that is no label its own key. Empty: she may approve it.
    """

    row: TextRow
    written_by: int | None
    back: BackTranslation | None
    comments: Sequence[TextComment]
    names: Mapping[int, str]
    no_back_check: Refusal | None
    in_the_way: Mapping[str, Refusal]

    @property
    def is_read_back(self) -> bool:
        """Whether the newest reading back is of the wording as it stands."""
        return self.back is not None and tuple(self.back.forms) == self.row.forms

    @property
    def may_approve(self) -> bool:
        return not self.in_the_way


def open_review(session: Session, bench: Bench, row: TextRow, staff_id: int) -> Review:
    labels = _labels(bench, row)
    writers = _writers(session, labels)
    writer = next(iter(writers[row.key]), None)
    back, comments = (
        store.back_translation(session, row.locale, row.key),
        store.comments(session, row.locale, row.key),
    )
    seen = {row.changed_by, row.approved_by, writer, back.staff_id if back else None}
    seen |= {each.staff_id for each in comments} | {each.answered_by for each in comments}
    known = people.colleagues(session, [each for each in seen if each])
    wordings = _wordings(bench, labels, writers)
    return Review(
        row,
        writer,
        back,
        comments,
        {each.id: each.name for each in known},
        refuse_back_check(wordings[row.key], staff_id),
        _in_the_way(row, wordings, staff_id),
    )


def _labels(bench: Bench, row: TextRow) -> list[TextRow]:
    return bench.scale(row.locale, row.scale) if row.scale else [row]


def _writers(session: Session, rows: Sequence[TextRow]) -> dict[str, frozenset[int]]:
    """Of each text all who have typed its words as they stand: who only got them back did not write them alone."""
    steps = store.written(session, rows[0].locale, [row.key for row in rows])
    return {
        row.key: frozenset(
            step.staff_id
            for step in steps
            if step.key == row.key and step.staff_id and tuple(step.forms) == row.forms
        )
        for row in rows
    }


def _wordings(
    bench: Bench, rows: Sequence[TextRow], writers: Mapping[str, frozenset[int]]
) -> dict[str, Wording]:
    return {
        row.key: Wording(
            row.standing, row.kind, row.is_source, writers[row.key], check(bench, row, row.forms).refused
        )
        for row in rows
    }


def _in_the_way(row: TextRow, wordings: dict[str, Wording], staff_id: int) -> Mapping[str, Refusal]:
    if row.scale:
        return refuse_scale(wordings, staff_id)
    why = refuse_approval(wordings[row.key], staff_id)
    return {row.key: why} if why else {}


@dataclass(frozen=True)
class Text:
    """One text as she had it before her: another ``version`` is another wording."""

    locale: str
    key: str
    version: int


@dataclass(frozen=True)
class Outdated:
    """The text has changed since she read it; nothing was stored."""

    row: TextRow


def back_check(
    portal: Portal, author: Author, text: Text, danish: str, now: datetime, *, agrees: bool
) -> BackTranslation | Refusal | Outdated | None:
    """Keeps what she made of it. Where it says the same as the Danish, the text has come a step further.
    None for an unknown text."""
    with portal.database.write(author.municipality_id) as session:
        hold(session)
        found = _open(session, portal, author, text)
        if not isinstance(found, Review):
            return found
        if found.no_back_check:
            return found.no_back_check
        row = found.row
        back = BackTranslation(
            locale=row.locale,
            key=row.key,
            forms=list(row.forms),
            danish=danish[:LONGEST_WORDS],
            agrees=agrees,
            staff_id=author.staff_id,
            at=now,
        )
        session.add(back)
        if agrees:
            _take(session, row, Act(Step.BACK_CHECKED, author.staff_id, now))
    portal.overlays.forget(author.municipality_id)
    return back


def approve(
    portal: Portal, author: Author, text: Text, now: datetime
) -> tuple[str, ...] | Mapping[str, Refusal] | Outdated | None:
    """The keys that she stands for now (of a scale all its labels), or what stands in the way."""
    with portal.database.write(author.municipality_id) as session:
        hold(session)
        bench = open_bench(session, portal.catalogs, (text.locale,))
        found = _open(session, portal, author, text, bench)
        if not isinstance(found, Review):
            return found
        if found.in_the_way:
            return found.in_the_way
        rows = _labels(bench, found.row)
        for row in rows:
            kept = _take(session, row, Act(Step.APPROVED, author.staff_id, now))
            kept.approved_by, kept.approved_at = author.staff_id, now
        bump_revision(session)
    portal.overlays.forget(author.municipality_id)
    return tuple(row.key for row in rows)


def ask(portal: Portal, author: Author, text: Text, body: str, now: datetime) -> bool:
    """A question or a remark about a text; False when there is no such text or nothing was said."""
    with portal.database.write(author.municipality_id) as session:
        row = open_bench(session, portal.catalogs, (text.locale,)).row(text.locale, text.key)
        if row is None or not body:
            return False
        put_question(session, (row.locale, row.key), body, Act(Step.SAVED, author.staff_id, now))
    return True


def put_question(session: Session, text: tuple[str, str], body: str, act: Act) -> None:
    """``text``: a language and a key that are known."""
    locale, key = text
    comment = TextComment(locale=locale, key=key, body=body[:LONGEST_WORDS], staff_id=act.staff_id, at=act.at)
    session.add(comment)
    _tell(session, "text.asked", locale, key, act)


def answer(portal: Portal, author: Author, comment_id: int, body: str, now: datetime) -> TextComment | None:
    """None when there is no such question. One that has its answer keeps it, and nothing said is no answer."""
    with portal.database.write(author.municipality_id) as session:
        comment = session.get(TextComment, comment_id, with_for_update=True)
        if comment is None or comment.answered_at is not None or not body:
            return comment
        comment.answer, comment.answered_by, comment.answered_at = body[:LONGEST_WORDS], author.staff_id, now
        act = Act(Step.SAVED, author.staff_id, now)
        _tell(session, "text.answered", comment.locale, comment.key, act)
    return comment


def _open(
    session: Session, portal: Portal, author: Author, text: Text, bench: Bench | None = None
) -> Review | Outdated | None:
    bench = bench or open_bench(session, portal.catalogs, (text.locale,))
    row = bench.row(text.locale, text.key)
    if row is None:
        return None
    return Outdated(row) if row.version != text.version else open_review(session, bench, row, author.staff_id)


def _take(session: Session, row: TextRow, act: Act) -> TextOverride:
    """A step that leaves the words as they are: it counts for what is live too, where that is the same wording."""
    kept = rooted(session, row, act.at)
    kept.status = STATUS_AFTER.get(act.step, Status.DRAFT)
    if kept.draft_forms is None:
        kept.live_status = kept.status
    touch(session, kept, act)
    return kept


def _tell(session: Session, action: str, locale: str, key: str, act: Act) -> None:
    subject = f"text {locale} {key}"[:LONGEST_SUBJECT]
    audit.record(session, action, act.at, staff_id=act.staff_id, subject=subject)
