"""Every page of a citizen as a picture: make citizen-pictures

One sheet a page in docs/pictures/citizen: Danish, Arabic and Tigrinya, light and dark, above with scripts and below
without, as a phone of 360 pixels shows it first. The pages are those that the links lead to, so a new page is
there by itself.
"""

from __future__ import annotations

import io
import re
import shutil
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from portal.app import ROOT
from portal.content import demo_people
from portal.content.demo_meetings import NOTE, OFFICE
from portal.domain.meetings import Way
from portal.services import links
from portal.services.invitations import Invited, send_questionnaire
from portal.store import questionnaires
from portal.store.answering import Response
from portal.store.meetings import Meeting
from portal.store.people import Citizen
from portal.web import request_log
from scripts.pictures import ARGUMENTS, FOLDER, PATIENCE_MS, PHONE, Product, chromium, running_product

SHEETS = FOLDER / "citizen"
LANGUAGES = ("da", "ar", "ti")
THEMES = ("light", "dark")
SCALE = 0.5
GAP = 12  # pixels between two pictures of a sheet
NO_PAGES = re.compile(r"\.(open_file|save_to_calendar|show_logo)$|^simulator\.|^staff\.|^static$")
STRANGERS = ("front", "pin", "letter", "way_back")  # signed in, she would be shown her own pages
PUBLIC = ("/kode", "/kode/brev", "/svar", "/aegte", "/stilguide", "/ikke-en-side")


def addresses(page: Page, product: Product, app: Flask, citizen: Citizen) -> dict[str, str]:
    """The name of each page, and an address of it: by the links from her home, from the public pages, and from the
    SMS that she has just got."""
    found: dict[str, str] = {}
    waiting = deque(["/hjem", *PUBLIC, *forms_of(product, citizen)])
    while waiting:
        address = waiting.popleft()
        name = page_name(app, address)
        if name is None or name in found:
            continue
        found[name] = address
        page.goto(address)
        waiting += page.locator("a[href]").evaluate_all("found => found.map(it => it.getAttribute('href'))")
    return found


def page_name(app: Flask, address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or not parts.path:
        return None
    try:
        endpoint = str(app.url_map.bind("").match(parts.path)[0])
    except HTTPException:
        return "not-found" if parts.path == PUBLIC[-1] else None
    return None if NO_PAGES.search(endpoint) else endpoint.rpartition(".")[2].removeprefix("show_")


def forms_of(product: Product, citizen: Citizen) -> Iterator[str]:
    """Her link, a question, and the receipt of a form that she has sent in; a meeting is set, for its pages."""
    now = product.clock()
    with product.portal.database.write(citizen.municipality_id) as session:
        session.add(
            Meeting(
                citizen_id=citizen.id,
                starts_at=now + timedelta(days=6, minutes=20),
                way=Way.PLACE,
                place=OFFICE,
                note=NOTE,
                made_by=citizen.caseworker_id,
                made_at=now,
            )
        )
        form = questionnaires.by_key(session, "screening_under_30")
        assert form is not None
        sent = send_questionnaire(session, citizen.id, form.id, citizen.caseworker_id, now)
        assert isinstance(sent, Invited)
        yield f"/{links.make_link(session, sent.invitation_id, now)}"
        yield f"/svar/{links.start_invited(session, sent.invitation_id, 'da', now).ref}/1"
        finished = select(Response.ref).where(
            Response.citizen_id == citizen.id,
            Response.respondent == "citizen",
            Response.finished_at.is_not(None),
        )
        yield f"/svar/{session.scalars(finished.limit(1)).one()}/tak"


def phone(browser: Browser, product: Product, language: str, theme: str, *, script: bool) -> BrowserContext:
    context = browser.new_context(
        base_url=product.address,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        color_scheme="dark" if theme == "dark" else "light",
        java_script_enabled=script,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "sprog", "value": language, "url": product.address}])
    return context


def signed_in(context: BrowserContext, citizen: Citizen) -> Page:
    page = context.new_page()
    page.goto("/kode")
    page.fill("[name=code]", citizen.short_code)
    page.fill("[name=pin]", demo_people.PIN)
    page.locator("main form button").first.click()
    page.wait_for_url("**/hjem")
    return page


def take(
    browser: Browser, product: Product, citizen: Citizen, pages: dict[str, str]
) -> dict[str, list[Image.Image]]:
    """For each page its pictures: the rows of the sheet, one after the other."""
    taken: dict[str, list[Image.Image]] = {name: [] for name in pages}
    for script in (True, False):
        for language in LANGUAGES:
            read_in(product, citizen, language)
            for theme in THEMES:
                context = phone(browser, product, language, theme, script=script)
                page = context.new_page()
                for name in (each for each in pages if each in STRANGERS):
                    taken[name].append(shot(page, pages[name]))
                page = signed_in(context, citizen)
                for name in (each for each in pages if each not in STRANGERS):
                    taken[name].append(shot(page, pages[name]))
                context.close()
    return taken


def shot(page: Page, address: str) -> Image.Image:
    page.goto(address)
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    return taken.convert("RGB").resize(size())


def read_in(product: Product, citizen: Citizen, language: str) -> None:
    """Her language of record, which her pages follow."""
    with product.portal.database.write(citizen.municipality_id) as session:
        session.get_one(Citizen, citizen.id).language = language


def size() -> tuple[int, int]:
    return round(PHONE["width"] * SCALE), round(PHONE["height"] * SCALE)


def sheet(shots: list[Image.Image]) -> Image.Image:
    columns = len(LANGUAGES) * len(THEMES)
    width, height = size()
    rows = len(shots) // columns
    whole = Image.new("RGB", (columns * (width + GAP) - GAP, rows * (height + GAP) - GAP), "#8a8478")
    for place, shot in enumerate(shots):
        row, column = divmod(place, columns)
        whole.paste(shot, (column * (width + GAP), row * (height + GAP)))
    return whole


def main() -> None:
    shutil.rmtree(SHEETS, ignore_errors=True)
    SHEETS.mkdir(parents=True)
    request_log.configure(quiet=True)
    with running_product() as product, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        citizen = product.citizen(demo_people.KNOWN[0].first_name)
        context = phone(browser, product, "da", "light", script=True)
        pages = addresses(signed_in(context, citizen), product, product.app, citizen)
        for name, shots in take(browser, product, citizen, pages).items():
            path = SHEETS / f"{name}.webp"
            sheet(shots).save(path, "WEBP", quality=70, method=6)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
