"""create_app: the only place where things are wired."""

from __future__ import annotations

import importlib
import os
import pkgutil
import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from database import encryption
from database.encryption import Keyring
from database.engine import Database
from i18n.pseudo import MAKERS, with_pseudo
from i18n.texts import shipped_catalogs
from portal import gateways, worker
from portal.cli import commands
from portal.config import Settings
from portal.domain.form_texts import with_languages
from portal.runtime import Portal
from portal.services.definitions import speak_more
from portal.services.specimen import town
from portal.services.specimen.stage import Stage
from portal.store.overlays import Overlays
from portal.web import (
    again,
    assets,
    calls,
    errors,
    explained,
    guards,
    headers,
    health,
    language,
    limits,
    live,
    marked,
    metrics,
    mitid,
    phones,
    request_log,
    signatures,
    specimen,
    uploads,
)
from portal.web import thread as thread_pages
from portal.web.citizen import of_the_town
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.grants import find_grant_holder, find_late_writer
from portal.web.citizen.sessions import find_citizen
from portal.web.incoming import Request
from portal.web.numbers import RowNumber
from portal.web.respond import PACKED_AT
from portal.web.staff.blueprint import staff
from portal.web.staff.sessions import find_staff

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
log = structlog.get_logger("app")


class Application(Flask):
    """Flask's own line for a fault names the path, and a path may hold a token. Views are plain functions."""

    request_class = Request

    def ensure_sync(self, func: Any) -> Any:
        """No view is asynchronous, and to ask each of them costs as much as a look-up in the database."""
        return func

    def log_exception(self, exc_info: Any) -> None:  # noqa: ARG002
        log.error("fault outside the error page", exc_info=True)


def create_app(settings: Settings | None = None, env: Mapping[str, str] = os.environ) -> Flask:
    """``settings`` for tests; otherwise read from ``env`` (SettingError names what is wrong)."""
    settings = settings or Settings.from_env(env)
    encryption.use(Keyring(settings.encryption_keys, settings.index_secret))
    app = Application("portal", root_path=str(ROOT), static_folder=None)
    app.config.update(_flask_config(settings))
    app.url_map.converters["int"] = RowNumber
    portal = build_portal(settings)
    app.extensions["taletid"] = portal
    mitid.install(app, settings, portal)
    _install_web(app, settings)
    limits.install(app, portal)
    commands.install(app, portal)
    specimen.install(app, _specimens(app, portal))
    return app


def _specimens(app: Flask, portal: Portal) -> specimen.Wiring:
    return specimen.Wiring(
        make_stage=lambda: Stage(portal.settings, portal.catalogs, specimen.forget),
        make_app=partial(_town_app, app),
        build_town=town.build,
        session_of=of_the_town.session_of,
    )


def _town_app(real: Flask, stage: Stage) -> Flask:
    """The citizens' pages over the sample town, with the real application's compiled templates."""
    app = Application("portal", root_path=str(ROOT), static_folder=None)
    app.config.update(_flask_config(stage.portal.settings))
    app.config.update(SECRET_KEY=secrets.token_hex(), WTF_CSRF_CHECK_DEFAULT=False)
    app.jinja_env = real.jinja_env  # in the place of one that would be made now
    app.url_map.converters["int"] = RowNumber
    app.extensions["taletid"], app.extensions["mitid"] = stage.portal, specimen.NoBroker()
    signatures.install(app)
    language.install(app)
    errors.install(app, specimen.find_caseworker)
    guards.install(app, (of_the_town.find_link_holder, find_citizen, specimen.find_caseworker))
    live.install(app)
    app.register_blueprint(citizen)
    app.register_blueprint(staff)
    specimen.install_in_town(app, stage)
    of_the_town.install(app)
    return app


def build_portal(settings: Settings) -> Portal:
    database = Database(settings.database_url)
    catalogs = shipped_catalogs()
    if settings.pseudo_languages:
        catalogs = with_pseudo(catalogs)
        speak_more(database.engine, partial(with_languages, makers=MAKERS))
    portal = Portal(
        settings=settings,
        database=database,
        catalogs=catalogs,
        gateway=gateways.build(settings, database),
        overlays=Overlays(database, catalogs),
    )
    worker.attach(portal)
    return portal


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "taletid",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 6 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,  # the session's own end is the limit: a slow reader loses nothing
        "COMPRESS_MIN_SIZE": 200,
        "COMPRESS_BR_LEVEL": PACKED_AT,
        "COMPRESS_ALGORITHM": ["br", "gzip"],  # on short pages zstd is larger
    }


def _install_web(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    request_log.install(app)
    metrics.install(app)
    headers.install(app, https=settings.secure_cookies)
    Compress(app)
    uploads.install(app)  # before anything reads the form
    csrf = signatures.install(app)
    language.install(app)
    explained.install(app)
    phones.install(app)
    marked.install(app)
    errors.install(app, find_staff)
    again.install(app)
    guards.install(
        app, (find_grant_holder, find_citizen, find_late_writer, find_staff)
    )  # the cheapest to ask first
    again.install_behind_guards(app)
    health.install(app)
    calls.install(app)
    thread_pages.install(app)
    live.install(app)
    assets.install(app, ROOT)
    _load_pages()
    app.register_blueprint(citizen)
    app.register_blueprint(staff)
    if settings.has_simulator:
        from portal.web.simulator import simulator  # noqa: PLC0415

        app.register_blueprint(simulator)
    for provider in settings.providers:
        webhooks = importlib.import_module(f"portal.web.webhooks.{provider}").blueprint
        csrf.exempt(webhooks)
        app.register_blueprint(webhooks)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _load_pages() -> None:
    """Views stand on a blueprint once their module is loaded; a new page is a new file, and nothing else."""
    for audience in ("portal.web.citizen", "portal.web.staff"):
        package = importlib.import_module(audience)
        for page in pkgutil.iter_modules(package.__path__, f"{audience}."):
            importlib.import_module(page.name)
