"""A real OpenID provider in a process of its own, in place of a MitID broker, and a browser that signs in there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import requests

from portal.config import MitIdBroker
from tests.doubles.kannel import free_ports
from tests.doubles.node import ROOT, serving_node

FOLDER = ROOT / "tests" / "oidc"
PATIENCE = 20


@contextmanager
def mitid_broker(home: str) -> Iterator[str]:
    """Its issuer; ``home`` is the portal's PUBLIC_URL, below which the two addresses lie that it knows."""
    if not (FOLDER / "node_modules" / "oidc-provider").exists():
        raise FileNotFoundError("oidc-provider is missing. Run “make test”, or “npm ci” in tests/oidc.")
    (port,) = free_ports(1)
    program = [str(FOLDER / "provider.mjs"), str(port), f"{home}/mitid/retur", f"{home}/mitid/ude"]
    with serving_node(["node", *program], b"ready", FOLDER):
        yield f"http://127.0.0.1:{port}"


def config_for(issuer: str, **values: object) -> MitIdBroker:
    """Http is for the loopback of tests: from the environment no such address gets in."""
    given = {
        "levels": ("substantial", "high"),
        "acr_values": "substantial high",
        "scope": "openid ssn",
    } | values
    return MitIdBroker(
        issuer=issuer,
        client_id="taletid",
        client_secret="a secret between the two",
        **given,  # type: ignore[arg-type]
    )


def sign_in(url: str, home: str, who: str = "", level: str = "substantial") -> str:
    """From where the portal sends her to where the broker sends her back: that address, not asked for. Nobody signs in
    without a name: she turns back."""
    with requests.Session() as browser:
        form = browser.get(url, timeout=PATIENCE)
        does = "sign_in" if who else "turn_back"
        answer = browser.post(
            form.url,
            data={"who": who, "level": level, "does": does},
            allow_redirects=False,
            timeout=PATIENCE,
        )
        while answer.is_redirect:
            target = urljoin(answer.url, answer.headers["Location"])
            if target.startswith(home):
                return target
            answer = browser.get(target, allow_redirects=False, timeout=PATIENCE)
    raise AssertionError(f"the broker shows a page: {answer.status_code} {answer.text[:300]}")


def sign_out(url: str, home: str) -> str:
    """The way out: the broker asks whether she means it, and sends her back."""
    with requests.Session() as browser:
        form = browser.get(url, timeout=PATIENCE)
        secret = re.search(r'name="xsrf" value="([^"]+)"', form.text)
        assert secret, form.text
        answer = browser.post(
            urljoin(form.url, "/session/end/confirm"),
            data={"xsrf": secret[1], "logout": "yes"},
            allow_redirects=False,
            timeout=PATIENCE,
        )
        assert answer.headers["Location"].startswith(home)
        return answer.headers["Location"]
