"""Each provider as the contract sees it: its server, our gateway to it, and the callbacks it would make."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from base64 import b64encode
from dataclasses import dataclass, field, replace
from hashlib import sha1
from hmac import digest
from typing import Any
from urllib.parse import urlencode

import jwt

from messaging import kannel_gateway
from messaging.gateway import Gateway, Outcome, Refused, Trouble
from messaging.gatewayapi_gateway import GatewayApiGateway
from messaging.kannel_gateway import KannelGateway
from messaging.message import Status
from messaging.twilio_gateway import TwilioGateway
from portal.config import GatewayApiAccount, KannelAccount, TwilioAccount
from tests.doubles import gatewayapi_server, kannel_server, twilio_server
from tests.doubles.gatewayapi_server import GatewayApiServer
from tests.doubles.kannel_server import KannelServer
from tests.doubles.provider_server import Answer, ProviderServer
from tests.doubles.twilio_server import TwilioServer

PUBLIC_URL = "https://svar.aakoebing.dk"
"""What providers call, through a proxy; the test's own server listens elsewhere and without TLS."""
A_GUESS = "a secret that is wrong, and long enough to be one"


@dataclass(frozen=True)
class Call:
    """One callback over HTTP; `body` None is a GET."""

    path: str
    body: bytes | None = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sms:
    """An SMS that a citizen wrote."""

    id: int
    text: str
    from_: str = "+4510111111"
    to: str = "+4510900000"


class Provider(ABC):
    """`server` stands in for the provider."""

    name: str
    server: ProviderServer

    @abstractmethod
    def gateway(self, url: str, *, secret: str = "", timeout: float = 5.0) -> Gateway:
        """Ours; with another secret than the account's, where one is given."""

    @abstractmethod
    def settings(self) -> dict[str, Any]: ...

    @abstractmethod
    def id_of(self, count: int, reference: str) -> str:
        """The id that the provider gave its `count`-th message, which had our reference."""

    @abstractmethod
    def understood(self, request: dict[str, str]) -> tuple[str, str, str]:
        """To, sender and text of a request that came in."""

    @abstractmethod
    def refusals(self) -> list[tuple[Answer, Outcome]]:
        """Its ways to say no, and what each means."""

    @abstractmethod
    def inbound(self, sms: Sms, secret: str | None = "") -> Call:
        """Signed with the account's secret; with another one; with none at all."""

    @abstractmethod
    def receipt(self, reference: str, word: str, code: str = "", secret: str | None = "") -> Call: ...

    @abstractmethod
    def malformed(self) -> list[Call]:
        """Incoming SMS that are signed, but do not say what they must."""

    @abstractmethod
    def wrongly_encoded(self) -> list[tuple[Call, int]]:
        """With the status that each is refused with."""

    words: tuple[str, str, str]
    """Of a receipt: taken, delivered, a state that does not exist."""
    dead: tuple[str, str]
    """The word and the code of a receipt that says that nobody can be reached there."""
    dead_means: tuple[Status, Trouble]


