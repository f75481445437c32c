"""The example's pages as a browser has them: quiet, alone, for every eye, every width and every keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from browser import DESKTOP, PHONE, Tab
from pypdf import PdfReader

from mlsd.cli.printing import Print
from mlsd.content.language import language
from mlsd.content.root import examples
from mlsd.storage import read

pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=browser.missing() or "-")

DAY = 1_793_577_600
"""2026-11-02 in seconds since 1970."""
PAGES = {"en": "design.yaml", "ru": "design.ru.yaml"}
KINDS = [("en", "design"), ("ru", "design"), ("en", "one-pager"), ("ru", "one-pager")]
LOOKS = {
    "desktop": (DESKTOP, "light", "screen"),
    "desktop, dark": (DESKTOP, "dark", "screen"),
    "phone": (PHONE, "light", "screen"),
    "print": (DESKTOP, "light", "print"),
}


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with Tab(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module", params=KINDS, ids="-".join)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    code, document = request.param
    file = tmp_path_factory.mktemp("page") / f"{document}.{code}.html"
    design = read(examples() / "recsys" / PAGES[code])
    file.write_bytes(Print(design, language(code), document, DAY).content("html"))
    return file


def opened(tab: Tab, file: Path) -> Tab:
    tab.complaints.clear()
    tab.requests.clear()
    return tab.open(file)


def test_it_says_nothing_and_asks_for_nothing(tab: Tab, page: Path) -> None:
    opened(tab.like(DESKTOP), page)
    assert tab.complaints == []
    assert tab.requests == [page.as_uri()]


def test_axe_finds_nothing_in_any_look(tab: Tab, page: Path) -> None:
    opened(tab, page)
    found = {}
    for name, (device, scheme, medium) in LOOKS.items():
        found[name] = tab.like(device, scheme=scheme, medium=medium).violations()
    assert found == {name: [] for name in LOOKS}


def test_one_page_is_printed_on_one_page(tab: Tab, page: Path, tmp_path: Path) -> None:
    opened(tab.like(DESKTOP), page).pdf(tmp_path / "page.pdf")
    printed = len(PdfReader(tmp_path / "page.pdf").pages)
    assert printed == 1 if page.name.startswith("one-pager") else printed > 9


def test_it_fits_a_phone(tab: Tab, page: Path) -> None:
    opened(tab.like(PHONE), page)
    wide = "[document.documentElement, document.body].map(e => e.scrollWidth)"
    assert tab.ask(wide) == [390, 390]
    outside = """[...document.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, nav a, .scroll")]
        .filter(e => !e.closest(".scroll .scroll") && (e.closest(".scroll") === null || e.matches(".scroll")))
        .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > 390).map(e => e.outerHTML)"""
    assert tab.ask(outside) == []


def test_no_table_of_a_large_design_scrolls_sideways_on_a_desktop(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "design.html"
    file.write_bytes(
        Print(read(examples() / "fraud-detection" / "design.yaml"), language("en"), "design", DAY).content("html")
    )
    opened(tab.like(DESKTOP), file)
    wider = "[...document.querySelectorAll('.scroll.table')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert tab.ask(wider) == 0


def test_the_tab_key_goes_through_links_and_everything_that_scrolls(tab: Tab, page: Path) -> None:
    opened(tab.like(PHONE), page)
    meant = tab.ask("""(() => {
        window.stops = [...document.querySelectorAll("a[href], [tabindex='0']")].filter(e => e.getClientRects().length);
        return stops.map((_, n) => n);
    })()""")
    reached = []
    for _ in meant:
        tab.press("Tab", 9)
        reached.append(tab.ask("stops.indexOf(document.activeElement)"))
    assert reached == meant
    scrolling = """[...document.querySelectorAll("*")].filter(e => e.scrollWidth > e.clientWidth && e.clientWidth
        && getComputedStyle(e).overflowX === "auto" && e.tabIndex !== 0).map(e => e.outerHTML)"""
    assert tab.ask(scrolling) == []


@pytest.mark.parametrize("page", KINDS[:2], indirect=True, ids="-".join)
def test_arrows_move_a_wide_table_and_its_focus_is_seen(tab: Tab, page: Path) -> None:
    opened(tab.like(PHONE), page)
    wide = "[...document.querySelectorAll('.scroll')].find(e => e.scrollWidth > e.clientWidth + 40)"
    tab.ask(f"(window.wide = {wide}).focus()")
    tab.press("ArrowRight", 39)
    moved = "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(wide.scrollLeft), 300)))"
    assert tab.ask(moved) > 0
    assert tab.ask("getComputedStyle(wide).outlineStyle") == "solid"


def test_the_skip_link_is_first_and_goes_to_the_text(tab: Tab, page: Path) -> None:
    opened(tab.like(DESKTOP), page)
    tab.press("Tab", 9)
    assert tab.ask("document.activeElement.className") == "skip"
    tab.press("Enter", 13)
    assert tab.ask("location.hash") == "#text"


def test_a_bad_page_is_found_out(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text(
        "<!DOCTYPE html><script>console.log('hello')</script><img src=x.png><p style='width:900px'>wide</p>",
        encoding="utf-8",
    )
    opened(tab.like(PHONE), file)
    assert any("hello" in said for said in tab.complaints)
    assert [url.rsplit("/", 1)[1] for url in tab.requests] == ["bad.html", "x.png"]
    assert {text.split(":")[0] for text in tab.violations()} >= {"image-alt", "document-title", "html-has-lang"}
    assert tab.ask("document.documentElement.scrollWidth") > 390
