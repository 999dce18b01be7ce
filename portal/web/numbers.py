"""Numbers in addresses and forms: none larger than the database's own, or its driver would break over it."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


def whole(text: str) -> int:
    """For the ``type`` of a field. Raises ValueError for what no row can be called, which a form takes for nothing."""
    number = int(text)
    if abs(number) > LARGEST:
        raise ValueError("larger than any row")
    return number


class RowNumber(IntegerConverter):
    """An address with a larger number is no address of ours: 404."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)
