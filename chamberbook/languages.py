"""The languages of a site: where the pages of each lie, and how browsers, engines and chats name it.

The first language of a site has its pages at the root, each other one below a folder of its own under the same
addresses. Traditional Chinese is no catalog: it is the Chinese page with its characters converted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

#: Chinese in traditional characters.
TRADITIONAL = "zh-Hant"
#: The tag of the language that the records and the messages in the code are written in.
SIMPLIFIED = "zh-Hans"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a site.

    `id` as mkdocs.yml has it; `catalog` whose messages it uses; `tag` for `lang` (BCP 47); `folder` is "" or `en/`;
    `name` in the language itself; `locale` with a territory, for dates and for chats (`zh_Hans_CN`, `en_GB`).
    """

    id: str
    catalog: str
    tag: str
    folder: str
    name: str
    locale: str

    @property
    def chinese(self) -> bool:
        """Whether the text of the records is in it."""
        return self.catalog == "zh"

    @property
    def traditional(self) -> bool:
        return self.id == TRADITIONAL

    @property
    def territory(self) -> str:
        """For Open Graph: `zh_CN`."""
        found = Locale.parse(self.locale)
        return f"{found.language}_{found.territory}" if found.territory else found.language


def language(id_: str, folder: str, locale: str) -> Language:
    """A language by its id; `locale` is the one that its catalog names."""
    if id_ == TRADITIONAL:
        return Language(id_, "zh", TRADITIONAL, folder, "繁體中文", "zh_Hant_HK")
    if id_ == "zh":
        return Language(id_, "zh", SIMPLIFIED, folder, "中文", locale)
    own = Locale.parse(id_.replace("-", "_"))
    return Language(id_, id_, id_, folder, (own.get_display_name() or id_).capitalize(), locale)


#: The one language of a site that names none.
CHINESE = language("zh", "", "zh_Hans_CN")


def switch(languages: Sequence[Language], shown: Language) -> tuple[Language, ...]:
    """The other languages that a page leads to."""
    return tuple(one for one in languages if one != shown)
