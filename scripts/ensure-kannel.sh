#!/bin/sh
# One test sends through a real Kannel; Debian's packages are taken where they are missing and we may install them.
FAKESMSC=/usr/lib/kannel/test/fakesmsc
[ -x /usr/sbin/bearerbox ] && [ -x /usr/sbin/smsbox ] && [ -x "$FAKESMSC" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Kannel for the test of its gateway"
    # In run level 1 its service is installed, but not started: the test starts one of its own.
    apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq kannel kannel-extras >/dev/null && exit 0
fi
echo "The test of Kannel needs it. On Debian or Ubuntu: sudo apt-get install kannel kannel-extras" >&2
exit 1
