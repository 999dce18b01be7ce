"""Settings, read once from the environment. A missing or wrong one stops the start with one clear sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

from portal.environment import (
    SettingError,
    address,
    minutes,
    needed,
    networks,
    numbers,
    one_of,
    secret,
    secrets,
    storage,
    whole_number,
)

URL_SAFE = re.compile(r"[A-Za-z0-9_-]+")

LINK_LENGTH = 45
"""A link takes at most 45 characters of an SMS: the address, a slash and a token of 22."""
TOKEN_LENGTH = 22
PROVIDERS = ("twilio", "gatewayapi", "kannel")


@dataclass(frozen=True)
class TwilioAccount:
    account_sid: str
    auth_token: str = field(repr=False)
    api_url: str | None = None
    """Another address than Twilio's own, for a test server."""


@dataclass(frozen=True)
class GatewayApiAccount:
    token: str = field(repr=False)
    callback_secret: str = field(repr=False)
    """Set up with each address in GatewayAPI's dashboard, as its authentication token."""
    api_url: str | None = None
    """Another platform than gatewayapi.com: https://gatewayapi.eu, or a test server."""


@dataclass(frozen=True)
class KannelAccount:
    url: str
    username: str
    password: str = field(repr=False)
    callback_secret: str = field(repr=False)
    portal_url: str
    """Where Kannel finds the portal."""
    allowed_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Where its callbacks may come from; empty: from anywhere."""


@dataclass(frozen=True)
class MitIdBroker:
    """An OpenID provider that signs citizens in with MitID. From the environment its address is https."""

    issuer: str
    """As the provider writes itself, to the letter."""
    client_id: str
    client_secret: str = field(repr=False)
    levels: tuple[str, ...]
    """The levels of assurance that are enough: one of these must stand in ``level_claim``."""
    level_claim: str = "acr"
    acr_values: str | None = None
    """What the provider is asked for, in its own words."""
    subject_claim: str = "sub"
    """The claim that says who she is, and stays the same: never one that holds a CPR number."""
    scope: str = "openid"


@dataclass(frozen=True)
class Settings:
    secret_key: str = field(repr=False)
    encryption_keys: tuple[str, ...] = field(repr=False)
    index_secret: str = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    """Where browsers find the portal; no slash at the end."""
    link_url: str = "http://127.0.0.1:8000"
    """The address in an SMS; a shorter name of the same server where ``public_url`` is long."""
    database_url: str = "sqlite:///data/taletid.db"
    queue_url: str = "memory:"
    """huey's storage: memory: (one process), redis://… or postgresql://… (many)."""
    limits_url: str = "database:"
    """Counters of rate limits: database: or redis://…"""
    gateway: str = "simulator"
    failover: str | None = None
    """The gateway that takes what ``gateway`` has certainly not taken."""
    failover_numbers: frozenset[str] = frozenset()
    """Numbers that ``failover`` can send from too; a name it can always use."""
    twilio: TwilioAccount | None = None
    gatewayapi: GatewayApiAccount | None = None
    kannel: KannelAccount | None = None
    mitid: MitIdBroker | None = None
    """None: citizens sign in with short code and PIN alone."""
    sending_threads: int = 8
    """How many messages one process hands to the provider at once; the simulator gets one after the other."""
    trusted_proxies: int = 0
    """How many proxies in front of us set X-Forwarded-For and X-Forwarded-Proto."""
    pseudo_languages: bool = False
    """Two languages that show what cannot be translated (``i18n.pseudo``), for who asks for them by their code."""
    staff_idle_minutes: int = 30
    citizen_idle_minutes: int = 20

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https:")

    @property
    def has_simulator(self) -> bool:
        return self.gateway == "simulator"

    @property
    def has_whatsapp(self) -> bool:
        """It is Twilio's, and never fails over."""
        return self.gateway == "twilio"

    @property
    def providers(self) -> tuple[str, ...]:
        """Those whose callbacks are heard, the first first."""
        return tuple(name for name in (self.gateway, self.failover) if name in PROVIDERS)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        port = whole_number(env, "PORT", 8000, least=1, most=65_535)
        public_url = address(env, "PUBLIC_URL", f"http://127.0.0.1:{port}")
        link_url = address(env, "LINK_URL", public_url)
        _short_enough(link_url)
        gateway = _gateway(env, public_url)
        failover = _failover(env, gateway)
        chosen = (gateway, failover)
        return cls(
            secret_key=secret(env, "SECRET_KEY"),
            encryption_keys=secrets(env, "ENCRYPTION_KEYS"),
            index_secret=secret(env, "INDEX_SECRET"),
            public_url=public_url,
            link_url=link_url,
            database_url=_database(env.get("DATABASE_URL") or cls.database_url),
            queue_url=storage(
                env, "QUEUE_URL", ("memory:", "redis://", "rediss://", "postgres://", "postgresql://")
            ),
            limits_url=storage(env, "LIMITS_URL", ("database:", "redis://", "rediss://")),
            gateway=gateway,
            failover=failover,
            failover_numbers=numbers(env, "GATEWAY_FAILOVER_NUMBERS"),
            twilio=_twilio(env) if "twilio" in chosen else None,
            gatewayapi=_gatewayapi(env) if "gatewayapi" in chosen else None,
            kannel=_kannel(env, public_url) if "kannel" in chosen else None,
            mitid=_mitid(env),
            sending_threads=whole_number(env, "SENDING_THREADS", cls.sending_threads, least=1, most=64),
            trusted_proxies=whole_number(env, "TRUSTED_PROXIES", 0, least=0, most=5),
            pseudo_languages=one_of(env, "PSEUDO_LANGUAGES", ("off", "on")) == "on",
            staff_idle_minutes=minutes(env, "STAFF_IDLE_MINUTES", cls.staff_idle_minutes),
            citizen_idle_minutes=minutes(env, "CITIZEN_IDLE_MINUTES", cls.citizen_idle_minutes),
        )


