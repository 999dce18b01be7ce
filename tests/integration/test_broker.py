"""The broker of MitID: what a real provider sends is believed, and nothing else."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import ECKey, OctKey

from portal.runtime import utc_now
from portal.services.openid import provider as openid_provider
from portal.services.openid.broker import Broker
from portal.services.openid.journey import Journey, NotProvedError, Why
from tests.doubles.mitid_broker import config_for, sign_in
from tests.doubles.odd_provider import ANOTHERS, OddProvider, odd_provider, public

HOME = "http://127.0.0.1:8000"
NOW = utc_now()
LATER = int((NOW + timedelta(minutes=3)).timestamp())
EARLIER = int((NOW - timedelta(minutes=3)).timestamp())


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def odd() -> Iterator[OddProvider]:
    with odd_provider() as provider:
        yield provider


@pytest.fixture
def broker(odd: OddProvider, clock: Hands) -> Broker:
    return broker_at(odd.issuer, clock)


def broker_at(issuer: str, clock: Callable[[], datetime] = utc_now, **values: object) -> Broker:
    """A real provider's clock is the machine's."""
    return Broker(config_for(issuer, **values), f"{HOME}/mitid/retur", f"{HOME}/mitid/ude", clock)


def finish(broker: Broker, odd: OddProvider, **answer: str) -> str:
    """A whole sign-in, with the provider's token as the test has made it."""
    _, journey = broker.begin("da")
    odd.id_token = odd.id_token or odd.token(journey.nonce, NOW)
    return broker.finish({"state": journey.state, "code": "a code"} | answer, journey)


def why(broker: Broker, odd: OddProvider, **answer: str) -> Why:
    with pytest.raises(NotProvedError) as caught:
        finish(broker, odd, **answer)
    return caught.value.why


def brought_back(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_a_real_provider_asks_for_all_that_we_send_and_gives_the_same_person_each_time(
    mitid_issuer: str,
) -> None:
    broker = broker_at(mitid_issuer)
    found = []
    for who in ("mette", "mette", "sara"):
        url, journey = broker.begin("en")
        asked = brought_back(url)
        assert asked["code_challenge_method"] == "S256" and asked["prompt"] == "login"
        assert asked["acr_values"] == "substantial high" and asked["ui_locales"] == "en da"
        assert asked["redirect_uri"] == f"{HOME}/mitid/retur"
        assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
        found.append(broker.finish(brought_back(sign_in(url, HOME, who)), journey))
    assert found[0] == found[1] != found[2] and len(found[0]) == 43


def test_another_claim_than_sub_can_say_who_she_is(mitid_issuer: str) -> None:
    indexes = set()
    for claim in ("sub", "uuid"):
        broker = broker_at(mitid_issuer, subject_claim=claim)
        url, journey = broker.begin("da")
        indexes.add(broker.finish(brought_back(sign_in(url, HOME, "mette")), journey))
    assert len(indexes) == 2


def test_a_real_providers_code_fits_one_verifier_and_one_nonce(mitid_issuer: str) -> None:
    broker = broker_at(mitid_issuer)
    for changed in ({"verifier": "v" * 43}, {"nonce": "another"}):
        url, journey = broker.begin("da")
        other = Journey(**{**vars(journey), **changed})
        with pytest.raises(NotProvedError) as caught:
            broker.finish(brought_back(sign_in(url, HOME, "mette")), other)
        assert caught.value.why is Why.REFUSED


def test_a_real_providers_answer_names_the_provider_itself(mitid_issuer: str) -> None:
    broker = broker_at(mitid_issuer)
    url, journey = broker.begin("da")
    back = brought_back(sign_in(url, HOME, "mette"))
    for lie in ({**back, "iss": "https://evil.example"}, {k: v for k, v in back.items() if k != "iss"}):
        with pytest.raises(NotProvedError) as caught:
            broker.finish(lie, journey)
        assert caught.value.why is Why.REFUSED


def test_a_good_token_is_believed(broker: Broker, odd: OddProvider) -> None:
    assert len(finish(broker, odd)) == 43


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, Why.REFUSED),
        ({"nonce": None}, Why.REFUSED),
        ({"aud": "another"}, Why.REFUSED),
        ({"aud": ["another", "a third"]}, Why.REFUSED),
        ({"aud": ["taletid", "another"]}, Why.REFUSED),
        ({"aud": ["taletid", "another"], "azp": "another"}, Why.REFUSED),
        ({"aud": None}, Why.REFUSED),
        ({"azp": "another"}, Why.REFUSED),
        ({"iss": "https://evil.example"}, Why.REFUSED),
        ({"iss": None}, Why.REFUSED),
        ({"exp": EARLIER}, Why.REFUSED),
        ({"exp": None}, Why.REFUSED),
        ({"exp": "soon"}, Why.REFUSED),
        ({"iat": LATER}, Why.REFUSED),
        ({"iat": None}, Why.REFUSED),
        ({"nbf": LATER}, Why.REFUSED),
        ({"at_hash": "wrong"}, Why.REFUSED),
        ({"sub": None}, Why.REFUSED),
        ({"sub": ""}, Why.REFUSED),
        ({"sub": 17}, Why.REFUSED),
        ({"sub": "x" * 256}, Why.REFUSED),
        ({"sub": "0102031234"}, Why.REFUSED),
        ({"sub": "urn:cpr:010203-1234"}, Why.REFUSED),
        ({"acr": "low"}, Why.LEVEL),
        ({"acr": None}, Why.LEVEL),
        ({"acr": ["substantial"]}, Why.LEVEL),
        ({"auth_time": EARLIER}, Why.STALE),
        ({"auth_time": "now"}, Why.REFUSED),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    broker: Broker, odd: OddProvider, claims: dict[str, Any], reason: Why
) -> None:
    odd.claims = claims
    assert why(broker, odd) is reason


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["taletid"]},
        {"aud": ["taletid", "another"], "azp": "taletid"},
        {"exp": int((NOW - timedelta(seconds=30)).timestamp())},
        {"iat": int((NOW + timedelta(seconds=30)).timestamp())},
        {"acr": "high"},
        {"auth_time": int(NOW.timestamp())},
    ],
)
def test_half_a_minute_between_two_clocks_and_other_good_forms_are_no_matter(
    broker: Broker, odd: OddProvider, claims: dict[str, Any]
) -> None:
    odd.claims = claims
    assert finish(broker, odd)


