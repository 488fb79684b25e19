"""Flat templates print what Jinja alone prints, byte for byte."""

from __future__ import annotations

import functools
import gettext
from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, UndefinedError
from markupsafe import Markup
from planning import ROOT, plan, real_directory

from chamberbook import messages, render
from chamberbook.flatten import FlatEnvironment
from chamberbook.formats import LOCALE, filters
from chamberbook.pages.model import Page
from chamberbook.qr import qr_code
from chamberbook.settings import Settings

TEMPLATES = ROOT / "templates" / "pages"
#: Pages compared of each template.
EACH = 8
PLAIN = Settings(report_mail="a@example.org", sample=True)
FULL = Settings(
    base_url="https://example.org/dir/",
    repository="https://example.org/repository",
    edit_url="https://example.org/edit/{path}",
    history_url="https://example.org/history/{path}",
    report_url="https://example.org/report?title={name}&body={url}&file={path}",
    new_file_url="https://example.org/new?filename={path}&value={value}",
    icp="京ICP备00000000号",
    owner='A & B <c> "d"',
)


class Reversed(gettext.NullTranslations):
    """A language whose texts hold markup and have their values in another order."""

    def gettext(self, message: str) -> str:
        if message == LOCALE:
            return message
        return "<i>" + message.replace("%(n)s家", "%% %(n)s &amp; %(n)s")


