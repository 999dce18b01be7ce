"""A missing or wrong setting stops the start with one clear sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.config import Settings
from portal.environment import SettingError

ROOT = Path(__file__).resolve().parents[2]
SECRET = "x" * 32
NEEDED = {"SECRET_KEY": SECRET, "ENCRYPTION_KEYS": SECRET, "INDEX_SECRET": SECRET}
TWILIO = {"GATEWAY": "twilio", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}
GATEWAYAPI = {"GATEWAY": "gatewayapi", "GATEWAYAPI_TOKEN": "t", "GATEWAYAPI_CALLBACK_SECRET": SECRET}
KANNEL = {
    "GATEWAY": "kannel",
    "KANNEL_USERNAME": "taletid",
    "KANNEL_PASSWORD": "p",
    "KANNEL_CALLBACK_SECRET": SECRET,
}

MITID = {
    "MITID_ISSUER": "https://broker.example/op",
    "MITID_CLIENT_ID": "taletid",
    "MITID_CLIENT_SECRET": "s",
    "MITID_LEVELS": "substantial high",
}


def sentence(**values: str) -> str:
    with pytest.raises(SettingError) as caught:
        Settings.from_env(NEEDED | values)
    return str(caught.value)


def test_three_secrets_are_enough_to_start() -> None:
    settings = Settings.from_env(NEEDED)
    assert settings.public_url == settings.link_url == "http://127.0.0.1:8000"
    assert settings.has_simulator
    assert not settings.secure_cookies


@pytest.mark.parametrize("name", NEEDED)
def test_each_secret_must_be_set_and_long(name: str) -> None:
    assert sentence(**{name: ""}).startswith(f"{name} is not set.")
    assert name in sentence(**{name: "x" * 31})
    assert "32" in sentence(**{name: "x" * 31})


def test_every_encryption_key_must_be_long_not_only_the_newest() -> None:
    assert "ENCRYPTION_KEYS" in sentence(ENCRYPTION_KEYS=f"{SECRET},short")
    keys = Settings.from_env(NEEDED | {"ENCRYPTION_KEYS": f" {SECRET} , {'y' * 32} "}).encryption_keys
    assert keys == (SECRET, "y" * 32)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "svar.kommune.dk"),
        ("PUBLIC_URL", "https://svar.kommune.dk/portal"),
        ("PUBLIC_URL", "https://svar.kommune.dk?x=1"),
        ("PUBLIC_URL", "http://svar.kommune.dk"),
        ("PUBLIC_URL", "ftp://svar.kommune.dk"),
        ("PUBLIC_URL", "https://svar.kommune.dk:port"),
        ("LINK_URL", "http://svar.kommune.dk"),
        ("LINK_URL", "https://en-meget-lang-adresse.kommune.dk"),
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("DATABASE_URL", "mysql://localhost/taletid"),
        ("QUEUE_URL", "memory"),
        ("QUEUE_URL", "amqp://localhost"),
        ("LIMITS_URL", "memory://"),
        ("LIMITS_URL", "database"),
        ("GATEWAY", "pigeon"),
        ("TRUSTED_PROXIES", "6"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "²"),
        ("STAFF_IDLE_MINUTES", "0"),
        ("STAFF_IDLE_MINUTES", "1441"),
        ("CITIZEN_IDLE_MINUTES", "1.5"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(name: str, value: str) -> None:
    said = sentence(**{name: value})
    assert name in said
    assert said.endswith(".")
    assert "\n" not in said


@pytest.mark.parametrize("name", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])
def test_twilio_needs_its_account_and_token(name: str) -> None:
    assert sentence(**(TWILIO | {name: " "})).startswith(f"{name} is not set.")


def test_twilio_with_account_and_token_starts() -> None:
    settings = Settings.from_env(NEEDED | TWILIO)
    assert settings.twilio is not None
    assert not settings.has_simulator


@pytest.mark.parametrize("name", ["GATEWAYAPI_TOKEN", "GATEWAYAPI_CALLBACK_SECRET"])
def test_gatewayapi_needs_its_token_and_the_secret_of_its_callbacks(name: str) -> None:
    assert sentence(**(GATEWAYAPI | {name: " "})).startswith(f"{name} is not set.")
    assert "32" in sentence(**(GATEWAYAPI | {"GATEWAYAPI_CALLBACK_SECRET": "x" * 31}))
    assert Settings.from_env(NEEDED | GATEWAYAPI).gatewayapi is not None


@pytest.mark.parametrize("name", ["KANNEL_USERNAME", "KANNEL_PASSWORD", "KANNEL_CALLBACK_SECRET"])
def test_kannel_needs_its_user_and_the_secret_of_its_callbacks(name: str) -> None:
    assert sentence(**(KANNEL | {name: ""})).startswith(f"{name} is not set.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KANNEL_CALLBACK_SECRET", "x" * 31),
        ("KANNEL_CALLBACK_SECRET", "x" * 32 + "@"),
        ("KANNEL_URL", "http://kannel.kommune.dk:13013"),
        ("KANNEL_PORTAL_URL", "http://10.0.0.5:8000"),
        ("KANNEL_ALLOWED_ADDRESSES", "10.0.0.1/24"),
        ("KANNEL_ALLOWED_ADDRESSES", "kannel.kommune.dk"),
    ],
)
def test_a_wrong_setting_of_kannel_is_named(name: str, value: str) -> None:
    assert name in sentence(**(KANNEL | {name: value}))


def test_kannel_stands_on_the_same_machine_unless_told_otherwise() -> None:
    settings = Settings.from_env(
        NEEDED | KANNEL | {"PORT": "9000", "KANNEL_ALLOWED_ADDRESSES": "10.0.0.5, 10.1.0.0/24"}
    )
    assert settings.kannel is not None
    assert (settings.kannel.url, settings.kannel.portal_url) == (
        "http://127.0.0.1:13013",
        "http://127.0.0.1:9000",
    )
    assert [str(network) for network in settings.kannel.allowed_networks] == ["10.0.0.5/32", "10.1.0.0/24"]


def test_a_second_gateway_brings_its_own_account_and_may_have_numbers_too() -> None:
    two = GATEWAYAPI | TWILIO | {"GATEWAY_FAILOVER": "gatewayapi"}
    settings = Settings.from_env(NEEDED | two | {"GATEWAY_FAILOVER_NUMBERS": "+4510900000, +4510900001"})
    assert settings.providers == ("twilio", "gatewayapi")
    assert settings.gatewayapi is not None
    assert settings.failover_numbers == {"+4510900000", "+4510900001"}
    assert sentence(**(two | {"GATEWAYAPI_TOKEN": ""})).startswith("GATEWAYAPI_TOKEN is not set.")


@pytest.mark.parametrize(
    ("gateway", "failover"), [("twilio", "twilio"), ("twilio", "simulator"), ("simulator", "twilio")]
)
def test_a_second_gateway_is_another_real_one(gateway: str, failover: str) -> None:
    values = TWILIO | {"GATEWAY": gateway, "GATEWAY_FAILOVER": failover}
    assert sentence(**values).startswith("GATEWAY_FAILOVER must be another gateway")


def test_numbers_of_the_second_gateway_are_whole_numbers() -> None:
    assert "GATEWAY_FAILOVER_NUMBERS" in sentence(**(TWILIO | {"GATEWAY_FAILOVER_NUMBERS": "10900000"}))


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_every_usual_postgresql_address_means_the_installed_driver(url: str) -> None:
    settings = Settings.from_env(NEEDED | {"DATABASE_URL": url})
    assert settings.database_url == "postgresql+psycopg://u@h/d"


def test_where_others_reach_the_portal_the_simulator_must_be_asked_for() -> None:
    public = {"PUBLIC_URL": "https://svar.by.dk"}
    assert sentence(**public).startswith("GATEWAY must be set")
    assert Settings.from_env(NEEDED | public | {"GATEWAY": "simulator"}).has_simulator


def test_cookies_are_secure_where_the_portal_is_behind_https() -> None:
    settings = Settings.from_env(NEEDED | TWILIO | {"PUBLIC_URL": "https://svar.by.dk/"})
    assert settings.public_url == "https://svar.by.dk"
    assert settings.secure_cookies


def test_secrets_do_not_stand_in_the_settings_own_words() -> None:
    assert SECRET not in repr(Settings.from_env(NEEDED | TWILIO | {"SECRET_KEY": SECRET}))
    assert "auth_token" not in repr(Settings.from_env(NEEDED | TWILIO))
    assert SECRET not in repr(Settings.from_env(NEEDED | GATEWAYAPI))
    assert SECRET not in repr(Settings.from_env(NEEDED | KANNEL))


@pytest.mark.parametrize("command", [["db", "upgrade"], ["--help"], ["serve"]])
def test_a_command_without_its_settings_ends_with_the_sentence_and_no_trace(command: list[str]) -> None:
    done = run("-m", "flask", "--app", "wsgi", *command)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("Taletid cannot start. SECRET_KEY is not set.")
    assert "Traceback" not in done.stderr + done.stdout


def test_a_server_that_loads_the_application_ends_with_the_sentence_too() -> None:
    done = run("-c", "import wsgi")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "XDG_RUNTIME_DIR")}
    env = kept | {"FLASK_SKIP_DOTENV": "1"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        check=False,
        cwd=ROOT,
        env=env,
        text=True,
        capture_output=True,
        timeout=60,
    )


def test_sign_in_with_mitid_is_off_until_it_is_set_up() -> None:
    assert Settings.from_env(NEEDED).mitid is None
    assert Settings.from_env(NEEDED | dict.fromkeys(MITID, "")).mitid is None
    mitid = Settings.from_env(NEEDED | MITID).mitid
    assert mitid is not None
    assert (mitid.issuer, mitid.levels) == ("https://broker.example/op", ("substantial", "high"))
    assert (mitid.level_claim, mitid.acr_values, mitid.subject_claim) == ("acr", "substantial high", "sub")
    assert mitid.scope == "openid" and "'s'" not in repr(mitid)


@pytest.mark.parametrize("missing", MITID)
def test_half_a_broker_stops_the_start(missing: str) -> None:
    assert sentence(**MITID | {missing: " "}).startswith(f"{missing} is not set.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MITID_ISSUER", "http://broker.example"),
        ("MITID_ISSUER", "http://127.0.0.1:9000"),
        ("MITID_ISSUER", "broker.example"),
        ("MITID_ISSUER", "https://broker.example/op?x=1"),
        ("MITID_SUBJECT_CLAIM", "dk.cpr"),
        ("MITID_SCOPE", "profile"),
    ],
)
def test_a_broker_is_reached_safely_and_never_says_a_cpr_number(name: str, value: str) -> None:
    told = sentence(**MITID | {name: value})
    assert name in told and value in told


def test_a_broker_can_be_asked_in_other_words_than_it_answers_in() -> None:
    own = {"MITID_LEVEL_CLAIM": "loa", "MITID_SUBJECT_CLAIM": "mitid.uuid", "MITID_SCOPE": "openid mitid"}
    mitid = Settings.from_env(NEEDED | MITID | own).mitid
    assert mitid is not None and mitid.acr_values is None
    asked = Settings.from_env(NEEDED | MITID | own | {"MITID_ACR_VALUES": "urn:mitid"}).mitid
    assert asked is not None and asked.acr_values == "urn:mitid"
    assert (asked.level_claim, asked.subject_claim, asked.scope) == ("loa", "mitid.uuid", "openid mitid")
