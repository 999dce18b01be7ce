"""Every page of a citizen as a picture: make citizen-pictures

One sheet a page in docs/pictures/citizen, as a phone of 360 pixels shows it first: in Danish, Arabic and Tigrinya from
the top, light with scripts and without, dark with scripts and without from the left. The pages are those that the links
lead to, so a new page is there by itself; and those that something she did leads to, with MitID too.
"""

from __future__ import annotations

import io
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product as product_of

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.app import ROOT
from portal.config import MitIdBroker
from portal.content import demo_people
from portal.store.people import Citizen
from portal.web import request_log
from scripts.citizen_pages import READ_ALOUD, addresses, sign_in, states, states_with_mitid
from scripts.pictures import ARGUMENTS, FOLDER, PATIENCE_MS, PHONE, Product, chromium, running_product
from tests.doubles.mitid_broker import config_for, mitid_broker

SHEETS = FOLDER / "citizen"
LANGUAGES = ("da", "ar", "ti")
THEMES = ("light", "dark")
COLOURS = 96
A_FRAME_MS = 60
"""A page that has just been scrolled is painted by then."""
LINKS = "https://svar.aakoebing.example"
GAP = 12  # pixels between two pictures of a sheet
STRANGERS = ("front", "pin", "letter", "way_back")  # signed in, she would be shown her own pages


@contextmanager
def broker(home: str) -> Iterator[MitIdBroker]:
    with mitid_broker(home) as issuer:
        yield config_for(issuer)


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


def take(
    browser: Browser, product: Product, citizen: Citizen, pages: dict[str, str]
) -> dict[str, list[bytes]]:
    """For each page its pictures: the rows of the sheet, one after the other."""
    taken: dict[str, list[bytes]] = defaultdict(list)

    def without_mitid(page: Page, language: str) -> Iterator[str]:
        yield from each_of(pages, page, citizen)
        yield from states(product, page, citizen, language, pages[READ_ALOUD])

    def with_mitid(page: Page, language: str) -> Iterator[str]:
        yield from states_with_mitid(product, page, citizen, language)

    for walk, language, theme, script in product_of(
        (without_mitid, with_mitid), LANGUAGES, THEMES, (True, False)
    ):
        read_in(product, citizen, language)
        context = phone(browser, product, language, theme, script=script)
        page, seen = context.new_page(), set()
        for name in walk(page, language):
            if name not in seen:
                seen.add(name)
                page.wait_for_load_state()
                page.wait_for_timeout(A_FRAME_MS)
                taken[name].append(page.screenshot(animations="disabled", caret="hide"))
        context.close()
    return taken


def each_of(pages: dict[str, str], page: Page, citizen: Citizen) -> Iterator[str]:
    for name in STRANGERS:
        page.goto(pages[name])
        yield name
    sign_in(page, citizen)
    for name in pages.keys() - set(STRANGERS):
        page.goto(pages[name])
        yield name
    page.context.clear_cookies(name="taletid")


def read_in(product: Product, citizen: Citizen, language: str) -> None:
    """Her language of record, which her pages follow."""
    with product.portal.database.write(citizen.municipality_id) as session:
        session.get_one(Citizen, citizen.id).language = language


def sheet(shots: list[bytes]) -> Image.Image:
    """What is equal lies side by side, and so costs the file little."""
    columns = len(shots) // len(LANGUAGES)
    across, down = PHONE["width"] + GAP, PHONE["height"] + GAP
    whole = Image.new("RGB", (columns * across - GAP, len(LANGUAGES) * down - GAP), "#8a8478")
    for place, shot in enumerate(shots):
        row, column = divmod(place, columns)
        whole.paste(Image.open(io.BytesIO(shot)), (column * across, row * down))
    return whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)


def main() -> None:
    shutil.rmtree(SHEETS, ignore_errors=True)
    SHEETS.mkdir(parents=True)
    request_log.configure(quiet=True)
    with running_product(broker, LINKS) as product, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        citizen = product.citizen(demo_people.KNOWN[0].first_name)
        page = phone(browser, product, "da", "light", script=True).new_page()
        sign_in(page, citizen)
        pages = addresses(page, product, citizen)
        for name, shots in take(browser, product, citizen, pages).items():
            path = SHEETS / f"{name}.webp"
            sheet(shots).convert("RGB").save(path, "WEBP", lossless=True, quality=80, method=5)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
