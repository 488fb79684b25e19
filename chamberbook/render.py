"""Page -> body HTML through our own Jinja environment: strict, autoescaped, knowing nothing of the theme."""

from __future__ import annotations

import gettext
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from chamberbook.flatten import FlatEnvironment
from chamberbook.formats import FILTERS
from chamberbook.fragments import Fragments
from chamberbook.pages.model import Page
from chamberbook.settings import Settings


def environment(templates: Path, settings: Settings, translations: gettext.NullTranslations) -> Environment:
    """The environment for templates/pages. Templates see `site` (Settings), `page`, `root` and the page's data."""
    env = FlatEnvironment(
        translations,
        settings,
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals["fragments"] = Fragments()
    env.filters.update(FILTERS)
    return env


def render_body(env: Environment, page: Page, root: str) -> Markup:
    """The body of a page; `root` is the way to the site's root. Markup because the template escaped what it printed."""
    return Markup(env.get_template(page.template).render(page.data, page=page, root=root))
