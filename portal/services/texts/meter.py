"""How long a text is where it will stand: an SMS and its price, or a button."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from i18n.formatting import PLACEHOLDER
from i18n.room import Room, is_button, on_button
from i18n.texts import Forms
from messaging.segments import Forcing, Measure, measure
from portal.domain.texts import Kind
from portal.services.texts.bench import TextRow
from portal.services.texts.post import Post, as_sent, is_sent_alone


@dataclass(frozen=True)
class Length:
    """An SMS as its readers get it. ``parts``: how many parts -> how many readers, the fewest parts first. ``forcing``
    are the text's own signs that make it dear: a name's are never told. ``are_real``: whether the readers are."""

    longest: Measure
    parts: Mapping[int, int]
    forcing: tuple[Forcing, ...]
    are_real: bool

    @property
    def readers(self) -> int:
        return sum(self.parts.values())


@dataclass(frozen=True)
class Meter:
    """``part_price`` in øre, None where the municipality has not said what a part costs. What does not apply is
    None."""

    sms: Length | None = None
    part_price: int | None = None
    button: Room | None = None


def meter(row: TextRow, forms: Forms, post: Post | None) -> Meter:
    """``post``: what an SMS is filled with; needed for no other text."""
    written = [form for form in forms if form]
    if not written:
        return Meter()
    if row.kind is Kind.SMS and post is not None and is_sent_alone(row.key):
        return Meter(_length(row.key, written, post), post.part_price)
    return Meter(
        button=max(map(on_button, written), key=lambda room: room.signs) if _is_on_button(row) else None
    )


def _length(key: str, forms: list[str], post: Post) -> Length:
    """Of several forms the longest is what each reader gets."""
    sent = zip(*(as_sent(post, key, form) for form in forms), strict=True)
    sizes = [max(map(measure, texts), key=_size) for texts in sent]
    parts = Counter(size.parts for size in sizes)
    plain = measure("".join(PLACEHOLDER.sub("", form) for form in forms))
    return Length(max(sizes, key=_size), dict(sorted(parts.items())), plain.forcing, post.are_real)


def _size(size: Measure) -> tuple[int, int]:
    return size.parts, size.units


def _is_on_button(row: TextRow) -> bool:
    return row.kind is Kind.PAGE and is_button(row.entry.context)
