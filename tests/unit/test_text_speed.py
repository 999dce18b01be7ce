"""A page's texts are looked up in memory: sixty of them in less than a millisecond."""

from __future__ import annotations

import time

import pytest

from i18n.formatting import placeholders
from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs

A_PAGE = 60
MOST_SECONDS = 0.001


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_of_sixty_texts_spends_a_millisecond_at_most_on_looking_them_up(locale: str) -> None:
    catalogs = shipped_catalogs()
    own = {(locale, key): catalogs.texts(locale).forms(key) for key in catalogs.keys("citizen")}
    texts = catalogs.texts(locale, own)
    keys = (*catalogs.keys("citizen"), *catalogs.keys("thread"))[:A_PAGE]
    values = {name: "Mette" for key in keys for form in texts.forms(key) for name in placeholders(form)}
    assert len(keys) == A_PAGE
    took = []
    for _ in range(20):
        began = time.perf_counter()
        for key in keys:
            texts(key, **{**values, "n": 3})
        took.append(time.perf_counter() - began)
    assert min(took) <= MOST_SECONDS