def test_a_signature_by_anybody_else_is_refused(broker: Broker, odd: OddProvider) -> None:
    odd.key = ANOTHERS
    assert why(broker, odd) is Why.REFUSED


def test_our_own_secret_and_no_signature_at_all_sign_nothing(broker: Broker, odd: OddProvider) -> None:
    odd.key, odd.header = OctKey.import_key("a secret between the two, long enough"), {"alg": "HS256"}
    assert why(broker, odd) is Why.REFUSED
    head, body, _ = str(odd.id_token).split(".")
    for unsigned in (f"eyJhbGciOiJub25lIn0.{body}.", f"{head}.{body}.", "no token", ""):
        odd.id_token = unsigned or None
        odd.without = "" if unsigned else "id_token"
        with pytest.raises(NotProvedError):
            finish(broker, odd)


def test_the_providers_new_key_is_asked_for_when_it_comes(broker: Broker, odd: OddProvider) -> None:
    finish(broker, odd)
    new = ECKey.generate_key("P-256", {"kid": "two"})
    odd.id_token, odd.key, odd.header, odd.keys = None, new, {"alg": "ES256", "kid": "two"}, [public(new)]
    assert finish(broker, odd)
    assert odd.asked.count("/jwks") == 2


def test_keys_that_we_cannot_use_are_passed_over(broker: Broker, odd: OddProvider) -> None:
    odd.keys = [{"kty": "OKP", "kid": "x"}, {"kty": "new"}, {**odd.keys[0], "use": "enc"}, *odd.keys]
    assert finish(broker, odd)
    odd.keys = []
    assert why(broker_at(odd.issuer), odd) is Why.REFUSED


