"""The headers that protect readers, ready for web servers: `data/headers/`.

The pages hold the policy themselves, so that any server will do. What only a header can say, a server says with these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from chamberbook.policy import Policy
from chamberbook.settings import Settings

FOLDER = "data/headers"
#: Beside the policy: no guessing of types, no address told to other sites, no device, no window or page of others.
COMPANIONS: Mapping[str, str] = MappingProxyType({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
})  # fmt: skip
#: What holds for the whole host, and cannot be taken back, is not for a site to decide.
_HSTS = (
    "# When all of the host is served by https for good, add: Strict-Transport-Security: max-age=31536000\n"
)
Headers = Mapping[str, str]


def write_headers(policy: Policy, site: Path, settings: Settings) -> list[str]:
    """One file for each kind of server. Gives their paths below the site."""
    headers = {"Content-Security-Policy": policy.header, **COMPANIONS}
    root = urlsplit(settings.base_url or "/").path
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SERVERS.items():
        (folder / name).write_text(text(headers, root), encoding="utf-8", newline="\n")
    return [f"{FOLDER}/{name}" for name in SERVERS]


def nginx(headers: Headers, _: str) -> str:
    """For `include` in the server block, or in the location of the site."""
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    return (
        _HSTS
        + f"# server {{ include …/data/headers/nginx.conf; … }}, also in each location with an add_header of its own\n{lines}"
    )


def caddy(headers: Headers, _: str) -> str:
    """For `import` in the block of the site."""
    lines = "".join(f'\t{name} "{value}"\n' for name, value in headers.items())
    return _HSTS + f"# example.org {{ import …/data/headers/caddy.conf … }}\nheader {{\n{lines}}}\n"


def apache(headers: Headers, _: str) -> str:
    """For `Include` in a virtual host, or as `.htaccess` in the site's folder; needs mod_headers."""
    lines = "".join(f'Header always set {name} "{value}"\n' for name, value in headers.items())
    return _HSTS + f"# <VirtualHost> Include …/data/headers/apache.conf, or copy it to .htaccess\n{lines}"


def netlify(headers: Headers, root: str) -> str:
    """As `_headers` in the root of the site, for Netlify, Cloudflare Pages and hosts that read the same file."""
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    return f"# Copy this file to the root of the site.\n{root}*\n{lines}"


SERVERS: Mapping[str, Callable[[Headers, str], str]] = MappingProxyType(
    {"nginx.conf": nginx, "caddy.conf": caddy, "apache.conf": apache, "_headers": netlify}
)