def jinja(settings: Settings, translations: gettext.NullTranslations) -> Environment:
    """The environment as it would be without flattening."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(site=settings, fragments=each)
    env.filters.update(filters(translations.gettext), qr=qr_code)
    return env


def each(macro: Callable[..., str], values: Iterable[object], root: str, *given: object) -> Markup:
    """Fragments without the cutting and keeping."""
    return Markup("".join(macro(*given, value, root) for value in values))


@functools.cache
def some_pages(settings: Settings) -> list[Page]:
    """Some pages of every template, of the real and of the sample directory."""
    found: Counter[str] = Counter()
    some = []
    for root in (ROOT, ROOT / "examples"):
        for page in plan(real_directory(root), settings).values():
            found[page.template, root] += 1  # type: ignore[index]
            if found[page.template, root] <= EACH:  # type: ignore[index]
                some.append(page)
    return some


@pytest.mark.parametrize("settings", [PLAIN, FULL], ids=["plain", "full"])
@pytest.mark.parametrize("lang", ["zh", "en", "reversed"])
def test_every_page_is_the_same_as_without_flattening(settings: Settings, lang: str) -> None:
    translations = Reversed() if lang == "reversed" else messages.translations(lang)
    before, flat = jinja(settings, translations), render.environment(TEMPLATES, settings, translations)
    for page in some_pages(settings):
        expected = before.get_template(page.template).render(page.data, page=page, root=page.root)
        assert render.render_body(flat, page, page.root) == expected, page.url


MACROS = {
    "m.html": """{% import "n.html" as n %}{% set passed = n.passed %}
{% macro one(a, b="&") %}<{{ a }}|{{ b }}>{% for a in "xy" %}{{ a }}{{ loop.index }}{% endfor %}{% set b = a %}{{ b }}{% endmacro %}
{% macro tree(t) %}({{ t.name }}{% for u in t.below %}{{ tree(u) }}{% endfor %}){% endmacro %}
{% macro frame(title) %}[{{ title }}:{{ caller() }}:{{ inner(title) }}]{% endmacro %}
{% macro inner(x) %}{{ x }}!{% endmacro %}
{% macro rows(n) %}{% for i in range(n) %}{{ caller() }}{% endfor %}{% endmacro %}
{% macro packed() %}{{ varargs|join("-") }}{% endmacro %}
{% macro twice(x) %}{{ x }}{% for i in (1, 2) %}{{ x }}{% endfor %}{% endmacro %}
""",
    "n.html": "{% macro passed(s) %}{% if s == 'a' %}A{% elif site.name == s %}name{% else %}{{ _('%(s)s 100%%', s=s) }}{% endif %}{% endmacro %}",
    "part.html": "{% set b = a ~ '>' %}{{ b }}{{ m.inner(b) }}",
}
CASES = {
    "names do not meet": "{% set b = '1' %}{{ m.one(b, a) }}{{ b }}{{ a }}{{ m.one('<') }}{{ m.one(b=a, a=b) }}",
    "a macro that calls itself": "{{ m.tree(t) }}{% for a in 'pq' %}{{ m.tree(t) }}{{ a }}{% endfor %}",
    "a call with a body": "{% for a in 'pq' %}{% call m.frame(a) %}{{ loop.index }}{{ m.inner(a) }}{{ title }}{% endcall %}{% endfor %}",
    "a body in a loop": "{% for a in 'pq' %}{% call m.rows(2) %}{{ loop.index }}{% endcall %}{% endfor %}",
    "the loop around a call": "{% for a in 'pq' %}{{ m.twice(loop.first) }}{{ m.one(loop.last, loop.index) }}{% endfor %}",
    "packed arguments": "{{ m.packed(1, '<', 3) }}{{ m.one(*['<', 2]) }}",
    "values in other places": "{% set x = m.inner(a)|trim %}{{ x }}{{ (m.inner(a), 1)[0] }}{{ 'y' if m.inner(a) == 'z' else m.inner('<') }}",
    "an included template": "{% set b = 0 %}{% include 'part.html' %}{{ b }}",
    "texts": "{{ _('a') }}{{ _('<%(x)s> %(x)s', x=a) }}{{ m.inner(_('%(x)s家', x=m.inner(a))) }}{{ _(a) }}{{ _('b') ~ a }}{{ _('c')|upper }}",
    "settings": "{% if site.icp %}{{ site.icp }}{% elif a %}{{ site.owner or '—' }}{% endif %}{{ site.owner and a }}{{ 'x' if not site.sample }}",
    "passed on": "{{ m.passed('a') }}{{ m.passed(a) }}{{ m.passed(site.name) }}",
    "a local macro": "{% macro here(x) %}{{ x }}{{ a }}{{ m.inner(x) }}{% endmacro %}{{ here(1) }}{{ here('<')|length }}",
    "values of all kinds": "{{ title }}{{ title ~ a }}{{ n }}{{ n * 1.5 }}{{ n == 1 }}{{ none }}{{ t.below }}",
    "odd and even": "{{ m.twice(a ~ '<') }}{% set c = namespace(n=0) %}{% for i in (1, 2) %}{% set c.n = c.n + i %}{% endfor %}{{ c.n }}",
}
VALUES = {
    "a": "<&>",
    "title": Markup("<b>"),
    "n": 12,
    "t": {
        "name": "r",
        "below": [{"name": "<", "below": []}, {"name": "s", "below": [{"name": "u", "below": []}]}],
    },
}


@pytest.mark.parametrize("name", CASES)
def test_what_jinja_prints_is_printed(name: str) -> None:
    templates = MACROS | {"page.html": '{% import "m.html" as m %}' + CASES[name]}
    options = {"autoescape": True, "undefined": StrictUndefined, "loader": DictLoader(templates)}
    before = Environment(extensions=["jinja2.ext.i18n"], **options)  # type: ignore[arg-type]
    before.install_gettext_translations(gettext.NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    before.globals.update(site=FULL)
    flat = FlatEnvironment(gettext.NullTranslations(), FULL, **options)
    expected = before.get_template("page.html").render(VALUES)
    assert flat.get_template("page.html").render(VALUES) == expected
    assert expected


def test_a_missing_value_is_still_an_error() -> None:
    templates = MACROS | {"page.html": '{% import "m.html" as m %}{{ m.inner(missing) }}'}
    flat = FlatEnvironment(
        gettext.NullTranslations(), FULL, undefined=StrictUndefined, loader=DictLoader(templates)
    )
    with pytest.raises(UndefinedError, match="missing"):
        flat.get_template("page.html").render()


def test_a_page_calls_no_macro_for_what_it_prints_once() -> None:
    env = render.environment(TEMPLATES, PLAIN, messages.translations("zh"))
    assert env.loader is not None
    source, filename, _ = env.loader.get_source(env, "chamber.html")
    code = env.compile(source, "chamber.html", filename, raw=True)
    assert "Macro(" not in code
    assert "gettext" not in code
    assert code.count("module_f") < 10
