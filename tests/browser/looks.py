"""What is looked for on a page: by axe, at any width and size, in forced colours, and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAN = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}, "elementRef": False}
"""What nobody reads costs nothing. Of what axe can fetch beforehand, these rules need sounds alone."""
RUN_AXE = """async options => (await axe.run(document, options)).violations.map(
  each => [each.id, each.nodes.map(node => node.html)])"""
NARROW = {"width": 320, "height": 560}
PHONE = {"width": 360, "height": 740}
BUTTONS_OF_A_PLAYER = 6
Look = Callable[[Page], None]

CUT = """() => {
  const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
  const hides = element => ["hidden", "clip"].includes(getComputedStyle(element).overflowX)
  const inScroller = element => { while (element = element.parentElement) if (scrolls(element)) return true }
  const width = document.documentElement.clientWidth
  const wide = document.documentElement.scrollWidth > width ? ["the page"] : []
  return wide.concat([...document.body.querySelectorAll("*")].filter(element => {
    if (!element.checkVisibility() || element.closest(".skip, .sr-only, svg") || inScroller(element)) return false
    const place = element.getBoundingClientRect()
    const isCut = !element.matches("input") && hides(element) && element.scrollWidth > element.clientWidth + 1
    const holds = element.matches("button, .button, label, legend, summary, th, dt, h1, h2, h3")
    const isFull = holds && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
    return place.left < -1 || place.right > width + 1 || isCut || isFull
  }).map(element => element.outerHTML.slice(0, 120)))
}"""
"""A field that one writes in scrolls what it holds: that is not cut."""
TWICE = """() => {
  const root = document.documentElement
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`
}"""
"""As a browser does whose letters are twice the size: a page that counts in shares of it goes along."""
UNMARKED = """() => {
  const theirs = `bdi, textarea, select, code, script, style, [dir=auto], [dir=ltr], .words, [lang]:not([lang^="da-X"])`
  const plain = text => /[A-Za-z]{2,}|\\+\\d|\\d{2,4}(?:[ -]\\d{2,4}){2,}/.test(text || "")
  const found = []
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (nodes.nextNode()) {
    const element = nodes.currentNode.parentElement
    if (plain(nodes.currentNode.data) && !element.closest(theirs) && element.checkVisibility())
      found.push(element.outerHTML.slice(0, 160))
  }
  for (const element of document.body.querySelectorAll("[aria-label], [placeholder], [alt], [title]"))
    for (const name of ["aria-label", "placeholder", "alt", "title"])
      if (plain(element.getAttribute(name)) && !element.closest(theirs))
        found.push(`${name}: ${element.outerHTML.slice(0, 160)}`)
  return found
}"""
IN_LANGUAGES = (
    f"async ({{address, codes}}) => {{ const cut = {CUT}\nconst unmarked = {UNMARKED}"
    """
  const found = []
  const style = link => new Promise(done => {
    const copy = document.createElement("link")
    Object.assign(copy, {rel: "stylesheet", href: link.getAttribute("href"), onload: done, onerror: done})
    document.head.append(copy)
  })
  const has = link => document.head.querySelector(`link[href="${link.getAttribute("href")}"]`)
  for (const code of codes) {
    const url = new URL(address)
    url.searchParams.set("sprog", code)
    const html = await (await fetch(url)).text()
    const made = new DOMParser().parseFromString(html, "text/html")
    await Promise.all([...made.querySelectorAll("link[rel=stylesheet]")].filter(link => !has(link)).map(style))
    const root = made.documentElement
    if (root.lang !== code) found.push([code, [`is in ${root.lang}`]])
    Object.assign(document.documentElement, {lang: root.lang, dir: root.dir, className: root.className})
    document.body.replaceWith(made.body)
    document.querySelectorAll("details").forEach(each => each.open = true)
    const wide = cut()
    if (wide.length) found.push([code, wide])
    const bare = code === "da-XA" ? unmarked() : []
    if (bare.length) found.push([code, ["without marks", ...bare]])
  }
  return found
}"""
)
MOVES = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element)
  return style.animationName !== "none" || style.scrollBehavior === "smooth"
    || style.transitionDuration.split(", ").some(seconds => parseFloat(seconds) > 0)
}).map(element => element.outerHTML.slice(0, 120))"""
WITHOUT_AN_EDGE = """() => [...document.querySelectorAll("button, .button, .choice, input, textarea, select, progress")]
  .filter(element => element.checkVisibility() && !/^(radio|checkbox|file|hidden)$/.test(element.type))
  .filter(element => !element.closest("[aria-hidden=true]"))  // the button that Enter presses is seen by nobody
  .filter(element => {
    const style = getComputedStyle(element)
    const isLink = style.textDecorationLine === "underline"
    return !isLink && (style.borderStyle === "none" || parseFloat(style.borderWidth) === 0)
  }).map(element => element.outerHTML.slice(0, 120))"""
STOPS = """() => {
  const shows = element => element.checkVisibility({visibilityProperty: true})
  const can = element => shows(element) && !element.disabled && element.tabIndex >= 0
  const kinds = "a[href], button, input, textarea, select, summary, audio[controls], [tabindex]"
  const all = [...document.querySelectorAll(kinds)].filter(can)
  window.stops = new Map()
  for (const element of all) {
    const group = element.type === "radio" ? [...document.forms].indexOf(element.form) + element.name : element
    const known = [...window.stops].find(([, of]) => of === group)
    window.stops.set(element, known ? known[1] : group)
  }
  return [new Set(window.stops.values()).size, document.querySelectorAll("audio[controls]").length]
}"""
WATCH = """() => {
  window.reached = []
  const shows = element => {
    const style = getComputedStyle(element)
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
  }
  addEventListener("keyup", () => {
    const at = document.activeElement
    if (!window.stops.has(at)) return
    const place = at.getBoundingClientRect()
    window.reached.push({
      number: [...new Set(window.stops.values())].indexOf(window.stops.get(at)),
      html: at.outerHTML.slice(0, 120),
      seen: (shows(at) || shows(at.closest("label") || at)) && place.width > 0 && place.height > 0
        && place.bottom > 0 && place.top < innerHeight,
    })
  })
}"""
FRAME = """() => {
  document.querySelectorAll("details").forEach(each => each.open = true)
  const kept = /^(aria-|class$|dir$|disabled$|for$|id$|lang$|name$|role$|tabindex$|type$)/
  const of = element => [element.localName, ...[...element.attributes].map(
    ({name, value}) => kept.test(name) ? `${name}=${value}` : name), element.innerText ? "words" : ""].join(" ")
  return [...document.querySelectorAll("*")].map(of).join("\\n")
}"""
"""Opens what is folded; all of the page but its words and addresses."""


class Looks:
    """Looks at one page after the other; what is wrong with any of them is told at the end.

    A page that differs in nothing but words from one before it is looked at by ``each`` alone: for its width.
    """

    def __init__(self, each: Look | None = None, new: Look | None = None) -> None:
        self.faults: list[str] = []
        self._each, self._new = each or check_narrow, new or check_frame
        self._frames: set[str] = set()

    def at(self, page: Page, name: str) -> None:
        page.wait_for_load_state()
        frame = page.evaluate(FRAME)
        try:
            self._each(page)
            if frame not in self._frames:
                self._new(page)
        except AssertionError as error:
            self.faults.append(f"{name}: {error}")
        self._frames.add(frame)


def check_frame(page: Page) -> None:
    """Keys, colours in the dark and motion are the same in every language: they are looked at in one."""
    check_accessibility(page)
    if page.locator("html").get_attribute("lang") == "da":
        check_keyboard(page)
        check_dark(page)
        check_settings_of_the_phone(page)


def check_accessibility(page: Page) -> None:
    """axe with WCAG 2.2 AA and its best practices: no violation."""
    page.wait_for_load_state()
    _none("axe", _axe(page, {"type": "tag", "values": TAGS}))


def check_dark(page: Page) -> None:
    """The dark colours are read as well as the light ones."""
    page.emulate_media(color_scheme="dark")
    _none("too little contrast in the dark", _axe(page, {"type": "rule", "values": ["color-contrast"]}))
    page.emulate_media(color_scheme="light")


def bring_axe(page: Page) -> None:
    """For a page that looks at many: each brings axe along as it loads, which costs half of fetching it there."""
    page.add_init_script(path=AXE)


def _axe(page: Page, rules: dict[str, object]) -> list[object]:
    """Each broken rule, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[object] = page.evaluate(RUN_AXE, {**LEAN, "runOnly": rules})
    return found


def check_narrow(page: Page) -> None:
    """On 320 pixels, and there with twice the size of letters: nothing is cut, and no page scrolls sideways."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    _none("wider than the page, or cut", page.evaluate(CUT))
    page.evaluate(TWICE)
    found = page.evaluate(CUT)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    _none("wider or cut with letters of twice the size", found)


def check_languages(page: Page, beside: Page, codes: list[str]) -> None:
    """The page on 320 pixels in each of the languages, in another tab: nothing is cut in any. In the one that marks
    every letter of a text, what has no mark is written in the code. The last language stays the tab's own."""
    _none("too wide, or in the code", beside.evaluate(IN_LANGUAGES, {"address": page.url, "codes": codes}))


def check_settings_of_the_phone(page: Page) -> None:
    """In forced colours what can be pressed or filled in keeps its edge; who wants no motion (as the phone of these
    tests does) gets none."""
    page.emulate_media(forced_colors="active")
    _none("no edge in forced colours", page.evaluate(WITHOUT_AN_EDGE))
    _none("moves", page.evaluate(MOVES))
    page.emulate_media(forced_colors="none")


def check_keyboard(page: Page) -> None:
    """Tab reaches every link and control (a group of choices once), shows where it is, and is held nowhere. The
    browser's own player has buttons of its own inside."""
    count, players = page.evaluate(STOPS)
    page.evaluate(WATCH)
    for _ in range(count + 2 + players * BUTTONS_OF_A_PLAYER):
        page.keyboard.press("Tab")
    reached = page.evaluate("() => window.reached")
    _none("nobody sees that this has the focus", [at["html"] for at in reached if not at["seen"]])
    missed = sorted(set(range(count)) - {at["number"] for at in reached})
    names = "number => [...new Set(stops.values())][number]?.outerHTML?.slice(0, 120)"
    _none("Tab does not reach", [page.evaluate(names, number) for number in missed])


def _none(what: str, found: list[object]) -> None:
    assert not found, f"{what}: {found}"
