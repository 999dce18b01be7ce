"""How the product names its texts, in code and templates of a few lines."""

from pathlib import Path

import pytest

from portal.services.text_checks.lookups import Named, fitting, named
from portal.services.text_checks.wordings import ANY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("i18n", "messaging", "portal", "templates", "static"):
        (tmp_path / folder).mkdir()
    return tmp_path


def in_code(root: Path, source: str) -> list[Named]:
    (root / "portal" / "page.py").write_text(source, encoding="utf-8")
    return list(named(["goals", "staff"], root))


def in_template(root: Path, source: str) -> list[Named]:
    (root / "templates" / "page.html").write_text(source, encoding="utf-8")
    return list(named(["goals", "staff"], root))


@pytest.mark.parametrize(
    ("source", "patterns"),
    [
        ('t("goals.title")', ["goals.title"]),
        ('t(f"goals.step.{n}.text")', ["goals.step.*.text"]),
        ('t("goals." + step)', ["goals.*"]),
        ('t("goals.on" if x else "goals.off")', ["goals.on", "goals.off"]),
        ("t(f\"goals.{'on' if x else 'off'}\")", ["goals.on", "goals.off"]),
        ('KEY = "goals.title"', ["goals.title"]),
        ('key.startswith("goals.")', []),
        ('url_for("staff.show_page")', []),
        ('"goals.title is a sentence"', []),
        ('"other.title"', []),
    ],
)
def test_code_names_texts_whole_and_with_holes(root: Path, source: str, patterns: list[str]) -> None:
    assert [each.pattern for each in in_code(root, source)] == patterns


@pytest.mark.parametrize(
    ("source", "patterns"),
    [
        ('{{ t("goals.title") }}', ["goals.title"]),
        ('{{ t("goals.step." ~ n ~ ".text") }}', ["goals.step.*.text"]),
        ('{{ t("goals." ~ ("on" if x else "off")) }}', ["goals.on", "goals.off"]),
        ('{% set key = "goals.title" %}', ["goals.title"]),
        ("{# t('goals.title') #}", []),
        ("{{ url_for('staff.show_page') }}", []),
    ],
)
def test_templates_do_too(root: Path, source: str, patterns: list[str]) -> None:
    assert [each.pattern for each in in_template(root, source)] == patterns


def test_a_name_says_where_it_stands_and_whether_it_is_looked_up(root: Path) -> None:
    assert in_code(root, 'KEY = "goals.a"\nt("goals.b")') == [
        Named("portal/page.py:1", "goals.a"),
        Named("portal/page.py:2", "goals.b", asked=True),
    ]


def test_a_script_names_texts_in_quotes(root: Path) -> None:
    (root / "static" / "page.js").write_text('const key = "goals.title"\n', encoding="utf-8")
    assert list(named(["goals"], root)) == [Named("static/page.js:1", "goals.title")]


@pytest.mark.parametrize(
    "value",
    [
        "isolate(name)",
        "texts.isolate(name)",
        "texts.date(day)",
        't("goals.title")',
        "3",
        '""',
        "texts.date(day) if day else ''",
        "made(name)",
        "kept",
        "both",
    ],
)
def test_a_value_is_kept_apart_when_isolated_or_made_by_the_language(root: Path, value: str) -> None:
    sets = "{% macro made(x) %}{% endmacro %}{% set kept = isolate(name) %}{% set both, other = texts.time(x), name %}"
    found = in_template(root, sets + '{{ t("goals.said", name=' + value + ") }}")
    assert next(each for each in found if each.pattern == "goals.said").loose == frozenset()


@pytest.mark.parametrize("value", ["name", "her.name", '"Lone"', "link_host()", "other"])
def test_any_other_value_is_loose(root: Path, value: str) -> None:
    sets = "{% set both, other = texts.time(x), name %}"
    found = in_template(root, sets + '{{ t("goals.said", name=' + value + ") }}")
    assert [each.loose for each in found] == [frozenset({"name"})]


@pytest.mark.parametrize(
    ("arguments", "loose"),
    [
        ("name=texts.isolate(name)", frozenset()),
        ("day=texts().date(day)", frozenset()),
        ("name=name, n=3", {"name"}),
        ("**values", {ANY}),
        ("**{key: texts.isolate(each) for key, each in names.items()}, **values", frozenset()),
    ],
)
def test_in_code_it_is_the_same(root: Path, arguments: str, loose: set[str]) -> None:
    [found] = in_code(root, f'texts("goals.said", {arguments})')
    assert found.loose == loose


def test_a_pattern_stands_for_every_key_that_fits_it() -> None:
    keys = {"goals.step.a": 1, "goals.step.b": 2, "goals.title": 3}
    assert fitting("goals.step.*", keys) == ["goals.step.a", "goals.step.b"]
    assert fitting("goals.title", keys) == ["goals.title"]
    assert fitting("goals.none", keys) == []