class Twilio(Provider):
    name = "twilio"
    words = ("sent", "delivered", "teleported")
    dead = ("undelivered", "30005")
    dead_means = (Status.UNDELIVERED, Trouble.NUMBER_NOT_IN_USE)

    def __init__(self) -> None:
        self.server = TwilioServer()

    def gateway(self, url: str, *, secret: str = "", timeout: float = 5.0) -> Gateway:
        token = secret or twilio_server.TOKEN
        return TwilioGateway(twilio_server.SID, token, lambda ref: f"{PUBLIC_URL}/{ref}", url, timeout)

    def settings(self) -> dict[str, Any]:
        account = TwilioAccount(twilio_server.SID, twilio_server.TOKEN, api_url=self.server.url)
        return {"gateway": "twilio", "twilio": account}

    def id_of(self, count: int, reference: str) -> str:
        return f"SM{count:032x}"

    def understood(self, request: dict[str, str]) -> tuple[str, str, str]:
        return request["To"], request["From"], request["Body"]

    def refusals(self) -> list[tuple[Answer, Outcome]]:
        return [
            (Answer(400, 21617, "too long"), Refused("21617", Trouble.REFUSED)),
            (Answer(400, 21211, "no number"), Refused("21211", Trouble.NUMBER_INVALID, permanent=True)),
            (
                Answer(400, 21610, "unsubscribed"),
                Refused("21610", Trouble.OPTED_OUT, permanent=True, opted_out=True),
            ),
        ]

    def inbound(self, sms: Sms, secret: str | None = "") -> Call:
        fields = {
            "MessageSid": f"SM{sms.id}",
            "AccountSid": twilio_server.SID,
            "From": sms.from_,
            "To": sms.to,
            "Body": sms.text,
            "NumMedia": "0",
        }
        return self._call("/webhooks/twilio/inbound", fields, secret)

    def receipt(self, reference: str, word: str, code: str = "", secret: str | None = "") -> Call:
        fields = {
            "MessageSid": self.id_of(1, reference),
            "MessageStatus": word,
            "AccountSid": twilio_server.SID,
        }
        more = {"ErrorCode": code} if code else {}
        return self._call(f"/webhooks/twilio/status/{reference}", fields | more, secret)

    def malformed(self) -> list[Call]:
        fields = {"MessageSid": "SM1", "From": "+4510111111", "To": "+4510900000", "Body": "Hej"}
        changes = ({"MessageSid": ""}, {"From": ""}, {"To": "4" * 65}, {"NumMedia": "many"})
        return [self._call("/webhooks/twilio/inbound", fields | change, "") for change in changes]

    def wrongly_encoded(self) -> list[tuple[Call, int]]:
        right = self.inbound(Sms(1, "Hej"))
        return [
            (Call(right.path, b"Body=%ff%fe&From=%2B4510111111", right.headers), 400),
            (Call(right.path, b"Body=\xe6\xf8\xe5", right.headers), 400),
            (Call(right.path, b'{"Body": "Hej"}', right.headers | {"Content-Type": "application/json"}), 400),
        ]

    def _call(self, path: str, fields: dict[str, str], secret: str | None) -> Call:
        """https://www.twilio.com/docs/usage/security: the address, then each field's name and value by name."""
        said = PUBLIC_URL + path + "".join(name + fields[name] for name in sorted(fields))
        key = (secret or twilio_server.TOKEN).encode()
        signed = {"X-Twilio-Signature": b64encode(digest(key, said.encode(), sha1)).decode()}
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        return Call(path, urlencode(fields).encode(), headers | ({} if secret is None else signed))


class GatewayApi(Provider):
    name = "gatewayapi"
    words = ("ENROUTE", "DELIVERED", "TELEPORTED")
    dead = ("UNDELIVERABLE", "0x1010")
    dead_means = (Status.UNDELIVERED, Trouble.NUMBER_NOT_IN_USE)

    def __init__(self) -> None:
        self.server = GatewayApiServer()

    def gateway(self, url: str, *, secret: str = "", timeout: float = 5.0) -> Gateway:
        return GatewayApiGateway(secret or gatewayapi_server.TOKEN, url, timeout)

    def settings(self) -> dict[str, Any]:
        account = GatewayApiAccount(
            gatewayapi_server.TOKEN, gatewayapi_server.CALLBACK_SECRET, api_url=self.server.url
        )
        return {"gateway": "gatewayapi", "gatewayapi": account}

    def id_of(self, count: int, reference: str) -> str:
        return str(gatewayapi_server.FIRST_ID + count)

    def understood(self, request: dict[str, str]) -> tuple[str, str, str]:
        sender = request["sender"]
        return request["to"], f"+{sender}" if sender.isdigit() else sender, request["message"]

    def refusals(self) -> list[tuple[Answer, Outcome]]:
        return [
            (Answer(422, None, "no"), Refused("422", Trouble.REFUSED)),
            (Answer(400, "0x0308", "Invalid Argument"), Refused("0x0308", Trouble.REFUSED)),
            (Answer(403, "0x0215", "MSISDN blacklisted"), Refused("0x0215", Trouble.BLOCKED, permanent=True)),
        ]

    def inbound(self, sms: Sms, secret: str | None = "") -> Call:
        said = {
            "id": sms.id,
            "msisdn": int(sms.from_),
            "receiver": int(sms.to),
            "message": sms.text,
            "senttime": 1450000000,
            "webhook_label": "test",
        }
        return self._call("/webhooks/gatewayapi/inbound", said, secret)

    def receipt(self, reference: str, word: str, code: str = "", secret: str | None = "") -> Call:
        said = {
            "id": int(self.id_of(1, reference)),
            "msisdn": 4510111111,
            "time": 1450000000,
            "status": word,
            "error": None,
            "code": code or None,
            "userref": reference,
        }
        return self._call("/webhooks/gatewayapi/status", said, secret)

    def malformed(self) -> list[Call]:
        said = {"id": 1, "msisdn": 4510111111, "receiver": 4510900000, "message": "Hej"}
        changes: tuple[dict[str, object], ...] = (
            {"id": None},
            {"msisdn": "4510111111"},
            {"receiver": 10**20},
            {"message": ["Hej"]},
            {"id": True},
        )
        return [self._call("/webhooks/gatewayapi/inbound", said | change, "") for change in changes]

    def wrongly_encoded(self) -> list[tuple[Call, int]]:
        right = self.inbound(Sms(1, "Hej"))
        header, claims, seal = right.headers["X-Gwapi-Signature"].split(".")
        broken = (f"{header}.{claims}", f"{header}.æøå.{seal}", f"{header}.{claims[:-2]}.{seal}", "Hej")
        unsigned = jwt.encode({"id": 1}, "", algorithm="none")
        return [
            (Call(right.path, right.body, {"X-Gwapi-Signature": token}), 403) for token in (*broken, unsigned)
        ]

    def _call(self, path: str, said: dict[str, Any], secret: str | None) -> Call:
        body = json.dumps(said).encode()
        key = secret or gatewayapi_server.CALLBACK_SECRET
        signed = {"X-Gwapi-Signature": jwt.encode(said, key, algorithm="HS256")}
        headers = {"Content-Type": "application/json"}
        return Call(path, body, headers | ({} if secret is None else signed))


