"""Each test has an application of its own. What would be made anew for each of them, though it is the same every time,
is made for the first of them alone: the rules of addresses, the files that are served, the templates, and the SQL of
statements."""

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

BUILT = ("_build", "_build_unknown")
MADE = ("_parts", "_trace", "_converters", "arguments", *BUILT)
"""What a rule knows of itself once it has been compiled."""
STATEMENTS = 5_000


class Compiled(BytecodeCache):
    """The templates of a process."""

    def __init__(self) -> None:
        self._by_key: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._by_key:
            bucket.bytecode_from_string(self._by_key[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._by_key[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def share() -> None:
    """For every process of the tests, before it makes its first application."""
    _share_pages()
    _share_statements()


def _share_statements() -> None:
    """What an engine has compiled, all engines of its kind may use: they speak to the same server, or to none."""
    compiled: dict[type[Dialect], Any] = {
        kind: LRUCache(STATEMENTS) for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite)
    }
    Engine._compiled_cache = property(  # type: ignore[assignment]
        lambda engine: compiled[type(engine.dialect)], lambda _engine, _its_own: None
    )
    for kind in compiled:
        kind.__hash__ = lambda dialect: hash(type(dialect))  # type: ignore[assignment,method-assign]
        kind.__eq__ = lambda dialect, other: type(dialect) is type(other)  # type: ignore[method-assign]


def _share_pages() -> None:
    _compile, _find = Rule.compile, WhiteNoise.update_files_dictionary
    compiled: dict[tuple[object, ...], dict[str, Any]] = {}
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def compile_once(rule: Rule) -> None:
        """Rules of the same words, with the same kinds of values in them, differ in nothing that compiling makes. The
        code that builds an address names the rule as its first argument."""
        assert rule.map is not None
        known = (rule.map.host_matching, rule.host, rule.merge_slashes, *rule.map.converters.values())
        words = (rule.subdomain, rule.rule, tuple((rule.defaults or {}).items()), *known)
        if words not in compiled:
            _compile(rule)
            compiled[words] = {name: vars(rule)[name] for name in MADE}
        else:
            vars(rule).update(compiled[words])
        for name in BUILT:
            setattr(rule, name, getattr(rule, name).__func__.__get__(rule))

    def find_once(server: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            before = {*server.files}
            _find(server, root, prefix)
            found[root, prefix] = {url: server.files[url] for url in server.files.keys() - before}
        server.files.update(found[root, prefix])

    Rule.compile = compile_once  # type: ignore[assignment,method-assign]
    WhiteNoise.update_files_dictionary = find_once
