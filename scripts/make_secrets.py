"""Writes secrets for development into a new file that only its owner can read: make_secrets.py FILE"""

import os
import secrets
import sys

NAMES = ("SECRET_KEY", "ENCRYPTION_KEYS", "INDEX_SECRET")


def main(path: str) -> None:
    lines = ["# Secrets of this development setup. Without them its database cannot be read.\n"]
    lines += [f"{name}={secrets.token_urlsafe(36)}\n" for name in NAMES]
    lines.append("PSEUDO_LANGUAGES=on\n")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main(sys.argv[1])
