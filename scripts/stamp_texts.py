"""Which Danish each shipped translation was made from, brought up to date after catalogs were edited.

python -m scripts.stamp_texts                   new translations get their stamp, and beside each that a changed
                                                Danish has made stale is kept what its Danish was (from git)
python -m scripts.stamp_texts KEY...            these fit the Danish as it is now: put right, or its meaning
                                                has not changed
python -m scripts.stamp_texts --language uk KEY...      in one language
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import polib

from i18n.catalogs import Entry, Status, parse, read
from i18n.locales import DEFAULT, LOCALES
from i18n.stamps import stamp, stamp_in, stamped
from i18n.texts import FOLDER, load_catalogs

Forms = tuple[str, ...]
History = Callable[[str, str], Forms]
"""(key, stamp) -> the Danish that had this stamp; () when nobody knows it any more."""


def update(folder: Path, former: History) -> list[str]:
    """Stamps what has none and keeps the former Danish of what is stale; tells what was done, a line each."""
    told: list[str] = []
    for path in _translations(folder, tuple(LOCALES)):
        danish = _danish_of(folder, path.stem)
        told += _edited(path, partial(_update, danish=danish, former=former))
    return told


def confirm(folder: Path, keys: frozenset[str], languages: tuple[str, ...]) -> list[str]:
    """The translations of ``keys`` fit the Danish as it is now."""
    told: list[str] = []
    for path in _translations(folder, languages):
        danish = _danish_of(folder, path.stem)
        known = {key: entry for key, entry in danish.items() if key in keys}
        told += _edited(path, partial(_confirm, danish=known))
    return told


def _translations(folder: Path, languages: tuple[str, ...]) -> list[Path]:
    codes = (code for code in languages if code != DEFAULT)
    return [path for code in codes for path in sorted((folder / code / "LC_MESSAGES").glob("*.po"))]


def _danish_of(folder: Path, area: str) -> Mapping[str, Entry]:
    path = folder / DEFAULT / "LC_MESSAGES" / f"{area}.po"
    return read(path) if path.exists() else {}


def _edited(path: Path, edit: Callable[[polib.POEntry], str]) -> Iterator[str]:
    """Each translated entry of the file through ``edit``, which says what it did; saved if it did anything."""
    file = polib.pofile(str(path), wrapwidth=0, encoding="utf-8")
    done = [(item.msgid, edit(item)) for item in file if not item.obsolete and _is_translated(item)]
    if any(what for _, what in done):
        path.write_text(f"{str(file).rstrip()}\n", encoding="utf-8")
    return (f"{path.parts[-3]} {key}: {what}" for key, what in done if what)


def _is_translated(item: polib.POEntry) -> bool:
    return all(item.msgstr_plural.values()) if item.msgid_plural else bool(item.msgstr)


def _update(item: polib.POEntry, danish: Mapping[str, Entry], former: History) -> str:
    entry, mark = danish.get(item.msgid), stamp_in(item.tcomment)
    if entry is None:
        return ""
    if not mark:
        _stamp(item, entry)
        return "stamped"
    if mark == stamp(entry.forms) or item.previous_msgid:
        return ""
    before = former(item.msgid, mark)
    if not before:
        return ""
    item.previous_msgid, item.previous_msgid_plural = before[0], before[1] if len(before) > 1 else None
    return "stale"


def _confirm(item: polib.POEntry, danish: Mapping[str, Entry]) -> str:
    entry = danish.get(item.msgid)
    if entry is None:
        return ""
    before = (item.tcomment, list(item.flags), item.previous_msgid)
    _stamp(item, entry)
    item.previous_msgid = item.previous_msgid_plural = None
    item.flags = [flag for flag in item.flags if flag != "fuzzy"]
    return "stamped" if before != (item.tcomment, item.flags, None) else ""


def _stamp(item: polib.POEntry, danish: Entry) -> None:
    if "status:" not in item.tcomment:
        item.tcomment = f"{item.tcomment}\nstatus: {Status.MACHINE_DRAFT}".strip()
    item.tcomment = stamped(item.tcomment, stamp(danish.forms))


def in_git(key: str, mark: str) -> Forms:
    """The Danish of ``key`` that had this stamp, as the repository remembers it."""
    versions = _versions(key.partition(".")[0])
    found = (entries[key] for entries in versions if key in entries)
    return next((forms for forms in found if stamp(forms) == mark), ())


class _Versions:
    """An area's Danish as it was, the newest first; each version is read once, and only when it is asked for."""

    def __init__(self, area: str) -> None:
        self._path = f"i18n/{DEFAULT}/LC_MESSAGES/{area}.po"
        self._commits = _git("log", "--format=%H", "--", self._path).split()
        self._read: list[Mapping[str, Forms]] = []

    def __iter__(self) -> Iterator[Mapping[str, Forms]]:
        for number, commit in enumerate(self._commits):
            if number == len(self._read):
                self._read.append(_forms_in(_git("show", f"{commit}:{self._path}")))
            yield self._read[number]


_versions = cache(_Versions)


def _forms_in(text: str) -> Mapping[str, Forms]:
    return {entry.key: entry.forms for entry in parse(text).entries}


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("keys", nargs="*", metavar="KEY")
    parser.add_argument("--language", choices=[code for code in LOCALES if code != DEFAULT])
    asked = parser.parse_args()
    languages = (asked.language,) if asked.language else tuple(LOCALES)
    keys = frozenset(asked.keys)
    if unknown := sorted(keys - set(load_catalogs(FOLDER, (DEFAULT,)).keys())):
        parser.error(f"no such text: {', '.join(unknown)}")
    told = confirm(FOLDER, keys, languages) if keys else update(FOLDER, in_git)
    print("\n".join(told) or "Nothing to do.")


if __name__ == "__main__":
    main()
