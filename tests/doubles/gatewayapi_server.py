"""A local server that speaks GatewayAPI's wire format: POST /rest/mtsms with JSON."""

from __future__ import annotations

import json
from base64 import b64decode

from tests.doubles.provider_server import Answer, Heard, ProviderServer

TOKEN = "Go-Create-an-API-token"
CALLBACK_SECRET = "the secret of the webhook, at least 32 characters"
FIRST_ID = 421332670


class GatewayApiServer(ProviderServer):
    """Checks the address and the token, which is the user name of basic authentication."""

    def fields(self, heard: Heard) -> dict[str, str]:
        said = json.loads(heard.body)
        (recipient,) = said["recipients"]
        return {
            "to": f"+{recipient['msisdn']}",
            **{name: said[name] for name in said.keys() - {"recipients"}},
        }

    def objection(self, heard: Heard, fields: dict[str, str]) -> Answer | None:
        if heard.path != "/rest/mtsms":
            return Answer(404)
        scheme, _, word = heard.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic" or b64decode(word).decode() != f"{TOKEN}:":
            return Answer(401, "0x0210", "Invalid username: %1")
        return None

    def resource(self, answer: Answer, fields: dict[str, str]) -> str:
        if not answer.status:
            number = FIRST_ID + len(self.requests)
            usage = {"countries": {"DK": 1}, "currency": "DKK", "total_cost": 0.12}
            return json.dumps({"ids": [number], "usage": usage})
        said = {"incident_uuid": "d8127429-fa0c-4316-b1f2-e610c3958f43", "message": answer.message}
        return json.dumps(said | ({"code": answer.code} if answer.code else {}))
