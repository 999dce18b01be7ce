"""A file taken in: kept as it came, looked at, taken into use as drafts in one transaction, and taken back."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from i18n.exchange.units import Rejected
from portal.domain.texts import Step
from portal.runtime import Portal
from portal.services.text_files.reading import Part, Preview, Row, languages, open_file, preview
from portal.services.texts import drafts, review
from portal.services.texts.bench import open_bench
from portal.services.texts.history import Act, Author
from portal.store import audit, staged, text_reviews
from portal.store import texts as store
from portal.store.staged import StagedUpload, UploadKind
from portal.store.texts import TextOverride

LONGEST_NAME = 120


@dataclass(frozen=True)
class Upload:
    """``wanted`` is the language that was chosen beside the file, "" for the one that it says itself."""

    data: bytes
    filename: str
    wanted: str = ""


@dataclass(frozen=True)
class Taken:
    """``count`` texts are drafts now, ``left_open`` of the file are as they were."""

    count: int
    left_open: int


@dataclass(frozen=True)
class ChangedSince:
    """Somebody has changed a text since the preview was shown: nothing was taken, this is what it would be now."""

    preview: Preview


@dataclass(frozen=True)
class LastTaken:
    """What was taken in last, and can be taken back."""

    filename: str
    count: int
    at: datetime


def read(session: Session, portal: Portal, upload: Upload) -> Preview | Rejected:
    """What the file would change, row by row, or all that is wrong with it."""
    file = open_file(upload.data)
    if isinstance(file, Rejected):
        return file
    found = languages(file, upload.wanted)
    if isinstance(found, Rejected):
        return found
    bench = open_bench(session, portal.catalogs, found)
    return preview(file, upload.filename, bench, upload.wanted)


def stage(session: Session, upload: Upload, staff_id: int, now: datetime) -> None:
    """Keeps the file as it came, so that it is judged again by what is true when it is taken into use."""
    content = {"locale": upload.wanted, "data": base64.b64encode(zlib.compress(upload.data)).decode()}
    row = StagedUpload(staff_id=staff_id, kind=UploadKind.TEXTS, content=content, created_at=now)
    row.filename = upload.filename[-LONGEST_NAME:]
    staged.put(session, row)


def find_staged(session: Session, portal: Portal, staff_id: int) -> Preview | Rejected | None:
    row = staged.find(session, staff_id, UploadKind.TEXTS)
    if row is None:
        return None
    data = zlib.decompress(base64.b64decode(row.content["data"]))
    return read(session, portal, Upload(data, row.filename, row.content["locale"]))


def discard(session: Session, staff_id: int) -> None:
    staged.remove(session, staff_id, UploadKind.TEXTS)


def apply(
    portal: Portal, author: Author, stamp: str, now: datetime
) -> Taken | ChangedSince | Rejected | None:
    """All rows of the staged file in one transaction, or none. ``stamp``: of the preview that was agreed to.
    Rejected when a text has changed so that the file no longer fits, None when there is no file (any more)."""
    with portal.database.write(author.municipality_id) as session:
        store.hold(session)
        found = find_staged(session, portal, author.staff_id)
        if not isinstance(found, Preview):
            return found
        if found.stamp != stamp:
            return ChangedSince(found)
        staged.remove(session, author.staff_id, UploadKind.TEXTS)
        _take(session, found, author, now)
    return Taken(found.count, found.open_count)


def _take(session: Session, found: Preview, author: Author, now: datetime) -> None:
    act = Act(Step.IMPORTED, author.staff_id, now)
    before: list[dict[str, Any]] = []
    for part in found.parts:
        own = {kept.key: kept for kept in store.in_locales(session, [part.locale.code])}
        before.extend(_keep(session, row, own.get(row.row.key), act) for row in part.rows)
        _ask(session, part, act)
    taken = StagedUpload(staff_id=author.staff_id, kind=UploadKind.TAKEN, created_at=now)
    taken.filename, taken.content = found.filename, {"texts": before}
    staged.put(session, taken)
    subject = f"texts {' '.join(part.locale.code for part in found.parts)}"
    audit.record(session, "texts.imported", now, staff_id=author.staff_id, subject=subject)


def _keep(session: Session, row: Row, own: TextOverride | None, act: Act) -> dict[str, Any]:
    """Makes the wording a draft; gives what the text was before, for who takes it back."""
    was = _draft_of(own)
    kept = own or drafts.new_row(session, row.row, act.at)
    drafts.keep(session, kept, row.row, row.change.forms, act, status=row.change.status)
    return {"locale": kept.locale, "key": kept.key, "version": kept.version, **was}


def _ask(session: Session, part: Part, act: Act) -> None:
    """A remark is a question about its text. A sheet that comes in again does not ask again."""
    asked = text_reviews.asked(session, part.locale.code)
    for remark in part.remarks:
        if (remark.key, remark.body) not in asked:
            asked.add((remark.key, remark.body))
            review.put_question(session, (part.locale.code, remark.key), remark.body, act)


def _draft_of(kept: TextOverride | None) -> dict[str, Any]:
    if kept is None or kept.draft_forms is None:
        return {"forms": None, "source": None, "status": None}
    return {"forms": kept.draft_forms, "source": kept.draft_source, "status": kept.status.value}


def last_taken(session: Session, staff_id: int) -> LastTaken | None:
    row = staged.find(session, staff_id, UploadKind.TAKEN)
    return LastTaken(row.filename, len(row.content["texts"]), row.created_at) if row else None


def take_back(portal: Portal, author: Author, now: datetime) -> int:
    """The texts of the last file as they were before it; one that somebody has worked on since stays. Gives how
    many went back."""
    with portal.database.write(author.municipality_id) as session:
        store.hold(session)
        row = staged.find(session, author.staff_id, UploadKind.TAKEN)
        if row is None:
            return 0
        found = list(_untouched(session, row.content["texts"]))
        for kept, before in found:
            _restore(session, kept, before, Act(Step.DISCARDED, author.staff_id, now))
        staged.remove(session, author.staff_id, UploadKind.TAKEN)
    return len(found)


def _untouched(
    session: Session, texts: list[dict[str, Any]]
) -> Iterator[tuple[TextOverride, dict[str, Any]]]:
    locales = {before["locale"] for before in texts}
    own = {(kept.locale, kept.key): kept for kept in store.in_locales(session, locales)}
    for before in texts:
        kept = own.get((before["locale"], before["key"]))
        if kept is not None and kept.version == before["version"]:
            yield kept, before


def _restore(session: Session, kept: TextOverride, before: dict[str, Any], act: Act) -> None:
    kept.draft_forms, kept.draft_source = before["forms"], before["source"]
    kept.status = kept.live_status if before["status"] is None else type(kept.live_status)(before["status"])
    drafts.touch(session, kept, act)
