#!/bin/sh
# npm from the machine, or from the pip package of Node's binaries where there is none.
set -eu
if command -v npm >/dev/null 2>&1; then
    exec npm "$@"
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.lock
PATH="$PWD/.venv/bin:$PATH" exec .venv/bin/npm "$@"
