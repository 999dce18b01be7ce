"""The script that brings stamps up to date, on catalogs of two texts."""

import subprocess
from pathlib import Path

import pytest

from i18n.catalogs import Entry
from i18n.stamps import stamp
from i18n.texts import load_catalogs
from scripts import stamp_texts

DANISH = 'msgid "citizen.hello"\nmsgstr "{hello}"\n\nmsgid "citizen.days"\nmsgid_plural "citizen.days"\n'
COUNTED = 'msgstr[0] "{n} dag"\nmsgstr[1] "{n} dage"\n'
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENGLISH = """# status: back-checked
msgid "citizen.hello"
msgstr "Hello"

msgid "citizen.days"
msgid_plural "citizen.days"
msgstr[0] "{n} day"
msgstr[1] "{n} days"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "da", DANISH.replace("{hello}", "Hej") + COUNTED)
    write(tmp_path, "en", ENGLISH)
    stamp_texts.update(tmp_path, nobody_knows)
    return tmp_path


def write(folder: Path, code: str, text: str) -> None:
    path = folder / code / "LC_MESSAGES" / "citizen.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text, encoding="utf-8")


def reword(folder: Path) -> None:
    write(folder, "da", DANISH.replace("{hello}", "Goddag") + COUNTED)


def nobody_knows(key: str, mark: str) -> tuple[str, ...]:
    return ()


def remembered(key: str, mark: str) -> tuple[str, ...]:
    assert (key, mark) == ("citizen.hello", stamp(("Hej",)))
    return ("Hej",)


def hello(folder: Path) -> Entry:
    return load_catalogs(folder, ("da", "en")).entries["en"]["citizen.hello"]


def test_a_new_translation_is_stamped_with_the_danish_that_stands_now(folder: Path) -> None:
    entries = load_catalogs(folder, ("da", "en")).entries["en"]
    assert entries["citizen.hello"].made_from == stamp(("Hej",))
    assert entries["citizen.days"].made_from == stamp(("{n} dag", "{n} dage"))
    assert stamp_texts.update(folder, nobody_knows) == []


def test_the_status_of_a_translation_stays(folder: Path) -> None:
    assert hello(folder).status == "back-checked"


def test_a_changed_danish_makes_its_translation_stale_and_is_kept_beside_it(folder: Path) -> None:
    reword(folder)
    assert hello(folder).stale
    assert stamp_texts.update(folder, remembered) == ["en citizen.hello: stale"]
    assert hello(folder).former == ("Hej",)
    assert hello(folder).stale
    assert stamp_texts.update(folder, remembered) == []


def test_a_small_fix_that_does_not_change_the_meaning_is_confirmed(folder: Path) -> None:
    reword(folder)
    stamp_texts.update(folder, remembered)
    told = stamp_texts.confirm(folder, frozenset({"citizen.hello"}), ("da", "en"))
    assert told == ["en citizen.hello: stamped"]
    assert not hello(folder).stale
    assert hello(folder).former == ()


def test_the_repository_remembers_the_danish_of_a_stamp(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogs = tmp_path / "i18n"
    monkeypatch.setattr(stamp_texts, "FOLDER", catalogs)
    monkeypatch.setattr(stamp_texts, "_versions", stamp_texts._Versions)
    write(catalogs, "da", DANISH.replace("{hello}", "Hej") + COUNTED)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    reword(catalogs)
    commit(tmp_path)
    assert stamp_texts.in_git("citizen.hello", stamp(("Hej",))) == ("Hej",)
    assert stamp_texts.in_git("citizen.hello", stamp(("Dav",))) == ()


def git(folder: Path, *arguments: str) -> None:
    her = ("-c", "user.name=Nadia", "-c", "user.email=nadia@example.org")
    subprocess.run(["git", *her, *arguments], cwd=folder, check=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Texts")
