"""The chrome: a spliced page equals a fully rendered one, and a record's page wears the same chrome as a prose page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from building import AS_OF, make_root
from markupsafe import Markup
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from planning import PROSE
from site_pages import kind_of

from chamberbook import messages, pages
from chamberbook.options import read_settings
from chamberbook.pages.model import Page
from chamberbook.plugin import ChamberbookPlugin
from chamberbook.shell import Shell

HOSTILE = (
    'A & B <c> "d" chamberbook',
    "chamberbookmarktitle chamberbookmarkbody",
    "{{ page.title }} {% raw %}",
    "&amp; &lt;b&gt; &#39;",
    "</title><script>1</script>",
    "𠮷野家 \u202e אב",
)


class Built:
    """A small site that MkDocs has built, with the shell as the plugin uses it."""

    def __init__(self, root: Path, site: Path, base_url: str) -> None:
        self.site = site
        self.config: MkDocsConfig = load_config(
            str(root / "mkdocs.yml"), site_dir=str(site), strict=True, site_url=base_url
        )
        plugin = self.config.plugins["chamberbook"]
        assert isinstance(plugin, ChamberbookPlugin)
        plugin.config.update({"as_of": AS_OF, "search": False, "jobs": 1})
        self.config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build.build(self.config)
        self.plugin = plugin

    def shell(self) -> Shell:
        """A shell that has wrapped nothing yet."""
        return self.plugin.shell()

    def plan(self) -> list[Page]:
        directory = self.plugin.directory
        assert directory is not None
        assert directory.as_of == date.fromisoformat(AS_OF)
        return list(
            pages.plan(directory, read_settings(self.config, self.plugin.config), messages.translate("zh"))
        )


@pytest.fixture(scope="module", params=["", "https://example.org/dir/"], ids=["no base URL", "base URL"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("shell")
    return Built(make_root(folder / "root"), folder / "site", request.param)


BODY = Markup('<h1 id="t">题</h1>\n<p>chamberbookmarktitle &amp; <a href="../">x</a></p>\n')


def test_every_spliced_page_equals_the_fully_rendered_one(small: Built) -> None:
    shell = small.shell()
    plan = small.plan()
    assert len({kind_of(page.url) for page in plan}) > 15
    for page in plan:
        assert shell.wrap(page, BODY) == shell.render(page, BODY), page.url
        assert shell.wrap(page, BODY, '{"a":"chamberbookmarkbody"}') == shell.render(
            page, BODY, '{"a":"chamberbookmarkbody"}'
        )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_is_spliced_as_it_is_rendered(small: Built, text: str) -> None:
    shell = small.shell()
    by_kind = {(page.url.count("/"), kind_of(page.url)): page for page in small.plan()}
    for page in by_kind.values():
        hostile = replace(page, title=text, description=text)
        spliced = shell.wrap(hostile, BODY)
        assert spliced == shell.render(hostile, BODY), page.url
        assert "<c>" not in spliced
        assert spliced.count("<script>1</script>") == 0


def test_the_first_page_of_a_kind_leaves_no_trace_in_the_next(small: Built) -> None:
    first, second = [page for page in small.plan() if kind_of(page.url) == "chamber"][:2]
    warm, cold = small.shell(), small.shell()
    warm.wrap(replace(first, title="甲", description="甲"), Markup("甲"))
    assert warm.wrap(second, BODY) == cold.wrap(second, BODY)


def test_a_page_without_a_description_has_the_site_s(small: Built) -> None:
    page = replace(small.plan()[0], description="")
    shell = small.shell()
    assert shell.wrap(page, BODY) == shell.render(page, BODY)
    assert 'name="description"' in shell.wrap(page, BODY)


def test_later_pages_of_a_list_name_their_neighbours(small: Built) -> None:
    shell = small.shell()
    pages = {page.url: page for page in small.plan()}
    pager = pages["chambers/"].data["pager"]
    second = replace(pages["chambers/"], data={"pager": replace(pager, previous="", next="chambers/page/3/")})
    html = shell.wrap(second, BODY)
    assert '<link rel="prev" href="../">' in html
    assert '<link rel="next" href="../chambers/page/3/">' in html
    assert 'rel="prev"' not in shell.wrap(pages["chambers/"], BODY)


def test_a_page_tells_engines_and_chats_what_to_show(small: Built) -> None:
    base = small.config.site_url
    for url in ("index.html", "chambers/yixing-taoci/index.html", "about/index.html"):
        html = (small.site / url).read_text("utf-8")
        address = (base or "") + url.removesuffix("index.html")
        for name in ("applicable-device", "MobileOptimized", "format-detection", "renderer"):
            assert html.count(f'<meta name="{name}"') == 1, url
        assert ("og:title" in html) == ("og:image" in html) == ("twitter:card" in html) == bool(base), url
        if base:
            assert f'<meta property="og:url" content="{address}">' in html
            assert f'<meta property="og:image" itemprop="image" content="{base}assets/card.png">' in html
            assert re.search('<meta property="og:title" itemprop="name" content="[^"]+">', html)
            assert re.search('<meta property="og:description" itemprop="description" content="[^"]+">', html)
    assert "og:" not in (small.site / "404.html").read_text("utf-8")


def chrome(html: str) -> str:
    """A document without what differs between a record's page and a prose page by design: head values and contents."""
    html = re.sub(
        r"<title>.*?</title>|<script type=.application/ld\+json.>.*?</script>", "", html, flags=re.DOTALL
    )
    html = re.sub(r'<meta property="og:[^>]*>', "", html)
    html = re.sub(r'<meta name="(?:description|robots)"[^>]*>|<link rel="canonical"[^>]*>', "", html)
    html = re.sub(r'<div class="md-container".*?(?=<footer)', "", html, flags=re.DOTALL)
    # Prose has a table of contents.
    html = re.sub(r'<script type="module" src="[^"]*assets/prose.js"></script>', "", html)
    # Only a page that shows awards, and prose, which is made anew each time, name the day.
    html = re.sub(r"等级状态以<time.*?</time>计。", "", html)
    html = re.sub(r'<script data-base="[^"]*">', "<script>", html)
    html = re.sub(r'((?:href|src)=")(?:\.\./)*(?:\./)?', r"\1", html)
    html = re.sub(r' aria-current="true"| md-tabs__item--active', "", html)
    html = re.sub(r'<a href="#[^"]*" class="md-skip">', '<a class="md-skip">', html)
    return re.sub(r"\s+", " ", html).replace("><", ">\n<")


def test_no_page_loads_the_theme_s_script(small: Built) -> None:
    pages = {path: path.read_text("utf-8") for path in small.site.rglob("*.html")}
    assert len(pages) > len(PROSE)
    assert [path for path, text in pages.items() if "/bundle." in text] == []
    assert [path for path, text in pages.items() if "assets/chrome.js" not in text] == []


def test_the_chrome_of_a_record_equals_that_of_prose(small: Built) -> None:
    record = next(page for page in small.plan() if kind_of(page.url) == "chamber")
    ours = (small.site / record.file).read_text("utf-8")
    prose = (small.site / "about/index.html").read_text("utf-8")
    assert chrome(ours) == chrome(prose)
    for name in ("md-header", "md-tabs", "foot__cols", "md-skip"):
        assert name in ours
