"""The settings that mkdocs.yml gives: what it may say, and the frozen `Settings` that the stages read."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from chamberbook import exports, messages
from chamberbook.formats import LOCALE
from chamberbook.languages import TRADITIONAL, Language, language
from chamberbook.problems import N_, Message
from chamberbook.settings import Settings, Site, search_sites


class ChamberbookConfig(base.Config):
    """The plugin's settings in mkdocs.yml; see Settings for what they mean."""

    as_of = c.Optional(c.Type(str))
    jobs = c.Type(int, default=0)
    search = c.Type(bool, default=True)
    precompress = c.Type(bool, default=False)
    lang = c.Choice(messages.languages(), default="zh")
    languages = c.ListOfItems(c.Choice((*messages.languages(), TRADITIONAL)), default=["zh"])
    names = c.DictOfItems(c.Type(str), default={})
    descriptions = c.DictOfItems(c.Type(str), default={})
    repository = c.Optional(c.Type(str))
    edit_url = c.Optional(c.Type(str))
    new_file_url = c.Optional(c.Type(str))
    history_url = c.Optional(c.Type(str))
    report_url = c.Optional(c.Type(str))
    report_mail = c.Optional(c.Type(str))
    icp = c.Optional(c.Type(str))
    police = c.Optional(c.Type(str))
    police_url = c.Optional(c.Type(str))
    owner = c.Optional(c.Type(str))
    sample = c.Type(bool, default=False)
    chamber_cards = c.Type(bool, default=False)
    page_size = c.Type(int, default=50)
    templates = c.Type(str, default="templates/pages")
    data_formats = c.ListOfItems(c.Choice(exports.FORMATS), default=list(exports.FORMATS))


def read_settings(config: MkDocsConfig, own: ChamberbookConfig) -> Settings:
    """The frozen settings from mkdocs.yml."""
    names = (
        "repository", "edit_url", "new_file_url", "history_url", "report_url", "report_mail", "icp", "police", "police_url",
        "owner", "sample", "chamber_cards", "page_size",
    )  # fmt: skip
    languages = site_languages(own)
    return Settings(
        name=config.site_name,
        base_url=config.site_url or None,
        site_url=config.site_url or None,
        language=languages[0],
        languages=languages,
        sites=_sites(config, own.lang),
        data_formats=tuple(own.data_formats),
        **{name: getattr(own, name) for name in names},
    )


def site_languages(own: ChamberbookConfig) -> tuple[Language, ...]:
    """The languages of the site, each once; the first has its pages at the root."""

    def one(id_: str, folder: str) -> Language:
        catalog = "zh" if id_ == TRADITIONAL else id_
        return language(id_, folder, messages.translate(catalog)(LOCALE))

    first, *others = dict.fromkeys(own.languages or ["zh"])
    return (one(first, ""), *(one(id_, f"{id_}/") for id_ in others))


def _sites(config: MkDocsConfig, lang: str) -> tuple[Site, ...]:
    """The other sites to search, from `extra.search.sites`. Raises PluginError."""
    own = config.extra.get("search")
    try:
        return search_sites(own.get("sites") if isinstance(own, dict) else None)
    except ValueError as error:
        message = Message(
            N_(
                "mkdocs.yml 的 extra.search.sites：{entry} 不对；每项写 name（名称，不重复）和 url（网址，以 / 结尾，"
                "如 https://example.org/ 或 ../suzhou/）"
            ),
            {"entry": str(error)},
        )
        raise PluginError(message.text(messages.translate(lang))) from None
