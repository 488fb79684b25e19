"""Scripts and styles as readers get them: without comments and blanks, and the styles in one file.

MkDocs copies what a theme holds as it lies there. A third of our scripts is comments, and each style sheet would be a
request of its own before anything is painted.
"""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import rcssmin
import rjsmin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

#: Parts of the theme that nobody needs here: its own search, maps for debuggers, and MkDocs' sitemap template, which
#: would be copied as it is once it is no longer rendered.
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "sitemap.xml")
#: What only a preview has.
_PREVIEW = ("assets/preview.js",)
_SHRINK = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


def prepare(files: Files, config: MkDocsConfig, *, preview: bool = False) -> None:
    """Take away what no reader asks for; change the scripts and styles of the site's own theme folder among the files,
    and `extra_css` to what is left.
    """
    unused = _UNUSED if preview else (*_UNUSED, *_PREVIEW)
    for file in [f for f in files if f.src_uri.startswith(unused) or f.src_uri.endswith(".map")]:
        files.remove(file)
    own = [file for file in files if _is_own(file, config.theme.custom_dir)]
    config.extra_css = _join(files, own, config.extra_css)
    for file in own:
        file.content_string = _SHRINK[PurePosixPath(file.src_uri).suffix](file.content_string)


def _is_own(file: File, folder: str | None) -> bool:
    shrinks = PurePosixPath(file.src_uri).suffix in _SHRINK
    return bool(shrinks and folder and file.src_dir and os.path.samefile(file.src_dir, folder))


def _join(files: Files, own: list[File], names: list[str]) -> list[str]:
    """Put the own style sheets that are named one after another, from one folder, into the first of them."""
    by_name = {file.src_uri: file for file in own}
    left: list[str] = []
    for name in names:
        first = by_name.get(left[-1]) if left else None
        file = by_name.get(name)
        if first is None or file is None or _folder(first) != _folder(file):
            left.append(name)
            continue
        first.content_string += file.content_string
        files.remove(file)
        own.remove(file)
    return left


def _folder(file: File) -> PurePosixPath:
    """Addresses in a style sheet are relative to it."""
    return PurePosixPath(file.src_uri).parent