class Kannel(Provider):
    name = "kannel"
    words = ("8", "1", "32")
    dead = ("16", "NACK/0x0000000b/Invalid Destination Address")
    dead_means = (Status.FAILED, Trouble.NUMBER_INVALID)

    def __init__(self) -> None:
        self.server = KannelServer()

    def gateway(self, url: str, *, secret: str = "", timeout: float = 5.0) -> Gateway:
        reports_to = kannel_gateway.status_url(PUBLIC_URL, kannel_server.CALLBACK_SECRET)
        return KannelGateway(
            url, kannel_server.USERNAME, secret or kannel_server.PASSWORD, reports_to, timeout
        )

    def settings(self) -> dict[str, Any]:
        account = KannelAccount(
            self.server.url,
            kannel_server.USERNAME,
            kannel_server.PASSWORD,
            kannel_server.CALLBACK_SECRET,
            PUBLIC_URL,
        )
        return {"gateway": "kannel", "kannel": account}

    def id_of(self, count: int, reference: str) -> str:
        return reference

    def understood(self, request: dict[str, str]) -> tuple[str, str, str]:
        return request["X-Kannel-To"], request["X-Kannel-From"], request["text"]

    def refusals(self) -> list[tuple[Answer, Outcome]]:
        denied = "Number(s) has/have been denied by white- and/or black-lists."
        return [(Answer(400, message=denied), Refused("400", Trouble.REFUSED))]

    def inbound(self, sms: Sms, secret: str | None = "") -> Call:
        return self._inbound(f"id={sms.id}", sms.text.encode(), secret, sms)

    def receipt(self, reference: str, word: str, code: str = "", secret: str | None = "") -> Call:
        query = urlencode({"status": word, "answer": code})
        return Call(f"/webhooks/kannel/status/{reference}?{query}", None, _secret(secret))

    def malformed(self) -> list[Call]:
        sms = Sms(1, "Hej")
        return [
            self._inbound("", b"Hej", "", sms),
            self._inbound("id=" + "4" * 65, b"Hej", "", sms),
            self._inbound("id=1", b"Hej", "", replace(sms, from_="")),
            self._inbound("id=1", b"Hej", "", replace(sms, to="")),
        ]

    def wrongly_encoded(self) -> list[tuple[Call, int]]:
        right = self._inbound("id=1", b"\xe6\xf8\xe5", "", Sms(1, ""))
        charsets = ("UTF-8", "UTF-16BE", "UTF-7", "rot13")
        headers = [right.headers | {"Content-Type": f"text/plain; charset={name}"} for name in charsets]
        return [(Call(right.path, right.body, each), 400) for each in headers]

    def _inbound(self, query: str, body: bytes, secret: str | None, sms: Sms) -> Call:
        headers = {
            "Content-Type": 'text/plain; charset="UTF-8"',
            "X-Kannel-From": sms.from_,
            "X-Kannel-To": sms.to,
            "X-Kannel-Coding": "0",
        }
        return Call(f"/webhooks/kannel/inbound?{query}", body, headers | _secret(secret))


def _secret(secret: str | None) -> dict[str, str]:
    word = b64encode(f"kannel:{secret or kannel_server.CALLBACK_SECRET}".encode()).decode()
    return {} if secret is None else {"Authorization": f"Basic {word}"}


PROVIDERS: tuple[type[Provider], ...] = (Twilio, GatewayApi, Kannel)
