"""Numbers to call in a text of the catalogs, as links that a phone can ring."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup, escape

NUMBER = re.compile(r"(?<![\d+])(?:112|\d{2} \d{3} \d{3})(?!\d)")
"""112, or eight digits as our texts group them: 70 201 201."""


def install(app: Flask) -> None:
    app.add_template_filter(with_calls, "with_calls")


def with_calls(text: str) -> Markup:
    """``text`` as HTML (what is no Markup is escaped first); only digits ever stand in an address."""
    return Markup(NUMBER.sub(_link, str(escape(text))))  # noqa: S704 — escaped just here


def _link(found: re.Match[str]) -> str:
    digits = found[0].replace(" ", "")
    called = digits if len(digits) == 3 else f"+45{digits}"
    return f'<a href="tel:{called}" dir="ltr">{found[0]}</a>'
