"""Encryption at rest and keyed look-ups, with keys that can be rotated.

Everything personal is encrypted with Fernet (AES-128-CBC + HMAC-SHA256). Equality look-ups (a phone
number, a link token) go through a *blind index*: HMAC-SHA256 under a key of its own, so that a leaked
database neither reads nor opens anything. The index key is derived from ``index_secret``, which stays
when encryption keys rotate; otherwise no row could be found during a rotation.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class UndecryptableError(Exception):
    """A stored value fits none of the configured keys."""


@dataclass(frozen=True)
class Keyring:
    """Secrets are strings of 32 random characters or more; ``encryption_keys`` stand newest first."""

    encryption_keys: tuple[str, ...]
    index_secret: str

    @cached_property
    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(_derive(key, "encryption")) for key in self.encryption_keys])

    @cached_property
    def _index_key(self) -> bytes:
        return _derive(self.index_secret, "blind index")

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, stored: str) -> str:
        return self.decrypt_bytes(stored).decode()

    def decrypt_bytes(self, stored: str) -> bytes:
        try:
            return self._fernet.decrypt(stored)
        except InvalidToken as error:
            raise UndecryptableError("a stored value fits none of the configured encryption keys") from error

    def is_newest(self, stored: str) -> bool:
        """Whether the newest key alone reads it."""
        try:
            Fernet(_derive(self.encryption_keys[0], "encryption")).decrypt(stored)
        except InvalidToken:
            return False
        return True

    def rotate(self, stored: str) -> str:
        """The same text under the newest key."""
        try:
            return self._fernet.rotate(stored).decode()
        except InvalidToken as error:
            raise UndecryptableError("a stored value fits none of the configured encryption keys") from error

    def blind_index(self, purpose: str, value: str) -> str:
        """43 characters; ``purpose`` keeps equal values in different columns apart."""
        digest = hmac.digest(self._index_key, f"{purpose}\0{value}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _derive(secret: str, purpose: str) -> bytes:
    """A Fernet key (32 bytes, urlsafe base64) from a long random secret; no stretching needed for those."""
    digest = hashlib.blake2b(secret.encode(), digest_size=32, person=purpose.encode()[:16]).digest()
    return base64.urlsafe_b64encode(digest)


class _Current:
    keyring: Keyring | None = None


def use(keyring: Keyring) -> None:
    """Column types have no way to be handed a keyring, so a process has one; create_app sets it."""
    _Current.keyring = keyring


def keyring() -> Keyring:
    if _Current.keyring is None:
        raise RuntimeError("no keyring: call database.encryption.use() first")
    return _Current.keyring


def blind_index(purpose: str, value: str) -> str:
    return keyring().blind_index(purpose, value)
