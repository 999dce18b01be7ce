#!/bin/sh
# Makes the virtual environment with a Python of 3.11 or later.
set -u
for python in python3 python3.13 python3.12 python3.11; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue
    "$python" -m venv "$1" >/dev/null 2>&1 && exit 0
    rm -rf "$1"
    # Debian keeps venv's pip in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && apt-get install -y -qq "$(basename "$python")-venv" >/dev/null
        "$python" -m venv "$1" && exit 0
    fi
    echo "$python cannot make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
    exit 1
done
echo "Python 3.11 or later is needed. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2
exit 1
