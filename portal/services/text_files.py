"""A translator's PO file: out with the texts in use, in after a look at every row, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from i18n import po
from i18n.catalogs import Status
from i18n.checks import Problem
from i18n.plain_language import Severity
from i18n.po import Accepted, Refused, Rejected
from portal.domain.texts import Step
from portal.runtime import Portal
from portal.services.texts import drafts, publishing
from portal.services.texts.bench import Bench, TextRow, open_bench
from portal.services.texts.checking import check
from portal.services.texts.drafts import TextChange
from portal.services.texts.history import Act, Author
from portal.store import audit, staged
from portal.store.staged import StagedUpload, UploadKind

LONGEST_NAME = 120
LARGEST_FILE = 400_000  # bytes; the largest area is some 20 kB


@dataclass(frozen=True)
class Place:
    """The language and the area that a file is for."""

    locale: str
    area: str


@dataclass(frozen=True)
class Row:
    """One text that the file changes: as it is, as it will be, and what to look at."""

    line: int
    row: TextRow
    change: TextChange
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Preview:
    place: Place
    filename: str
    rows: tuple[Row, ...]
    left_out: tuple[Refused, ...]


def export(bench: Bench, place: Place) -> bytes:
    return po.export(bench.catalogs, place.locale, place.area, bench.overlay)


def read(data: bytes, filename: str, bench: Bench, place: Place) -> Preview | Rejected:
    """What the file changes, row by row, or all that is wrong with it."""
    if len(data) > LARGEST_FILE:
        return Rejected((Refused(1, po.Reason.NOT_PO),))
    found = po.read_upload(data, bench.catalogs, place.locale, place.area, bench.overlay)
    if isinstance(found, Rejected):
        return found
    rows, problems = [], []
    for change in found.changes:
        row = bench.row(place.locale, change.key)
        assert row is not None  # noqa: S101 — read_upload takes known keys only
        checked = check(bench, row, change.forms)
        problems += [
            Refused(change.line, each.code, {"key": change.key, "detail": each.detail})
            for each in checked.problems
            if each.severity is Severity.ERROR
        ]
        text = TextChange(place.locale, change.key, change.forms)
        rows.append(Row(change.line, row, text, checked.problems))
    return Rejected(tuple(problems)) if problems else _preview(place, filename, rows, found)


def _preview(place: Place, filename: str, rows: list[Row], found: Accepted) -> Preview:
    return Preview(place, filename, tuple(rows), found.left_out)


def stage(session: Session, data: bytes, preview: Preview, staff_id: int, now: datetime) -> None:
    """Keeps the file as it came, so that it is judged again by what is true when it is taken into use."""
    content = {"locale": preview.place.locale, "area": preview.place.area, "po": data.decode("utf-8-sig")}
    staged.put(
        session,
        StagedUpload(
            staff_id=staff_id,
            kind=UploadKind.TEXTS,
            filename=preview.filename[-LONGEST_NAME:],
            content=content,
            created_at=now,
        ),
    )


def find_staged(session: Session, portal: Portal, staff_id: int) -> Preview | Rejected | None:
    row = staged.find(session, staff_id, UploadKind.TEXTS)
    if row is None:
        return None
    place = Place(row.content["locale"], row.content["area"])
    bench = open_bench(session, portal.catalogs, (place.locale,))
    return read(row.content["po"].encode(), row.filename, bench, place)


def apply(portal: Portal, author: Author, now: datetime) -> Preview | Rejected | None:
    """All rows of the staged file in one transaction, or none: Rejected when a text has changed so that the
    file no longer fits, None when there is no file (any more)."""
    with portal.database.write(author.municipality_id) as session:
        found = find_staged(session, portal, author.staff_id)
        if isinstance(found, Preview):
            staged.remove(session, author.staff_id, UploadKind.TEXTS)
            for each in found.rows:
                forms = each.change.forms
                drafts.keep(session, each.row, forms, Act(Step.IMPORTED, author.staff_id, now), Status.DRAFT)
            subject = f"texts {found.place.locale} {found.place.area}"
            audit.record(session, "texts.imported", now, staff_id=author.staff_id, subject=subject)
    if isinstance(found, Preview):
        chosen = {(each.change.locale, each.change.key) for each in found.rows}
        publishing.publish(portal, author, chosen, now)
    return found
