"""What looks at pages, on pages that are wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looks import CUT, NARROW, UNMARKED


@pytest.fixture
def narrow(chromium: Browser) -> Page:
    return chromium.new_page(viewport=NARROW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>[Ǵéɱ] 12</p>", 0),
        ("<p>Gem</p>", 1),
        ("<p>12 34 56</p><p>+4512345678</p><p><a dir=ltr>12 34 56</a> 17. 12.30 1.964</p>", 2),
        ("<p><bdi>Lone</bdi> <span dir=auto>Hej</span> <b lang=en>English</b> <i lang=da-XA>Gem</i></p>", 1),
        ("<textarea>Hej</textarea>", 0),
        ("<input aria-label='Gem'><img alt='Gem'>", 2),
        ("<p hidden>Gem</p>", 0),
    ],
)
def test_what_carries_no_marks_and_is_no_persons_own_is_found(narrow: Page, html: str, found: int) -> None:
    narrow.set_content(html)
    assert len(narrow.evaluate(UNMARKED)) == found


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<button style='width:200px'>Gem</button>", 0),
        ("<button style='width:60px;white-space:nowrap'>Gem det hele nu</button>", 1),
        ("<div style='width:400px'>Gem</div>", 2),
    ],
)
def test_what_does_not_fit_is_found(narrow: Page, html: str, found: int) -> None:
    narrow.set_content(html)
    assert len(narrow.evaluate(CUT)) == found
