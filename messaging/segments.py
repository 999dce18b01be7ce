"""How many SMS parts a text becomes, and which characters make it dear.

Source: 3GPP TS 23.038 (the GSM 7-bit default alphabet with its extension table, UCS-2) and TS 23.040
(a part of a longer message loses six octets to its header: 153 and 67 instead of 160 and 70).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from messaging.replacements import replacement_of

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    GSM7 = "gsm7"
    UCS2 = "ucs2"


_ROOM = {Encoding.GSM7: (160, 153), Encoding.UCS2: (70, 67)}


@dataclass(frozen=True)
class Forcing:
    """A character that GSM-7 does not hold, and what could stand in its place; empty: it can be left out; None:
    nothing can."""

    character: str
    replacement: str | None


@dataclass(frozen=True)
class Measure:
    """`units` are septets (GSM-7) or 16-bit units (UCS-2); an empty text has no parts."""

    encoding: Encoding
    units: int
    parts: int
    forcing: tuple[Forcing, ...]


def measure(text: str) -> Measure:
    """Encoding, length and parts of a text, with each character that forces UCS-2 named once, in order."""
    if BASIC.issuperset(text):  # nearly every text: each sign costs one
        return Measure(Encoding.GSM7, len(text), _parts_of_ones(len(text), *_ROOM[Encoding.GSM7]), ())
    strangers = tuple(dict.fromkeys(sign for sign in text if sign not in BASIC and sign not in EXTENSION))
    encoding = Encoding.UCS2 if strangers else Encoding.GSM7
    costs = [_cost(sign, encoding) for sign in text]
    forcing = tuple(Forcing(sign, replacement_of(sign)) for sign in strangers)
    return Measure(encoding, sum(costs), _parts(costs, *_ROOM[encoding]), forcing)


def _cost(sign: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if sign in EXTENSION else 1
    return 2 if ord(sign) > 0xFFFF else 1


def _parts_of_ones(units: int, alone: int, shared: int) -> int:
    return min(units, 1) if units <= alone else -(-units // shared)


def _parts(costs: Iterable[int], alone: int, shared: int) -> int:
    costs = list(costs)
    if sum(costs) <= alone:
        return 1 if costs else 0
    parts, used = 1, 0
    for cost in costs:
        # An escape and its character, or the halves of a surrogate pair, must share a part.
        if used + cost > shared:
            parts, used = parts + 1, 0
        used += cost
    return parts
