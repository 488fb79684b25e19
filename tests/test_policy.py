"""One policy for every page, computed from what the pages hold; what would break it stops the build."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest
from building import AS_OF, ROOT, run_build

from chamberbook.policy import MARK, Policy, breaches, inline_scripts, policy_of
from chamberbook.settings import Settings, Site

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_in(page: str) -> str:
    """The policy of a finished page, which comes before everything that it is about."""
    head, found, _ = page.partition('<meta http-equiv="Content-Security-Policy"')
    assert found, page[:300]
    assert not re.search(r"<(script|link|style|img|body)\b", head)
    match = META.search(page)
    assert match
    return html.unescape(match[1])


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split("; "))}


@pytest.fixture(scope="module", params=["real_site", "demo_site", "hostile_site"])
def site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_every_page_has_the_one_policy_and_runs_under_it(site: Path) -> None:
    policies = set()
    for path in sorted(site.rglob("*.html")):
        text = path.read_text("utf-8")
        policies.add(policy := policy_in(text))
        allowed = directives(policy)["script-src"]
        assert [one for one in inline_scripts(text) if hashed(one) not in allowed] == [], path
        assert MARK not in text, path
    assert len(policies) == 1


def test_the_policy_allows_no_inline_script_and_no_code_from_text(site: Path) -> None:
    allowed = directives(policy_in((site / "index.html").read_text("utf-8")))
    assert allowed["default-src"] == ["'none'"]
    scripts = allowed["script-src"]
    assert {source for source in scripts if not source.startswith("'sha256-")} == {
        "'self'",
        "'wasm-unsafe-eval'",
    }
    assert all(source in ("'self'", "data:") or source.startswith("'sha256-") for name in allowed if name.endswith("-src")
               for source in allowed[name] if name not in ("default-src", "script-src"))  # fmt: skip
    assert allowed["base-uri"] == ["'none'"]
    assert allowed["form-action"] == ["'self'"]


def test_nothing_of_a_finished_site_is_loaded_from_elsewhere_or_keeps_a_cookie(site: Path) -> None:
    base = "https://example.org/mulu/"
    files = [path for path in sorted(site.rglob("*.*")) if path.suffix in (".css", ".js", ".svg")]
    # The build has looked at what all pages are made of; of the pages themselves each seventh is looked at here.
    for path in files + sorted(site.rglob("*.html"))[::7]:
        assert breaches(path.name, path.read_text("utf-8"), base) == [], path


def test_the_search_of_other_sites_may_read_from_them_and_nothing_else() -> None:
    sites = (Site("苏州", "https://suzhou.example.org/a/"), Site("同一台", "../wuxi/"))
    allowed = directives(policy_of([], Settings(sites=sites)).meta)
    assert allowed["connect-src"] == ["'self'", "https://suzhou.example.org"]
    assert "https://suzhou.example.org" not in allowed["script-src"]


def test_what_is_inline_in_the_prose_of_the_operators_is_allowed_by_its_hash() -> None:
    page = '<script>a()</script><script src="x.js"></script><script type="application/json">{}</script><style>p{}</style><p style="color:red">'
    policy = policy_of([page], Settings())
    assert policy.scripts == (hashed("a()"),)
    assert policy.styles == (hashed("p{}"),)
    assert directives(policy.meta)["style-src-attr"] == ["'unsafe-hashes'", hashed("color:red")]
    assert policy.refuses(page) == []
    assert Policy().refuses(page) == ["a()", "p{}"]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "<script src=//cdn.example/x.js></script>",
        '<link rel="stylesheet" href="https://fonts.example/x.css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img src="https://count.example/1.gif">',
        '<img srcset="a.png 1x, https://count.example/2.png 2x">',
        '<iframe src="\\\\video.example/x"></iframe>',
        '<video poster="https://video.example/x.jpg"></video>',
        '<object data="https://video.example/x"></object>',
        '<svg><use href="https://icons.example/x.svg#a"/></svg>',
        '<svg><image xlink:href="https://icons.example/x.png"/></svg>',
        '<form action="https://collect.example/"></form>',
        '<a href="x" ping="https://count.example/">x</a>',
        '<p style="background:url(https://count.example/x.png)">',
        "<style>@import 'https://fonts.example/x.css';</style>",
        '<meta http-equiv="Set-Cookie" content="a=b">',
        "<script>document.cookie = 'a=b'</script>",
        "<script>var s=document.createElement('script');s.src='https://count.example/x.js'</script>",
        '<p onclick="x()">',
    ],
)
def test_what_a_page_would_load_from_elsewhere_is_found(text: str) -> None:
    assert len(breaches("a.html", text, "https://example.org/")) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://example.com/">x</a>',
        '<link rel="canonical" href="https://example.com/x/"><link rel="alternate license" href="https://example.com/">',
        '<img src="../a.png" srcset="a.png 1x, b.png 2x"><img src="data:image/png;base64,AA==">',
        '<img src="https://example.org/card.png">',
        '<meta property="og:image" content="https://cdn.example/x.png">',
        "<pre>&lt;script src=https://cdn.example/x.js&gt;</pre>",
        '<script type="application/ld+json">{"url":"https://example.com/"}</script>',
        "<style>p{background:url(a.png)}</style>",
    ],
)
def test_links_and_files_of_the_site_itself_are_no_breach(text: str) -> None:
    assert breaches("a.html", text, "https://example.org/") == []


#: A file, what is written into it, and what the build says of it.
INTRUDERS = (
    (
        "content/about/index.md",
        '\n<img src="https://count.example/1.gif">\n',
        "content/about/index.md：会从别的网站载入 https://count.example/1.gif",
    ),
    (
        "content/about/levels.md",
        '\n<p onclick="x()">甲</p>\n',
        "content/about/levels.md：onclick=x() 不会运行",
    ),
    (
        "content/extra.css",
        "@import url(https://fonts.example/x.css);",
        "extra.css：会从别的网站载入 https://fonts.example/x.css",
    ),
    ("content/extra.js", "document.cookie = 'seen=1'", "extra.js：这里写 cookie"),
    (
        "templates/pages/home.html",
        '<script src="https://cdn.example/x.js"></script>',
        "templates/pages/home.html：会从别的网站载入 https://cdn.example/x.js",
    ),
    (
        "templates/theme/partials/footer.html",
        '<img src="//count.example/2.gif">',
        "templates/theme/partials/footer.html：会从别的网站载入 //count.example/2.gif",
    ),
    (
        "mkdocs.yml",
        "\nextra: {analytics: {provider: google, property: G-1}}\n",
        "会从别的网站载入 https://www.googletagmanager.com/",
    ),
)


def test_a_build_that_would_load_from_elsewhere_fails_and_says_what(small_root: Path, tmp_path: Path) -> None:
    for path, text, _ in INTRUDERS:
        file = small_root / path
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")
    out = tmp_path / "site"
    done = run_build("--root", small_root, "--out", out, "--as-of", AS_OF, "--no-search")
    assert done.returncode == 2, done.stderr
    assert [said for _, _, said in INTRUDERS if said not in done.stderr] == [], done.stderr
    assert len([line for line in done.stderr.splitlines() if "example/" in line]) == 4
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_a_script_of_the_theme_that_differs_from_page_to_page_stops_the_build(
    small_root: Path, tmp_path: Path
) -> None:
    header = small_root / "templates/theme/partials/header.html"
    header.write_text(header.read_text("utf-8") + "<script>x('{{ base_url }}')</script>", "utf-8")
    done = run_build(
        "--root", small_root, "--out", tmp_path / "site", "--as-of", AS_OF, "--no-search", "--jobs", "1"
    )
    assert done.returncode == 2, done.stderr
    assert "因页而异" in done.stderr


def test_the_claims_of_the_security_page_point_at_tests_that_are_there() -> None:
    for name in ("security.md", "security.zh-CN.md"):
        claims = re.split(
            "^## (?:Headers|响应头)$", (ROOT / "docs" / name).read_text("utf-8"), flags=re.MULTILINE
        )[0]
        rows = [
            line
            for line in claims.splitlines()
            if line.startswith("| ") and not line.endswith(("shown by |", "证明 |"))
        ]
        assert len(rows) >= 15
        for row in rows:
            pointers = re.findall(r"`(tests/\S+?\.py)::(test_\w+)`", row)
            assert pointers, row
            for path, test in pointers:
                assert f"def {test}(" in (ROOT / path).read_text("utf-8"), row


def test_the_two_security_pages_make_the_same_claims() -> None:
    pointers = [
        re.findall(r"`tests/\S+`", (ROOT / "docs" / name).read_text("utf-8"))
        for name in ("security.md", "security.zh-CN.md")
    ]
    assert pointers[0] == pointers[1]