def test_what_the_provider_says_of_itself_is_asked_for_once_an_hour(
    broker: Broker, odd: OddProvider, clock: Hands
) -> None:
    for _ in range(3):
        broker.begin("da")
    assert len(odd.asked) == 1
    clock.now += timedelta(minutes=61)
    broker.begin("da")
    assert len(odd.asked) == 2


@pytest.mark.parametrize("answer", [{"state": ""}, {"state": "another"}])
def test_an_answer_with_another_state_is_nobodys(
    broker: Broker, odd: OddProvider, answer: dict[str, str]
) -> None:
    assert why(broker, odd, **answer) is Why.STALE
    assert "/token" not in odd.asked
    with pytest.raises(NotProvedError):
        broker.finish({"state": "s", "code": "c"}, None)


def test_a_sign_in_that_took_too_long_is_begun_again(broker: Broker, odd: OddProvider, clock: Hands) -> None:
    _, journey = broker.begin("da")
    clock.now += timedelta(minutes=16)
    with pytest.raises(NotProvedError) as caught:
        broker.finish({"state": journey.state, "code": "c"}, journey)
    assert caught.value.why is Why.STALE


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("access_denied", Why.DECLINED),
        ("login_required", Why.DECLINED),
        ("temporarily_unavailable", Why.DOWN),
        ("server_error", Why.DOWN),
        ("invalid_scope", Why.REFUSED),
        ("anything", Why.REFUSED),
    ],
)
def test_each_error_that_she_comes_back_with_is_told_in_its_own_way(
    broker: Broker, odd: OddProvider, error: str, reason: Why
) -> None:
    assert why(broker, odd, error=error) is reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (('{"error": "invalid_grant"}', 400), Why.REFUSED),
        (("<h1>Bad gateway</h1>", 502), Why.DOWN),
        (("[]", 200), Why.REFUSED),
        (("no json", 200), Why.REFUSED),
        (("x" * 100_000, 200), Why.DOWN),
    ],
)
def test_a_token_endpoint_that_gives_no_token_is_told_from_one_that_refuses(
    broker: Broker, odd: OddProvider, answer: tuple[str, int], reason: Why
) -> None:
    odd.answer = answer
    assert why(broker, odd) is reason


def test_a_provider_that_takes_the_secret_in_the_form_alone_gets_it_there(
    broker: Broker, odd: OddProvider
) -> None:
    odd.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert finish(broker, odd)
    assert odd.secret_in == "form"


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "https://elsewhere.example/auth"},  # not as the issuer, which is http here
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_is_not_who_it_should_be_is_as_good_as_down(
    broker: Broker, odd: OddProvider, about: dict[str, Any]
) -> None:
    odd.about = about
    with pytest.raises(NotProvedError) as caught:
        broker.begin("da")
    assert caught.value.why is Why.DOWN


def test_a_provider_that_failed_is_left_in_peace_for_a_moment(
    broker: Broker, odd: OddProvider, clock: Hands
) -> None:
    """Else everybody who looks in at /mitid would wait for it, and hold a thread."""
    odd.moved = True
    for _ in range(3):
        with pytest.raises(NotProvedError):
            broker.begin("da")
    assert len(odd.asked) == 1
    odd.moved = False
    clock.now += timedelta(seconds=11)
    assert broker.begin("da")


def test_an_address_that_has_moved_is_not_followed(broker: Broker, odd: OddProvider) -> None:
    odd.moved = True
    with pytest.raises(NotProvedError) as caught:
        broker.begin("da")
    assert caught.value.why is Why.DOWN


def test_a_provider_that_is_down_or_silent_is_given_up_in_time(
    clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid_provider, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(NotProvedError) as caught:
            broker_at(f"http://127.0.0.1:{port}", clock).begin("da")
        assert caught.value.why is Why.DOWN
    with pytest.raises(NotProvedError):
        broker_at(f"http://127.0.0.1:{port}", clock).begin("da")


def test_a_provider_without_a_way_out_says_so(broker: Broker, odd: OddProvider) -> None:
    assert broker.goodbye().startswith(f"{odd.issuer}/end_session?client_id=taletid&post_logout")
    odd.about = {"end_session_endpoint": None}
    with pytest.raises(NotProvedError):
        broker_at(odd.issuer).goodbye()
