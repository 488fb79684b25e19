"""The templates as sources: every name they ask for is one that their pages give, on every branch."""

from __future__ import annotations

import gettext
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT
from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables
from planning import plan, real_directory

from chamberbook.pages.model import Page
from chamberbook.render import environment
from chamberbook.settings import Settings

PAGES = ROOT / "templates/pages"
#: What `render_body` gives to every template.
GIVEN = {"page", "root"}


@pytest.fixture(scope="module")
def env() -> Environment:
    return environment(PAGES, Settings(), gettext.NullTranslations())


def parse(env: Environment, name: str, folder: Path = PAGES) -> nodes.Template:
    return env.parse((folder / name).read_text("utf-8"), name)


def asked(env: Environment, name: str, folder: Path = PAGES) -> set[str]:
    """The names that a template and those it includes ask of a page."""
    tree = parse(env, name, folder)
    names = find_undeclared_variables(tree)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    own |= {node.target for node in tree.find_all(nodes.Import)} | {
        node.name for node in tree.find_all(nodes.Macro)
    }
    for include in tree.find_all(nodes.Include):
        assert isinstance(include.template, nodes.Const), f"{name}: an include names its template"
        names |= asked(env, include.template.value, folder) - own
    return names


def pages_of_both_directories() -> Iterator[Page]:
    for root in (ROOT, ROOT / "examples"):
        yield from plan(real_directory(root)).values()


def test_every_template_compiles_with_filters_and_tests_that_exist(env: Environment) -> None:
    names = sorted(path.name for path in PAGES.glob("*.html"))
    assert names
    for name in names:
        env.get_template(name)


def test_every_name_that_a_template_asks_for_is_given_by_each_of_its_pages(env: Environment) -> None:
    wanted: dict[str, set[str]] = {}
    missing = set()
    for page in pages_of_both_directories():
        if page.template not in wanted:
            wanted[page.template] = asked(env, page.template)
        missing |= {(page.template, name) for name in wanted[page.template] - GIVEN - set(page.data)}
    assert missing == set()
    assert len(wanted) > 20


def test_a_name_that_nobody_gives_is_seen_on_a_branch_that_is_never_taken(
    env: Environment, tmp_path: Path
) -> None:
    (tmp_path / "part.html").write_text("{{ inner }}{{ lost_in_part }}")
    (tmp_path / "page.html").write_text(
        "{% set inner = 1 %}{% if false %}{{ lost }}{% endif %}{% for x in rows %}{{ x }}{% include 'part.html' %}{% endfor %}"
    )
    assert asked(env, "page.html", tmp_path) == {"lost", "lost_in_part", "rows"}


def test_the_linter_of_templates_finds_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "djlint", "--lint", "--quiet", "templates/pages", "templates/theme"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
