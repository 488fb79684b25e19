"""How a test builds a site and serves it: the real commands and a plain static server."""

from __future__ import annotations

import atexit
import functools
import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "sites" / "small"
#: The day for which every test builds: what a page says must not depend on when the tests run.
AS_OF = "2026-11-23"
#: Gives the folder of this name that all workers of a run share, made by the first that asks for it.
Once = Callable[[str, Callable[[Path], object]], Path]
#: The folder of the server under which a site is served: no page may assume that it is at the top.
SUB_PATH = "/a/b/"


def run_build(*arguments: object, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """`python build.py ARGUMENTS` of the checkout, as a person runs it, in a process of its own.

    That process is forked from one that has loaded the program (tests/loaded.py): loading takes longer than most commands.
    Where fork is missing, and with settings of Python's own, it is started from nothing, as the tests of whole checkouts
    (test_twice.py, test_init.py), of terminals (test_new.py) and of faults start it.
    """
    if not hasattr(socket, "send_fds") or any(name.startswith("PYTHON") for name in env):
        return run_python(ROOT / "build.py", *arguments, cwd=cwd, **env)
    request = {"arguments": list(map(str, arguments)), "cwd": str(cwd), "env": _environment(env)}
    with (
        socket.socket(socket.AF_UNIX) as connection,
        open(os.devnull, "rb") as nothing,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        connection.settimeout(600)
        connection.connect(_loaded())
        data = json.dumps(request).encode() + b"\n"
        files = [file.fileno() for file in (nothing, out, err)]
        connection.sendall(data[socket.send_fds(connection, [data], files) :])
        code = int(connection.recv(100) or b"1")
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode("utf-8").replace("\r\n", "\n"))
    return subprocess.CompletedProcess([str(ROOT / "build.py"), *request["arguments"]], code, *said)


def _environment(env: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", **env}


@functools.cache
def _loaded() -> str:
    """Where the process listens that has loaded the program; this one starts it when it first needs it."""
    folder = tempfile.mkdtemp(prefix="chamberbook-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = f"{folder}/loaded"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        command = [sys.executable, ROOT / "tests" / "loaded.py", str(listener.fileno())]
        subprocess.Popen(
            command, cwd=ROOT, env=_environment({}), stdin=subprocess.DEVNULL, pass_fds=[listener.fileno()]
        )
    return address


def run_python(*arguments: object, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """Run this interpreter with the arguments; the output is text, a failure is for the caller to judge."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=_environment(env),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def built(out: Path, *arguments: object) -> Path:
    """A site built into `out`, with what the build said when it fails."""
    done = run_build("--out", out, "--as-of", AS_OF, *arguments)
    assert done.returncode == 0, done.stderr
    return out


def make_root(folder: Path, languages: str = "[zh]", kept: Path | None = None) -> Path:
    """tests/sites/small with the checkout's own mkdocs.yml, prose and templates, in so many languages; with what an
    earlier build has `kept`, when it is given."""
    shutil.copytree(SMALL, folder)
    if kept:
        (folder / ".cache").mkdir()
        for path in kept.glob("*.sqlite"):
            shutil.copy2(path, folder / ".cache")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    own = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"(?m)^    languages: .*\n", "", own).replace(
        "    jobs: 0", f"    languages: {languages}\n    jobs: 0"
    )
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return folder


def free_port() -> int:
    """A port of the loopback that nobody listens on, and that nobody is going to take before its server starts.

    It lies below those that systems give away by themselves, and each process, so each worker of a run, begins its
    search at a place of its own.
    """
    first, many = 10_000, 20_000
    for step in range(many):
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port := first + (os.getpid() * 37 + step) % many))
            return port
    raise RuntimeError("every port is taken")


@dataclass(frozen=True)
class Served:
    """A site on a server of this machine: `url` ends in `/`, `folder` is what it serves."""

    url: str
    folder: Path


class _SubPathHandler(http.server.SimpleHTTPRequestHandler):
    """A plain static server whose site lies under SUB_PATH; whatever lies outside is not found."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUB_PATH):
            return os.path.join(self.directory, "outside-of-the-site")
        return super().translate_path(path.removeprefix(SUB_PATH.rstrip("/")))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: pytest's report is the report."""


class _SharedHandler(_SubPathHandler):
    """The same for a site whose files the pages of other sites may read."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


class _Server(http.server.ThreadingHTTPServer):
    """When it stops it answers nobody, also those that it is still connected with."""

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self.connections = [*getattr(self, "connections", []), connection]
        return connection, address

    def server_close(self) -> None:
        super().server_close()
        for connection in getattr(self, "connections", []):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(folder: Path, *, port: int = 0, shared: bool = False) -> Iterator[Served]:
    """Serve a folder under SUB_PATH with Python's own http.server, on a free port of the loopback.

    `shared`: with the header that lets the pages of other origins read its files.
    """
    handler = functools.partial(_SharedHandler if shared else _SubPathHandler, directory=str(folder))
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{server.server_port}{SUB_PATH}", folder)
        finally:
            server.shutdown()
            thread.join()
