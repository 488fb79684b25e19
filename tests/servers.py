"""Web servers on this machine, each with the few lines that a site needs on it: the matrix of servers drives them.

Every server serves one folder, `www`, which holds the site at its root and once more below `a/b/`. Compressed means: files
compressed beforehand where the server can hand them out as they are, compressed on the way where it cannot.
"""

from __future__ import annotations

import http.client
import http.server
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import programs
from building import free_port

NGINX = """
daemon off; master_process off; worker_processes 1; pid {run}/nginx.pid; error_log {run}/error.log; {user}
events {{ worker_connections 64; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; application/json json; image/png png; }}
  access_log off; client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
  {above}
  server {{ listen 127.0.0.1:{port}; root {www}; index index.html; {gzip} {within} }}
}}
"""
CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  {within}
  root * {www}
  file_server {gzip}
}}
"""
APACHE = """
ServerRoot {run}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {run}/apache.pid
ErrorLog {run}/error.log
{modules}
TypesConfig {run}/mime.types
DocumentRoot {www}
DirectoryIndex index.html
<Directory {www}>
  Require all granted
  AllowOverride FileInfo
</Directory>
{gzip}
{within}
"""
APACHE_MODULES = ("mpm_event", "authz_core", "dir", "mime", "filter", "deflate")
TYPES = "text/html html\ntext/css css\ntext/javascript js\nimage/svg+xml svg\napplication/json json\nimage/png png\n"
LIGHTTPD = """
server.document-root = "{www}"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{run}/error.log"
server.modules = ( {modules} )
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html", ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml",
  ".json" => "application/json", ".png" => "image/png" )
{gzip}
"""

#: Each server, and whether it can compress.
SERVERS: Mapping[str, bool] = {
    "nginx": True,
    "Caddy": True,
    "Apache httpd": True,
    "lighttpd": True,
    "http.server": False,
}


@dataclass(frozen=True, slots=True)
class Lines:
    """What the configuration of a server holds besides: `within` what it says of the site, `above` that for nginx, and
    more `modules` of Apache.
    """

    within: str = ""
    above: str = ""
    modules: tuple[str, ...] = ()


NOTHING = Lines()


def with_headers(name: str, folder: Path) -> Lines:
    """What has a server send the headers of the files in `folder`; nothing for a server without such a file."""
    if name == "nginx":
        return Lines(within=f"include {folder}/nginx.conf;")
    if name == "Caddy":
        return Lines(within=f"import {folder}/caddy.conf")
    if name == "Apache httpd":
        return Lines(within=f"Include {folder}/apache.conf", modules=("headers",))
    return NOTHING


def _nginx(run: Path, www: Path, port: int, compressed: bool, lines: Lines) -> list[str]:
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    gzip = "gzip_static on;" if compressed else ""
    text = NGINX.format(
        run=run, www=www, port=port, gzip=gzip, user=user, within=lines.within, above=lines.above
    )
    (run / "nginx.conf").write_text(text)
    return [programs.nginx(), "-p", f"{run}", "-c", f"{run}/nginx.conf", "-e", f"{run}/error.log"]


def _caddy(run: Path, www: Path, port: int, compressed: bool, lines: Lines) -> list[str]:
    gzip = "{\n    precompressed gzip\n  }" if compressed else ""
    (run / "Caddyfile").write_text(CADDY.format(www=www, port=port, gzip=gzip, within=lines.within))
    return [programs.caddy(), "run", "--adapter", "caddyfile", "--config", f"{run}/Caddyfile"]


def _apache(run: Path, www: Path, port: int, compressed: bool, lines: Lines) -> list[str]:
    gzip = (
        "AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json"
        if compressed
        else ""
    )
    names = (*APACHE_MODULES, *lines.modules)
    modules = "\n".join(f"LoadModule {name}_module {programs.apache_module(f'mod_{name}')}" for name in names)
    (run / "mime.types").write_text(TYPES)
    text = APACHE.format(run=run, www=www, port=port, gzip=gzip, modules=modules, within=lines.within)
    (run / "apache.conf").write_text(text)
    return [programs.apache(), "-f", f"{run}/apache.conf", "-D", "FOREGROUND"]


def _lighttpd(run: Path, www: Path, port: int, compressed: bool, _lines: Lines) -> list[str]:
    gzip = 'deflate.allowed-encodings = ( "gzip" )\n' if compressed else ""
    gzip += 'deflate.mimetypes = ( "text/", "application/json" )' if compressed else ""
    modules = '"mod_deflate"' if compressed else ""
    text = LIGHTTPD.format(run=run, www=www, port=port, gzip=gzip, modules=modules)
    (run / "lighttpd.conf").write_text(text)
    return [programs.lighttpd(), "-D", "-f", f"{run}/lighttpd.conf"]


def _python(_run: Path, www: Path, port: int, _compressed: bool, _lines: Lines) -> list[str]:
    return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", f"{www}", f"{port}"]


_COMMANDS = {
    "nginx": _nginx,
    "Caddy": _caddy,
    "Apache httpd": _apache,
    "lighttpd": _lighttpd,
    "http.server": _python,
}


@contextmanager
def server(
    name: str, run: Path, www: Path, *, compressed: bool = False, lines: Lines = NOTHING
) -> Iterator[str]:
    """The address of a server of `www` that runs until the end; `run` is a folder for what it writes."""
    run.mkdir()
    _open_to_all(www)
    port = free_port()
    command = _COMMANDS[name](run, www, port, compressed, lines)
    # Caddy keeps what it was told, and not in somebody's home.
    env = {**os.environ, "XDG_CONFIG_HOME": str(run), "XDG_DATA_HOME": str(run)}
    with (run / "said.log").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=env)
    try:
        deadline = time.monotonic() + 60
        while not _answers(port):
            logs = "\n".join(path.read_text("utf-8") for path in sorted(run.glob("*.log")))
            assert process.poll() is None, logs
            assert time.monotonic() < deadline, logs
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=60)


def _open_to_all(folder: Path) -> None:
    """pytest's own folders are for their owner alone, and a server may run as somebody else."""
    for one in (folder, *folder.parents):
        if "pytest" in str(one) and os.access(one, os.W_OK):
            one.chmod(0o755)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


class AnyCase(http.server.SimpleHTTPRequestHandler):
    """As from a disk that does not tell large letters from small: the files have small names, and so has any request."""

    def translate_path(self, path: str) -> str:
        found = Path(super().translate_path(path))
        return os.path.join(self.directory, os.path.relpath(found, self.directory).lower())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: pytest's report is the report."""
