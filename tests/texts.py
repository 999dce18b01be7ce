"""A text typed and published in one go, for tests that are about what comes after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from i18n.catalogs import Status
from i18n.locales import LOCALES
from portal.runtime import Portal
from portal.services.texts import drafts, publishing
from portal.services.texts.bench import TextRow, open_bench
from portal.services.texts.drafts import Saved, TextChange
from portal.services.texts.history import Author
from portal.services.texts.publishing import NotPublished, Published
from portal.store.texts import KeptText
from tests.conftest import NOW


def kept(
    locale: str, key: str, forms: Sequence[str] = (), source: Sequence[str] = (), **values: Any
) -> KeptText:
    """What a municipality has of a text: ``draft`` is a wording that is not live."""
    draft = values.pop("draft", None)
    facts = (Status.DRAFT, 1, None, NOW, None, None, NOW if forms else None)
    row = KeptText(locale, key, [*forms], [*source], None if draft is None else [draft], None, *facts)
    return row._replace(**values)


def row_of(portal: Portal, author: Author, locale: str, key: str) -> TextRow:
    with portal.database.read(author.municipality_id) as session:
        row = open_bench(session, portal.catalogs, tuple(LOCALES)).row(locale, key)
    assert row is not None
    return row


def type_in(portal: Portal, author: Author, locale: str, key: str, *forms: str) -> Saved:
    version = row_of(portal, author, locale, key).version
    saved = drafts.save(portal, author, TextChange(locale, key, forms, version), NOW)
    assert isinstance(saved, Saved)
    return saved


def publish(
    portal: Portal, author: Author, *texts: tuple[str, str], same_meaning: Collection[str] = ()
) -> Published | NotPublished:
    """As they stand now."""
    seen = {text: row_of(portal, author, *text).version for text in texts}
    return publishing.publish(portal, author, seen, NOW, same_meaning)


def go_live(
    portal: Portal, author: Author, locale: str, key: str, *forms: str, same_meaning: bool = False
) -> Published | NotPublished:
    type_in(portal, author, locale, key, *forms)
    return publish(portal, author, (locale, key), same_meaning={key} if same_meaning else ())
