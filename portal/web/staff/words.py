"""Small words for staff's templates that no catalog holds: what a language calls itself, and its direction."""

from __future__ import annotations

from i18n.locales import LOCALES
from portal.domain.meetings import INTERPRETERS
from portal.web.staff.blueprint import staff


@staff.app_template_global()
def language_name(code: str) -> str:
    """A language we do not speak is called by its code."""
    return LOCALES[code].name if code in LOCALES else code


@staff.app_template_global()
def direction_of(code: str) -> str:
    return LOCALES[code].direction if code in LOCALES else "auto"


@staff.app_template_global()
def interpreter_name(code: str) -> str:
    return INTERPRETERS.get(code, code)
