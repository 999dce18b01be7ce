"""Which text stands where on a page, found by its two signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.services.specimen.marks import SIGN, Marks, Shown, Sighting, show


@pytest.fixture
def marks() -> Marks:
    return Marks()


def test_a_text_on_the_page_is_named_where_it_stands(marks: Marks) -> None:
    seen = show(f"<p>{marks.around('a.b', 'Hej')}</p>", marks)
    assert seen.html == '<p><x-text data-key="a.b">Hej</x-text></p>'
    assert seen.sightings == (Sighting("a.b", Shown.READ),)


def test_a_text_with_markup_and_values_is_one_text(marks: Marks) -> None:
    seen = show(f"<p>{marks.around('a', 'Hej <strong>du</strong> <bdi>Mette</bdi>')}</p>", marks)
    assert seen.html == '<p><x-text data-key="a">Hej <strong>du</strong> <bdi>Mette</bdi></x-text></p>'


def test_a_text_inside_another_is_named_too(marks: Marks) -> None:
    seen = show(f"<p>{marks.around('a', 'Svar: ' + marks.around('b', 'ja'))}</p>", marks)
    assert seen.html == '<p><x-text data-key="a">Svar: <x-text data-key="b">ja</x-text></x-text></p>'


def test_texts_are_told_once_each_in_the_order_of_the_page(marks: Marks) -> None:
    html = "".join(f"<p>{marks.around(key, key)}</p>" for key in ("b", "a", "b"))
    assert [each.key for each in show(html, marks).sightings] == ["b", "a"]


def test_the_text_that_is_asked_for_can_be_scrolled_to_where_it_first_stands(marks: Marks) -> None:
    html = f"<p>{marks.around('a', 'En')}</p><p>{marks.around('a', 'En')}</p>"
    shown = show(html, marks, "a").html
    assert shown.count("id='tekst'") == 1
    assert shown.count('class="here"') == 2


def test_what_is_folded_away_is_opened_where_the_text_stands_in_it(marks: Marks) -> None:
    html = (
        f"<details><summary>x</summary><p>{marks.around('a', 'En')}</p></details><details><p>y</p></details>"
    )
    shown = show(html, marks, "a").html
    assert shown.startswith("<details open>")
    assert shown.endswith("<details><p>y</p></details>")


@pytest.mark.parametrize(
    "html",
    [
        '<input id="q" placeholder="{}">',
        '<nav aria-label="{}"></nav>',
        "<title>{}</title>",
        "<select><option>{}</option></select>",
        "<svg><title>{}</title></svg>",
    ],
)
def test_a_text_that_is_only_heard_is_noted_and_leaves_no_sign(marks: Marks, html: str) -> None:
    seen = show(html.format(marks.around("a", "Søg")), marks, "a")
    assert seen.sightings == (Sighting("a", Shown.HEARD),)
    assert "data-heard" in seen.html
    assert not SIGN.search(seen.html)


def test_what_is_read_somewhere_is_read_though_it_is_heard_before(marks: Marks) -> None:
    text = marks.around("a", "Mål")
    assert show(f"<title>{text}</title><h1>{text}</h1>", marks).sightings == (Sighting("a", Shown.READ),)


def test_a_link_leads_on_within_the_pages_or_nowhere(marks: Marks) -> None:
    html = '<a href="/hjem">Hjem</a><a href="tel:112">112</a><a href="#main">Ned</a>'
    shown = show(html, marks, link={"/hjem": "/side/home"}.get).html
    assert shown == '<a href="/side/home">Hjem</a><a>112</a><a href="#main">Ned</a>'


def test_nothing_on_the_page_runs(marks: Marks) -> None:
    assert show('<script src="/a.js" defer></script><p>x</p>', marks).html == "<p>x</p>"


def test_a_file_of_a_sample_person_is_not_fetched_from_the_real_pages(marks: Marks) -> None:
    assert show('<img src="/hjem/samtale/fil/1?lille=1" alt="">', marks).html == '<img alt="">'


def test_a_sign_whose_partner_was_cut_off_ends_with_its_element(marks: Marks) -> None:
    html = f"<p>{marks.around('a', 'En lang tekst')[:6]}</p><p>y</p>"
    assert show(html, marks).html == '<p><x-text data-key="a">En la</x-text></p><p>y</p>'


def test_an_empty_text_has_no_signs(marks: Marks) -> None:
    assert marks.around("a", "") == ""


words = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c.d"]), words)))
def test_without_its_marks_a_page_reads_as_before(texts: list[tuple[str, str]]) -> None:
    marks = Marks()
    marked = "".join(f"<p>{marks.around(key, text)}</p>" for key, text in texts)
    plain = "".join(f"<p>{text}</p>" for _, text in texts)
    shown = show(marked, marks).html
    for key in ("a", "b", "c.d"):
        shown = shown.replace(f'<x-text data-key="{key}">', "")
    assert shown.replace("</x-text>", "") == plain
