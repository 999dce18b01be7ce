"""How one setting is read from the environment: every reader names the setting, and says what it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import SplitResult, urlsplit

E164 = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
SECRET_LENGTH = 32


class SettingError(Exception):
    """Says which setting is wrong and what it should be."""


def needed(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingError(
            f"{name} is not set. See docs/operations.md, or run “make run” for a development setup."
        )
    return value


def secret(env: Mapping[str, str], name: str) -> str:
    value = needed(env, name)
    if len(value) < SECRET_LENGTH:
        raise SettingError(
            f"{name} must have at least {SECRET_LENGTH} random characters; it has {len(value)}."
        )
    return value


def secrets(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in needed(env, name).split(",") if key.strip())
    if not keys or any(len(key) < SECRET_LENGTH for key in keys):
        raise SettingError(
            f"{name}: each key (newest first, commas between) needs {SECRET_LENGTH} characters."
        )
    return keys


def one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name) or choices[0]
    if value not in choices:
        raise SettingError(f"{name} must be one of {', '.join(choices)}; it is “{value}”.")
    return value


def storage(env: Mapping[str, str], name: str, beginnings: tuple[str, ...]) -> str:
    """The first of ``beginnings`` is what an installation on one machine has."""
    value = env.get(name) or beginnings[0]
    if value != beginnings[0] and not value.startswith(beginnings[1:]):
        raise SettingError(f"{name} must be {beginnings[0]} or begin with {' or '.join(beginnings[1:])}.")
    return value


def whole_number(env: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    value = env.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}; it is “{value}”.")
    return int(value)


def minutes(env: Mapping[str, str], name: str, default: int) -> int:
    return whole_number(env, name, default, least=1, most=24 * 60)


def numbers(env: Mapping[str, str], name: str) -> frozenset[str]:
    found = frozenset(part.strip() for part in env.get(name, "").split(",") if part.strip())
    if not all(E164.fullmatch(number) for number in found):
        raise SettingError(f"{name} must be numbers such as +4510900000, with commas between.")
    return found


def networks(env: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in env.get(name, "").split(",") if part.strip())
    except ValueError:
        raise SettingError(
            f"{name} must be addresses or networks with commas between, such as 10.0.0.5,10.1.0.0/24."
        ) from None


def address(env: Mapping[str, str], name: str, default: str) -> str:
    value = (env.get(name) or default).rstrip("/")
    parts = urlsplit(value)
    if (
        not _has_good_port(parts)
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
    ):
        raise SettingError(f"{name} must look like https://svar.kommune.dk, with no path; it is “{value}”.")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise SettingError(f"{name} must begin with https:// outside this machine; it is “{value}”.")
    return value


def _has_good_port(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False
