"""Static files: our own, and those that npm installed. Each is published once under a name that holds its
content's hash, with compressed copies beside it, so that a phone keeps it for good and pays for it once.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
from functools import partial
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

DKFDS = "node_modules/dkfds/dist"
INSTALLED = {
    "dkfds/css/dkfds.css": f"{DKFDS}/css/dkfds.min.css",
    "dkfds/js/dkfds.js": f"{DKFDS}/js/dkfds.min.js",
    "htmx.js": "node_modules/htmx.org/dist/htmx.min.js",
}
FOLDERS = {"dkfds/fonts": f"{DKFDS}/fonts", "dkfds/img": f"{DKFDS}/img"}
"""Referred to by dkfds' own stylesheet, so these keep their names."""
URL = "/static/"
IMMUTABLE = re.compile(r"\.[0-9a-f]{12}\.(css|js|svg|png)$")


def install(app: Flask, root: Path) -> None:
    """Publishes into ``var/assets`` what is not there yet, and serves it before Flask is asked."""
    published = root / "var" / "assets"
    sources = {path.relative_to(root / "static").as_posix(): path for path in _own(root / "static")}
    sources |= {name: root / path for name, path in INSTALLED.items()}
    names = {name: publish(source, name, published) for name, source in sources.items()}
    for name, folder in FOLDERS.items():
        if not (published / name).exists():
            shutil.copytree(root / folder, published / name)
    server = WhiteNoise(
        app.wsgi_app, immutable_file_test=lambda _, url: IMMUTABLE.search(url), allow_all_origins=False
    )
    server.add_files(str(published), prefix=URL)
    app.wsgi_app = server  # type: ignore[method-assign]
    app.add_template_global(partial(_url, names), "asset")


def publish(source: Path, name: str, folder: Path) -> str:
    """Copies the file to ``folder`` under ``name`` with its hash; returns that name."""
    content = source.read_bytes()
    target = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    hashed = target.with_name(f"{target.stem}.{digest}{target.suffix}").as_posix()
    path = folder / hashed
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path.with_name(path.name + ".br"), brotli.compress(content))
        _write(path.with_name(path.name + ".gz"), gzip.compress(content, mtime=0))
        _write(path, content)
    return hashed


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: another process may be starting at the same moment."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _own(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _url(names: dict[str, str], name: str) -> str:
    return URL + names[name]
