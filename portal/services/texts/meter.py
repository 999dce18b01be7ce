"""How long a text is where it will stand: an SMS and its price, or a button."""

from __future__ import annotations

from dataclasses import dataclass

from i18n.room import Room, is_button, on_button
from i18n.texts import Forms
from messaging.segments import Measure
from portal.domain.texts import Kind
from portal.services.texts.bench import TextRow
from portal.services.texts.checking import sms_measure


@dataclass(frozen=True)
class Meter:
    """``price`` in øre, None where the municipality has not said what a part costs. What does not apply is None."""

    sms: Measure | None = None
    price: int | None = None
    button: Room | None = None


def meter(row: TextRow, forms: Forms, part_price: int | None) -> Meter:
    """Of the longest form; an SMS as it will be sent, with ordinary names and the longest link."""
    if not any(forms):
        return Meter()
    sms = max(map(sms_measure, forms), key=lambda each: each.parts) if row.kind is Kind.SMS else None
    return Meter(
        sms,
        None if sms is None or part_price is None else part_price * sms.parts,
        max(map(on_button, forms), key=lambda room: room.signs) if _is_on_button(row) else None,
    )


def _is_on_button(row: TextRow) -> bool:
    return row.kind is Kind.PAGE and is_button(row.entry.context)