def _gateway(env: Mapping[str, str], public_url: str) -> str:
    """Where others reach the portal, nobody gets the simulator by forgetting: its phones show every SMS to anyone."""
    if not env.get("GATEWAY") and public_url.startswith("https:"):
        raise SettingError(
            f"GATEWAY must be set when PUBLIC_URL is https: {' or '.join(PROVIDERS)}, or simulator for a demo whose "
            "SMS anyone may read."
        )
    return one_of(env, "GATEWAY", ("simulator", *PROVIDERS))


def _failover(env: Mapping[str, str], gateway: str) -> str | None:
    value = env.get("GATEWAY_FAILOVER") or None
    others = [name for name in PROVIDERS if name != gateway]
    if value is not None and (gateway not in PROVIDERS or value not in others):
        raise SettingError(
            f"GATEWAY_FAILOVER must be another gateway than GATEWAY, and both must be of {', '.join(PROVIDERS)}; "
            f"they are “{value}” and “{gateway}”."
        )
    return value


def _short_enough(link_url: str) -> None:
    most = LINK_LENGTH - TOKEN_LENGTH - 1
    if len(link_url) > most:
        raise SettingError(
            f"LINK_URL (or PUBLIC_URL) may have at most {most} characters, so that a link in an SMS stays within "
            f"{LINK_LENGTH}; “{link_url}” has {len(link_url)}. Set LINK_URL to a shorter name of the same server."
        )


def _database(url: str) -> str:
    """A plain postgresql:// means the driver that is installed; Heroku-style postgres:// too."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _twilio(env: Mapping[str, str]) -> TwilioAccount:
    return TwilioAccount(
        account_sid=needed(env, "TWILIO_ACCOUNT_SID"),
        auth_token=needed(env, "TWILIO_AUTH_TOKEN"),
        api_url=env.get("TWILIO_API_URL") or None,
    )


def _gatewayapi(env: Mapping[str, str]) -> GatewayApiAccount:
    return GatewayApiAccount(
        token=needed(env, "GATEWAYAPI_TOKEN"),
        callback_secret=secret(env, "GATEWAYAPI_CALLBACK_SECRET"),
        api_url=env.get("GATEWAYAPI_API_URL") or None,
    )


def _kannel(env: Mapping[str, str], public_url: str) -> KannelAccount:
    callback_secret = secret(env, "KANNEL_CALLBACK_SECRET")
    if not URL_SAFE.fullmatch(callback_secret):
        raise SettingError(
            "KANNEL_CALLBACK_SECRET may hold letters, digits, - and _ only: Kannel has it in an address."
        )
    return KannelAccount(
        url=address(env, "KANNEL_URL", "http://127.0.0.1:13013"),
        username=needed(env, "KANNEL_USERNAME"),
        password=needed(env, "KANNEL_PASSWORD"),
        callback_secret=callback_secret,
        portal_url=address(env, "KANNEL_PORTAL_URL", public_url),
        allowed_networks=networks(env, "KANNEL_ALLOWED_ADDRESSES"),
    )


def _mitid(env: Mapping[str, str]) -> MitIdBroker | None:
    if not any(env.get(name, "").strip() for name in env if name.startswith("MITID_")):
        return None
    level_claim = env.get("MITID_LEVEL_CLAIM") or MitIdBroker.level_claim
    levels = tuple(needed(env, "MITID_LEVELS").split())
    asked = " ".join(levels) if level_claim == MitIdBroker.level_claim else None
    return MitIdBroker(
        issuer=_issuer(env, "MITID_ISSUER"),
        client_id=needed(env, "MITID_CLIENT_ID"),
        client_secret=needed(env, "MITID_CLIENT_SECRET"),
        levels=levels,
        level_claim=level_claim,
        acr_values=env.get("MITID_ACR_VALUES") or asked,
        subject_claim=_subject_claim(env, "MITID_SUBJECT_CLAIM"),
        scope=_openid_scope(env, "MITID_SCOPE"),
    )


def _issuer(env: Mapping[str, str], name: str) -> str:
    value = needed(env, name)
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise SettingError(
            f"{name} must be the provider's own address, such as https://broker.dk/op; it is “{value}”."
        )
    return value


def _subject_claim(env: Mapping[str, str], name: str) -> str:
    value = env.get(name) or MitIdBroker.subject_claim
    if "cpr" in value.lower():
        raise SettingError(
            f"{name} may not be a CPR number; it is “{value}”. Use sub, or a claim with a UUID."
        )
    return value


def _openid_scope(env: Mapping[str, str], name: str) -> str:
    value = env.get(name) or MitIdBroker.scope
    if "openid" not in value.split():
        raise SettingError(f"{name} must hold openid; it is “{value}”.")
    return value
