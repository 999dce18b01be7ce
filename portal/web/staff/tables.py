"""What staff's tables need beyond their markup."""

from __future__ import annotations

import re

from markupsafe import Markup

from portal.web.staff.blueprint import staff

_NOTHING = re.compile(r"<(td|th)\b([^>]*)>((?:\s|–|</?(?:bdi|span)\b[^>]*>)*)</\1>")


@staff.app_template_filter()
def mark_nothing(rows: Markup) -> Markup:
    """Cells that say nothing, or a dash, get the attribute ``data-nothing``: where a row becomes a card on a phone they
    are left out with their heading."""
    return Markup(_NOTHING.sub(r"<\1\2 data-nothing>\3</\1>", str(rows)))  # noqa: S704 — made of the same markup
