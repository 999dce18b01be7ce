"""A copy of everything, to take home: who it is of, when it was made, and her files with it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, undefer_group

from database import sealing
from portal.domain.access import Role
from portal.domain.files import FileKind
from portal.domain.own_data import may_download
from portal.services.own_data.reading import Record, everything
from portal.services.own_data.wording import as_json
from portal.store import audit, belonging, rights
from portal.store.attachments import CONTENT, Attachment
from portal.store.municipalities import own

FORMAT = "taletid-1"
DOWNLOADED = "own_data.downloaded"


@dataclass(frozen=True)
class FileCopy:
    name: str
    media_type: str
    is_image: bool
    content: bytes

    @property
    def base64(self) -> str:
        return base64.b64encode(self.content).decode()

    @property
    def data_url(self) -> str:
        return f"data:{self.media_type};base64,{self.base64}"


@dataclass(frozen=True)
class Copy:
    municipality: str
    made_at: datetime
    sections: Mapping[str, tuple[Record, ...]]
    files: tuple[FileCopy, ...]


def is_allowed(session: Session, role: Role) -> bool:
    return may_download(role, by_pin=rights.settings(session).download_by_pin)


def copy_of(session: Session, citizen_id: int, now: datetime) -> Copy:
    """In a writing session: that it was taken is written down in the same transaction."""
    audit.record(session, DOWNLOADED, now, citizen_id=citizen_id)
    session.flush()
    rows = belonging.rows_of(session, Attachment, citizen_id, options=(undefer_group(CONTENT),))
    return Copy(
        municipality=own(session).name,
        made_at=now,
        sections=everything(session, citizen_id),
        files=tuple(_file(row) for row in rows),
    )


def as_json_file(copy: Copy) -> str:
    content: dict[str, Any] = {
        "format": FORMAT,
        "municipality": copy.municipality,
        "made_at": copy.made_at.isoformat(),
        "sections": {name: [as_json(each) for each in found] for name, found in copy.sections.items()},
        "file_contents": [
            {"name": each.name, "media_type": each.media_type, "base64": each.base64} for each in copy.files
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _file(row: Attachment) -> FileCopy:
    kind = FileKind(row.kind)
    name = row.name or f"fil{row.id}{kind.suffix}"
    return FileCopy(name, kind.media_type, kind.is_image, sealing.unseal(row.content, row.content_key))
