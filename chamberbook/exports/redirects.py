"""The addresses that moved, ready for web servers: `data/redirects/`.

The site works without them: each old address has a page that leads on. With them a server answers 301 at once, which
search engines and other programs follow too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from chamberbook import pages
from chamberbook.derive import Directory
from chamberbook.settings import Settings

FOLDER = "data/redirects"
#: Old and new address, from the root of the server.
Moves = Sequence[tuple[str, str]]


def write_redirects(directory: Directory, site: Path, settings: Settings) -> list[str]:
    """One file for each kind of server, with the site's folder on the server as `site_url` gives it (`/` without).

    Gives their paths below the site.
    """
    root = urlsplit(settings.base_url or "/").path
    folders = [language.folder for language in settings.languages]
    moved = list(pages.moved(directory))
    moves = sorted((f"{root}{one}{old}", f"{root}{one}{new}") for old, new in moved for one in folders)
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SERVERS.items():
        (folder / name).write_text(text(moves), encoding="utf-8", newline="\n")
    return [f"{FOLDER}/{name}" for name in SERVERS]


def nginx(moves: Moves) -> str:
    """For `include` in the http block; the server block needs the line that the comment shows."""
    size = max(2048, 2 ** (2 * len(moves)).bit_length())
    lines = "".join(f'  "{unquote(old)}" "{new}";\n' for old, new in moves)
    return (
        "# http { include …/data/redirects/nginx.conf; server { … if ($chamberbook_moved) { return 301 $chamberbook_moved; } } }\n"
        f"map_hash_bucket_size 512;\nmap_hash_max_size {size};\n"
        f'map $uri $chamberbook_moved {{\n  default "";\n{lines}}}\n'
    )


def caddy(moves: Moves) -> str:
    """For `import` in the block of the site."""
    if not moves:
        return "# Nothing has moved.\n"
    lines = "".join(f'\t"{unquote(old)}" "{new}"\n' for old, new in moves)
    return (
        "# example.org { import …/data/redirects/caddy.conf … }\n"
        f'map {{path}} {{chamberbook_moved}} {{\n{lines}\tdefault ""\n}}\n'
        '@chamberbook_moved expression `{chamberbook_moved} != ""`\n'
        "redir @chamberbook_moved {chamberbook_moved} permanent\n"
    )


def apache(moves: Moves) -> str:
    """For `Include` in a virtual host, or as `.htaccess` in the site's folder; needs mod_alias."""
    lines = "".join(f'Redirect permanent "{unquote(old)}" "{new}"\n' for old, new in moves)
    return f"# <VirtualHost> Include …/data/redirects/apache.conf, or copy it to .htaccess\n{lines}"


def netlify(moves: Moves) -> str:
    """As `_redirects` in the root of the site, for Netlify, Cloudflare Pages and hosts that read the same file."""
    lines = "".join(f"{old} {new} 301\n" for old, new in moves)
    return f"# Copy this file to the root of the site.\n{lines}"


SERVERS: Mapping[str, Callable[[Moves], str]] = MappingProxyType(
    {"nginx.conf": nginx, "caddy.conf": caddy, "apache.conf": apache, "_redirects": netlify}
)
