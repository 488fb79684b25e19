"""Page -> body HTML through our own Jinja environment: strict, autoescaped, knowing nothing of the theme."""

from __future__ import annotations

import gettext
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from chamberbook.cache import Cache
from chamberbook.flatten import FlatEnvironment
from chamberbook.formats import filters
from chamberbook.fragments import Fragments
from chamberbook.pages.model import Page
from chamberbook.qr import qr_code
from chamberbook.settings import Settings


class KeptCode(BytecodeCache):
    """Keeps the code of templates. It follows from the template, which Jinja compares by itself, and from `inputs`."""

    def __init__(self, cache: Cache, *inputs: bytes | str) -> None:
        self._cache = cache
        self._key = cache.key("templates", *inputs)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  # the shape that Jinja calls
        """The name alone: where the templates lie changes nothing."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        key = self._of(bucket)
        if (found := self._cache.read([key]).get(key)) is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.write({self._of(bucket): bucket.bytecode_to_string()})

    def _of(self, bucket: Bucket) -> bytes:
        return self._cache.key(self._key, f"{bucket.environment.autoescape}", bucket.key)


def language_inputs(settings: Settings, translations: gettext.NullTranslations) -> tuple[str, str]:
    """What code follows from because constants are worked out when it is made: the settings and the language."""
    return repr(settings), repr(sorted(translations.info().items()))


def environment(
    templates: Path, settings: Settings, translations: gettext.NullTranslations, cache: Cache | None = None
) -> Environment:
    """The environment for templates/pages. Templates see `site` (Settings), `page`, `root` and the page's data."""
    # All templates, because they are flattened into one another.
    inputs = ("bodies", *language_inputs(settings, translations), *template_files(templates))
    env = FlatEnvironment(
        translations,
        settings,
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=KeptCode(cache, *inputs) if cache else None,
    )
    env.globals["fragments"] = Fragments()
    env.filters.update(filters(translations.gettext), qr=qr_code)
    return env


def render_body(env: Environment, page: Page, root: str) -> Markup:
    """The body of a page; `root` is the way to the site's root. Markup because the template escaped what it printed."""
    return Markup(env.get_template(page.template).render(page.data, page=page, root=root))


def template_files(folder: Path) -> list[bytes | str]:
    """The names and the bytes of all templates in order."""
    return [part for path in sorted(folder.rglob("*.html")) for part in (path.name, path.read_bytes())]


def compile_all(env: Environment) -> None:
    """Make the code of every template, before processes are forked that would each do so."""
    for name in env.list_templates():
        env.get_template(name)
