"""The page: whole, self-contained, inert whatever the text says, and usable by everybody."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.render.diagram import Edge, Graph, Lane, Node, svg
from mlsd.render.html import POLICY, html

TEXT = """# Related items

A. Author · 2026-11-09

## Contents

- [Goal](#goal)
- [Данные](#данные)

## Goal

Ten *items*, **fast**; see [Данные](#данные) and [more](https://example.org/?a=1&b=2).

> [!WARNING]
> Nobody owns it.

| metric | today |
|---|---:|
| `cart_users` | 5 % |

## Данные

```mermaid
flowchart LR
```

1. a
2. b
   - [ ] c

```yaml
a: <b>
```
"""

TAGS = {
    "html", "head", "meta", "title", "link", "style", "body", "header", "nav", "main", "h1", "h2", "h3", "h4",
    "h5", "h6", "p", "a", "ol", "ul", "li", "strong", "em", "s", "code", "pre", "br", "hr",
    "wbr", "blockquote", "div", "span", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "figure",
    "figcaption", "svg", "desc", "rect", "path", "text", "g",
}  # fmt: skip

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    '[x](https://a"onmouseover=alert(1)//)',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/x.png)",
    '![x](x"onerror=alert(1))',
    "<style>@import 'https://evil.example'</style>",
    "<iframe srcdoc='<script>x</script>'>",
    "<!--><script>x</script>-->",
    "</main></style></title><script>x</script>",
    "`</code><script>x</script>`",
    "```\n</code></pre><script>x</script>\n```",
    '```"onload=x\nx\n```',
    '# "><script>x</script>',
    "| <b>x</b> | [y](javascript:x) |\n|---|---|\n| <img src=x> | x |",
    "> [!NOTE]<script>x</script>",
    "&lt;script&gt;x&lt;/script&gt; &#x3c;img&#x3e;",
]


class Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def harmless(text: str) -> Page:
    page = Page(text)
    assert {tag for tag, _ in page.tags} <= TAGS
    for tag, attributes in page.tags:
        assert not {"src", "srcdoc", "style", "action"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
        if "href" in attributes:
            assert re.match(r"(https?://|mailto:|#|data:,$)", attributes["href"]), (tag, attributes)
    assert len(page.all("style")) == len(page.all("title")) - len(page.all("svg")) == 1
    return page


def picture() -> str:
    nodes = (Node("a", "a", "model", "l"), Node("b", "b", "store", "l"))
    return svg(Graph("The <service>", (Lane("l", "Online"),), nodes, (Edge("a", "b", "x"),), "a hands x to b."))


def test_the_body_of_a_small_page() -> None:
    page = html(TEXT, title="Related items", language="en", diagrams=[picture()])
    body = page[page.index("<main") :].replace(picture(), "SVG")
    assert (
        body
        == """<main id="text" tabindex="-1">
<h2 id="goal"><a class="anchor" href="#goal">Goal</a></h2>
<p>Ten <em>items</em>, <strong>fast</strong>; see <a href="#данные">Данные</a> and \
<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">more</a>.</p>
<div class="callout warning" role="note"><p class="kind">Warning</p><p>Nobody owns it.</p></div>
<div class="scroll table" role="region" aria-label="Table 1: Goal" tabindex="0"><table><thead><tr>\
<th scope="col">metric</th><th scope="col" class="right">today</th></tr></thead><tbody><tr>\
<td><code>cart_users</code></td><td class="right">5\u00a0%</td></tr></tbody></table></div>
<h2 id="данные"><a class="anchor" href="#данные">Данные</a></h2>
<figure><div class="scroll picture" role="region" aria-label="Figure 1: Данные" tabindex="0">SVG</div>\
<figcaption>The &lt;service&gt;</figcaption></figure>
<ol><li>a</li><li>b
<ul><li class="check"><span role="img" aria-label="open">☐</span> c</li></ul></li></ol>
<div class="scroll code" role="region" aria-label="Code 1: Данные" tabindex="0"><pre><code>a: &lt;b&gt;
</code></pre></div>
</main>
</body>
</html>""".replace("&gt;\n</code>", "&gt;</code>")
    )


def test_the_frame_of_the_page() -> None:
    page = harmless(html(TEXT, title="Related items", language="ru", authors=["А. Автор"], diagrams=[picture()]))
    assert page.all("html") == [{"lang": "ru"}]
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in page.all("meta")
    assert POLICY.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert [item["href"] for item in page.all("a")][:3] == ["#text", "#goal", "#данные"]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("nav")) == len(page.all("header")) == 1


def test_it_is_the_same_page_every_time() -> None:
    assert html(TEXT, title="T") == html(TEXT, title="T")


def test_ids_are_one_of_a_kind_and_every_region_has_a_name_of_its_own() -> None:
    page = Page(html(TEXT + TEXT, title="T"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    names = [attributes["aria-label"] for _, attributes in page.tags if attributes.get("role") == "region"]
    assert len(ids) == len(set(ids)) > 5
    assert len(names) == len(set(names)) == 6


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_is_only_text(attack: str) -> None:
    for text in (attack, f"# {attack}", f"## x\n\n- {attack}", f"| {attack} |\n|---|\n| {attack} |"):
        harmless(html(text, title=attack, authors=[attack], description=attack, language="en"))


@given(st.text(alphabet="<>\"'&=/ab()[]!#`*|-\n:;%", max_size=120))
def test_any_text_is_only_text(text: str) -> None:
    harmless(html(text, title=text))


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
def test_a_browser_has_nothing_to_complain_of(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(html(TEXT + "\n".join(ATTACKS), title="T", diagrams=[picture()]), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    options += ["--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--dump-dom"]
    command = ["chromium", *options, f"--user-data-dir={tmp_path}/profile", file.as_uri()]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "CONSOLE" not in said.stderr
    harmless(said.stdout)
