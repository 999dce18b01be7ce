"""Where on a page a word is marked, and where its explanation goes."""

from __future__ import annotations

import pytest

from i18n.glossary import Glossary
from portal.web.explained import explain

GLOSSARY = Glossary({"mentor": "mentor", "journal": "journal"})
MARK = '<span class="term">mentor</span>'


def explained(html: str) -> str:
    return explain(html, GLOSSARY, lambda names: "".join(f"[{name}]" for name in names))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Din mentor ringer.</p><p>Vi ses.</p>", f"<p>Din {MARK} ringer.</p>[mentor]<p>Vi ses.</p>"),
        ("<p>Din <strong>mentor</strong> ringer.</p>", f"<p>Din <strong>{MARK}</strong> ringer.</p>[mentor]"),
        ("<h1>Din mentor</h1><p>Vi ses.</p>", f"<h1>Din {MARK}</h1>[mentor]<p>Vi ses.</p>"),
        ("<ul><li>Din mentor</li><li>Vi</li></ul>", f"<ul><li>Din {MARK}[mentor]</li><li>Vi</li></ul>"),
        ("<dl><div><dt>mentor</dt><dd>Ja</dd></div></dl>", f"<dl><div><dt>{MARK}</dt><dd>Ja[mentor]</dd></div></dl>"),
        ("<p>En mentor.</p><p>En mentor.</p>", f"<p>En {MARK}.</p>[mentor]<p>En mentor.</p>"),
        ("<p>mentor<br>journal</p>", f'<p>{MARK}<br><span class="term">journal</span></p>[mentor][journal]'),
        ("En mentor", f"En {MARK}[mentor]"),
    ],
)  # fmt: skip
def test_a_word_is_marked_once_and_explained_below_what_it_stands_in(html: str, shown: str) -> None:
    assert explained(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p><a href="/x">Din mentor</a></p>', '<p><a href="/x">Din mentor</a></p>[mentor]'),
        ("<form><button>En mentor</button></form>", "<form><button>En mentor</button></form>[mentor]"),
        ("<form><legend>mentor</legend>Ja</form>", "<form><legend>mentor</legend>[mentor]Ja</form>"),
        ("<div><summary>mentor</summary><p>Ja</p></div>", "<div><summary>mentor</summary><p>Ja</p>[mentor]</div>"),
        ("<div><a><h2>Din mentor</h2></a></div>", "<div><a><h2>Din mentor</h2></a></div>[mentor]"),
    ],
)  # fmt: skip
def test_what_is_pressed_or_names_a_field_is_left_as_it_is(html: str, shown: str) -> None:
    assert explained(html) == shown


@pytest.mark.parametrize(
    "html",
    [
        '<p dir="auto">Min mentor er sød.</p>',
        '<p class="words">Min mentor</p>',
        '<div dir="auto"><p>Min mentor</p></div>',
        "<textarea>\nMin mentor</textarea>",
        '<input value="mentor"><p title="mentor">Ja</p>',
        "<p>Mentorat og mentorering</p>",
        "<p>Vi ses.</p>",
    ],
)
def test_peoples_own_words_and_what_is_no_text_are_left_alone(html: str) -> None:
    assert explained(html) == html


def test_what_went_wrong_is_said_unbroken_and_the_word_explained_where_it_stands_next() -> None:
    wrong = '<div role="alert"><p>Din mentor mangler.</p><p>Ring.</p></div>'
    assert explained(f"{wrong}<p>En mentor</p>") == f"{wrong}<p>En {MARK}</p>[mentor]"


def test_what_stands_escaped_stays_escaped() -> None:
    assert explained("<p>&lt;b&gt; mentor &amp; co</p>") == f"<p>&lt;b&gt; {MARK} &amp; co</p>[mentor]"


def test_a_word_that_the_page_explains_itself_is_not_explained_again() -> None:
    html = '<p>mentor</p><details class="word" data-word="mentor"><summary>x</summary><p>y</p></details>'
    assert explained(html) == html
