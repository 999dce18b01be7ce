"""Who may say that a text is right: read back into Danish by somebody else, and approved under a native speaker's name.

Back-translation is the field's own check of an instrument that is measured with (ISPOR 2005, ITC 2017): a question or
a scale that has not been read back is not approved. Pages and SMS may be approved by reading them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.texts import Kind, Standing

MEASURED_WITH = frozenset({Kind.QUESTION, Kind.CHOICE})


@dataclass(frozen=True)
class Wording:
    """What the rules ask of a text. ``written_by``: all who have typed these very words, nobody for what ships."""

    standing: Standing
    kind: Kind
    is_source: bool
    written_by: frozenset[int]
    has_faults: bool = False


class Refusal(StrEnum):
    """Why a text cannot be checked or approved; the value is a key of the catalogs."""

    MISSING = "missing"
    STALE = "stale"
    FAULTY = "faulty"
    OWN_WORDS = "own_words"
    NOT_READ_BACK = "not_read_back"
    NOTHING_TO_DO = "nothing_to_do"


def refuse_back_check(wording: Wording, staff_id: int) -> Refusal | None:
    """Why she cannot read it back; Danish is not translated, so there is nothing to read back."""
    if wording.is_source:
        return Refusal.NOTHING_TO_DO
    return _unfit(wording) or (Refusal.OWN_WORDS if staff_id in wording.written_by else None)


def refuse_approval(wording: Wording, staff_id: int) -> Refusal | None:
    """Why she cannot approve it. Who wrote it does not approve it: another reads what one has meant to write."""
    if unfit := _unfit(wording):
        return unfit
    if wording.standing is Standing.NATIVE_APPROVED:
        return Refusal.NOTHING_TO_DO
    if staff_id in wording.written_by:
        return Refusal.OWN_WORDS
    is_measured_with = wording.kind in MEASURED_WITH and not wording.is_source
    if is_measured_with and wording.standing is not Standing.BACK_CHECKED:
        return Refusal.NOT_READ_BACK
    return None


def refuse_scale(labels: dict[str, Wording], staff_id: int) -> dict[str, Refusal]:
    """A scale is approved as a whole: what stands in the way, by label; empty when nothing does.

    A label that is approved already stands in nobody's way, unless all of them are.
    """
    found: dict[str, Refusal] = {
        name: why for name, wording in labels.items() if (why := refuse_approval(wording, staff_id))
    }
    others: dict[str, Refusal] = {
        name: why for name, why in found.items() if why is not Refusal.NOTHING_TO_DO
    }
    return others or (found if len(found) == len(labels) else {})


def _unfit(wording: Wording) -> Refusal | None:
    if wording.standing is Standing.MISSING:
        return Refusal.MISSING
    if wording.standing is Standing.STALE:
        return Refusal.STALE
    return Refusal.FAULTY if wording.has_faults else None
