"""Which parts of an SMS are links to ourselves: nothing else in it may be clicked on our pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")
_NOT_PART_OF_IT = ".,;:!?)»”"


@dataclass(frozen=True)
class Piece:
    """`is_link`: the text is an address of our own."""

    text: str
    is_link: bool = False


def pieces(text: str, own_addresses: Iterable[str]) -> tuple[Piece, ...]:
    """The text cut where links begin and end; put together again it is the text.

    `own_addresses` as settings hold them: scheme, host and perhaps port, no slash at the end.
    """
    own = tuple(own_addresses)
    found: list[Piece] = []
    for part in _WEB_ADDRESS.split(text):
        address = part.rstrip(_NOT_PART_OF_IT)
        if _WEB_ADDRESS.fullmatch(part) and _is_own(address, own):
            found += [Piece(address, is_link=True), Piece(part[len(address) :])]
        else:
            found.append(Piece(part))
    return tuple(piece for piece in found if piece.text)


def _is_own(address: str, own: tuple[str, ...]) -> bool:
    return any(address == each or address.startswith((f"{each}/", f"{each}?")) for each in own)
