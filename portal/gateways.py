"""The way out to the phones that the settings ask for; only the chosen provider's library is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from database.engine import Database
from messaging import whatsapp
from messaging.gateway import Gateway, is_number
from portal.config import Settings
from portal.runtime import utc_now

Account = TypeVar("Account")


def build(settings: Settings, database: Database) -> Gateway:
    if not settings.providers:
        return _simulator(database)
    first, *others = (_BUILDERS[name](settings) for name in settings.providers)
    return _with_failover(first, others[0], settings) if others else first


def _with_failover(first: Gateway, second: Gateway, settings: Settings) -> Gateway:
    from messaging.failover import FailoverGateway  # noqa: PLC0415

    def second_may_use(sender: str) -> bool:
        is_name = not is_number(sender) and not whatsapp.is_address(sender)
        return is_name or sender in settings.failover_numbers

    return FailoverGateway(first, second, second_may_use)


def _simulator(database: Database) -> Gateway:
    from messaging.simulator import SimulatorGateway  # noqa: PLC0415

    return SimulatorGateway(database, utc_now)


def _twilio(settings: Settings) -> Gateway:
    from messaging.twilio_gateway import API, TwilioGateway  # noqa: PLC0415

    account = _set_up(settings.twilio)
    return TwilioGateway(
        account.account_sid,
        account.auth_token,
        status_url=lambda reference: f"{settings.public_url}/webhooks/twilio/status/{reference}",
        api_url=account.api_url or API,
    )


def _gatewayapi(settings: Settings) -> Gateway:
    from messaging.gatewayapi_gateway import API, GatewayApiGateway  # noqa: PLC0415

    account = _set_up(settings.gatewayapi)
    return GatewayApiGateway(account.token, account.api_url or API)


def _kannel(settings: Settings) -> Gateway:
    from messaging.kannel_gateway import KannelGateway, status_url  # noqa: PLC0415

    account = _set_up(settings.kannel)
    reports_to = status_url(account.portal_url, account.callback_secret)
    return KannelGateway(account.url, account.username, account.password, reports_to)


def _set_up(account: Account | None) -> Account:
    """`Settings.from_env` reads the account of every gateway it names."""
    if account is None:
        raise ValueError("a gateway without its account")
    return account


_BUILDERS: dict[str, Callable[[Settings], Gateway]] = {
    "twilio": _twilio,
    "gatewayapi": _gatewayapi,
    "kannel": _kannel,
}
