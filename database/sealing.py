"""Large contents encrypted each under a key of its own.

Only that key is encrypted under the installation's keys, in an ``Encrypted`` column beside the content: a
rotation of keys writes 200 characters anew for each file, not its megabytes, and who destroys the key has
destroyed the file.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from database.encryption import UndecryptableError

_NONCE = 12


def new_key() -> str:
    """256 random bits, as text for an ``Encrypted`` column."""
    return base64.urlsafe_b64encode(AESGCM.generate_key(256)).decode()


def seal(content: bytes, key: str) -> bytes:
    """AES-256-GCM: 28 bytes longer than ``content``. One key may seal a file and its preview, not much more."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, content, None)


def unseal(sealed: bytes, key: str) -> bytes:
    """Raises UndecryptableError for another key, and for content that was changed."""
    try:
        return _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise UndecryptableError("a sealed content does not fit its key") from error


def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(key))
