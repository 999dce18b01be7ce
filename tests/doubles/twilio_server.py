"""A local server that speaks Twilio's wire format: POST /2010-04-01/Accounts/{sid}/Messages.json."""

from __future__ import annotations

import json
from base64 import b64decode
from contextlib import AbstractContextManager
from urllib.parse import parse_qsl

from tests.doubles.provider_server import Answer, Heard, ProviderServer, running

SID = "AC" + "0" * 32
TOKEN = "the token of the account"


class TwilioServer(ProviderServer):
    """Checks path, credentials and the sender's length as Twilio does."""

    accepts_with = 201

    def fields(self, heard: Heard) -> dict[str, str]:
        return dict(parse_qsl(heard.body.decode()))

    def objection(self, heard: Heard, fields: dict[str, str]) -> Answer | None:
        if heard.path != f"/2010-04-01/Accounts/{SID}/Messages.json":
            return Answer(404, 20404, f"The requested resource {heard.path} was not found")
        scheme, _, word = heard.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic" or b64decode(word).decode() != f"{SID}:{TOKEN}":
            return Answer(401, 20003, "Authenticate")
        if not fields["From"].startswith(("+", "whatsapp:+")) and len(fields["From"]) > 11:
            return Answer(400, 21212, "The 'From' number is not a valid phone number or shortcode")
        return None

    def resource(self, answer: Answer, fields: dict[str, str]) -> str:
        return json.dumps(self._problem(answer) if answer.status else self._message(fields))

    def _problem(self, answer: Answer) -> dict[str, object]:
        info = f"https://www.twilio.com/docs/errors/{answer.code}"
        return {"code": answer.code, "message": answer.message, "more_info": info, "status": answer.status}

    def _message(self, fields: dict[str, str]) -> dict[str, object]:
        sid = f"SM{len(self.requests):032x}"
        return {
            "account_sid": SID,
            "api_version": "2010-04-01",
            "body": fields["Body"],
            "date_created": "Wed, 18 Nov 2026 10:00:00 +0000",
            "date_sent": None,
            "date_updated": "Wed, 18 Nov 2026 10:00:00 +0000",
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": fields["From"],
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "sid": sid,
            "status": "queued",
            "subresource_uris": {"media": f"/2010-04-01/Accounts/{SID}/Messages/{sid}/Media.json"},
            "to": fields["To"],
            "uri": f"/2010-04-01/Accounts/{SID}/Messages/{sid}.json",
        }


def twilio_server() -> AbstractContextManager[TwilioServer]:
    return running(TwilioServer())
