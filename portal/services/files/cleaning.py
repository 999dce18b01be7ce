"""From bytes that somebody sent to a file that can be kept, or the reason why not.

``clean`` is asked by the portal; the work is done in the workshop, where ``clean_here`` runs.
"""

from __future__ import annotations

from typing import Any

from portal.domain.files import CleanFile, FileKind, FileRefusal, kind_of
from portal.services import workshop


def clean(content: bytes) -> CleanFile | FileRefusal:
    """Takes between 0.2 and 2 seconds: never inside a transaction. ``name`` is left empty."""
    kind = kind_of(content)
    if isinstance(kind, FileRefusal):
        return kind
    try:
        answer, pieces = workshop.have_done(clean_here, {"kind": kind.value}, content)
    except workshop.BusyError:
        return FileRefusal.TOO_BUSY
    except workshop.NotDoneError:
        return FileRefusal.BROKEN
    if "refusal" in answer:
        return FileRefusal(answer["refusal"])
    kept, preview = pieces[0], pieces[1] if len(pieces) > 1 else None
    return CleanFile("", FileKind(answer["kind"]), kept, preview, answer["width"], answer["height"])


def clean_here(facts: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    kind = FileKind(facts["kind"])
    done = _cleaned(content, kind)
    if isinstance(done, FileRefusal):
        return {"refusal": done.value}, []
    answer = {"kind": done.kind.value, "width": done.width, "height": done.height}
    return answer, [done.content] if done.preview is None else [done.content, done.preview]


def _cleaned(content: bytes, kind: FileKind) -> CleanFile | FileRefusal:
    if kind.is_image:
        from portal.services.files import images  # noqa: PLC0415 — loaded in the workshop alone

        return images.clean(content, kind)
    from portal.services.files import documents  # noqa: PLC0415 — loaded in the workshop alone

    return documents.clean(content)
