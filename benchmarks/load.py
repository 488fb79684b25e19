"""What one small machine serves: nginx on the loopback, asked by wrk for pages of a built site.

    python benchmarks/load.py SITE [--seconds N] [--connections N] [--workers N]

`SITE` is the folder of a site built with --precompress. nginx hands out the compressed files (gzip_static); wrk (Debian:
apt-get install wrk) asks for the home page, pages of chambers by turns, a page of a list, a part of the search index. Both share
the machine, so a machine of its own for nginx serves more. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import programs
from building import free_port

CONFIG = """
daemon off; worker_processes {workers}; pid {run}/nginx.pid; error_log {run}/error.log; {user}
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; application/json json; }}
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
  client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
  server {{ listen 127.0.0.1:{port}; root {site}; gzip_static on; }}
}}
"""
#: Asks for the paths of a file by turns and takes compressed answers.
SCRIPT = """
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"})
end
"""


def addresses(site: Path) -> dict[str, list[str]]:
    """What is asked for, by what it is."""
    chambers = sorted(
        f"/{path.parent.relative_to(site)}/" for path in (site / "chambers").glob("*/index.html")
    )
    parts = sorted(f"/{path.relative_to(site)}" for path in (site / "pagefind/index").iterdir())
    return {
        "home page": ["/"],
        "pages of chambers, by turns": chambers,
        "first page of all chambers": ["/chambers/"],
        "parts of the search index, by turns": parts,
    }


@contextmanager
def nginx(site: Path, workers: int) -> Iterator[str]:
    """The address of the site on a server that runs until the end."""
    with tempfile.TemporaryDirectory(prefix="chamberbook-load-") as name:
        run, port = Path(name), free_port()
        user = "user root;" if os.geteuid() == 0 else ""
        config = CONFIG.format(run=run, port=port, site=site, workers=workers, user=user)
        (run / "nginx.conf").write_text(config)
        command = [programs.nginx(), "-p", name, "-c", f"{name}/nginx.conf", "-e", f"{name}/error.log"]
        process = subprocess.Popen(command)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def measure(address: str, paths: list[str], seconds: int, connections: int) -> tuple[float, str, str, float]:
    """Requests a second, 50th and 99th hundredth of the time to an answer, MB a second; fails on any error."""
    with tempfile.TemporaryDirectory(prefix="chamberbook-load-") as name:
        (Path(name) / "paths").write_text("\n".join(paths) + "\n")
        (Path(name) / "ask.lua").write_text(SCRIPT % f"{name}/paths")
        command = [
            "wrk",
            "-t2",
            f"-c{connections}",
            f"-d{seconds}s",
            "--latency",
            "-s",
            f"{name}/ask.lua",
            address,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    half, most = (re.search(rf"^\s+{part}%\s+(\S+)$", said, re.MULTILINE)[1] for part in (50, 99))
    amount, unit = re.search(r"Transfer/sec:\s+([\d.]+)(KB|MB|GB)", said).groups()
    return rate, half, most, float(amount) * {"KB": 1e-3, "MB": 1, "GB": 1e3}[unit]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("no wrk; install it (Debian: apt-get install wrk, macOS: brew install wrk)", file=sys.stderr)
        return 2
    site = options.site.resolve()
    print(
        "| asked for | requests a second | half within | 99 of 100 within | MB a second |\n|---|---:|---:|---:|---:|"
    )
    with nginx(site, options.workers) as address:
        for what, paths in addresses(site).items():
            rate, half, most, amount = measure(address, paths, options.seconds, options.connections)
            print(f"| {what} | {rate:,.0f} | {half} | {most} | {amount:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
