"""Each test has an application of its own. What would be made anew for each of them, though it is the same every time,
is made for the first of them alone: the code that builds addresses, the files that are served, the templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

Build = Callable[..., tuple[str, str]]


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
    """A rule's code names the rule as its first argument, so rules of the same words can share it."""
    _compile, _serve = Rule._compile_builder, WhiteNoise.get_static_file
    built: dict[tuple[object, ...], Build] = {}
    served: dict[tuple[str, str], Any] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Build:
        words = (rule.subdomain, rule.rule, tuple((rule.defaults or {}).items()), append_unknown)
        if words not in built:
            built[words] = _compile(rule, append_unknown)
        return built[words]

    def serve_once(server: Any, path: str, url: str, stat_cache: Any = None) -> Any:
        if (path, url) not in served:
            served[path, url] = _serve(server, path, url, stat_cache)
        return served[path, url]

    Rule._compile_builder = compile_once  # type: ignore[assignment,method-assign]
    WhiteNoise.get_static_file = serve_once
