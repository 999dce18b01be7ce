"""A local server that speaks as Kannel's smsbox does: POST /cgi-bin/sendsms with X-Kannel- headers."""

from __future__ import annotations

from tests.doubles.provider_server import Answer, Heard, ProviderServer

USERNAME = "taletid"
PASSWORD = "the password of the sendsms-user"
CALLBACK_SECRET = "the-secret-of-the-callbacks_at-least-32"


class KannelServer(ProviderServer):
    """Checks the address, the user and the password, in that order."""

    accepts_with = 202
    content_type = "text/html"

    def fields(self, heard: Heard) -> dict[str, str]:
        # http.server reads headers as Latin-1; Kannel reads UTF-8.
        given = {name: value.encode("latin-1").decode() for name, value in heard.headers.items()}
        return {name: value for name, value in given.items() if name.startswith("X-Kannel-")} | {
            "text": heard.body.decode()
        }

    def objection(self, heard: Heard, fields: dict[str, str]) -> Answer | None:
        if heard.path != "/cgi-bin/sendsms":
            return Answer(404, body="Unknown request.")
        if (fields["X-Kannel-Username"], fields["X-Kannel-Password"]) != (USERNAME, PASSWORD):
            return Answer(403, body="Authorization failed for sendsms")
        return None

    def resource(self, answer: Answer, fields: dict[str, str]) -> str:
        return answer.message if answer.status else "0: Accepted for delivery"
