"""deploy/git: a real bare repository, real pushes, a real nginx."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import programs
import pytest
from building import ROOT, free_port, make_root

DEPLOY = ROOT / "deploy" / "git"
CANYIN = "chambers/yixing/yixing-canyin.yml"
NGINX = """
daemon off; master_process off; worker_processes 1; pid {run}/nginx.pid; error_log {run}/error.log;
{user}
events {{ worker_connections 64; }}
http {{
  access_log off; types {{ text/html html; text/css css; }} default_type application/octet-stream;
  client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
{server}
}}
"""


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = ["-c", "user.name=张三", "-c", "user.email=zhangsan@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *own, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


@dataclass(frozen=True)
class Server:
    """A bare repository with the hooks, the site that it publishes, nginx in front of it."""

    repository: Path
    site: Path
    url: str

    def get(self, path: str = "") -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Set up as deploy/git/README.md says, with the first push done."""
    run = tmp_path_factory.mktemp("server")
    repository, site, port = run / "directory.git", run / "www" / "site", free_port()
    done = subprocess.run(
        [DEPLOY / "install", repository, site, f"http://127.0.0.1:{port}/"],
        env={**os.environ, "CHAMBERBOOK_PYTHON": sys.executable},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first = make_root(run / "first")
    git(first, "init", "--quiet", "--initial-branch", "main")
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "-m", "第一版")
    pushed = git(first, "push", "--quiet", str(repository), "main")
    assert pushed.returncode == 0, pushed.stderr
    with Nginx(run, site, port) as url:
        yield Server(repository, site, url)


class Nginx:
    """nginx with the server block of the example, on a port of the loopback."""

    def __init__(self, run: Path, site: Path, port: int) -> None:
        example = (DEPLOY / "nginx.conf.example").read_text("utf-8")
        block = example.replace("listen 80;", f"listen 127.0.0.1:{port};")
        block = block.replace("root /srv/chamberbook/site;", f"root {site};")
        assert str(site) in block
        assert str(port) in block
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        (run / "nginx.conf").write_text(NGINX.format(run=run, user=user, server=block), "utf-8")
        self.command = [programs.nginx(), "-p", run, "-c", run / "nginx.conf", "-e", run / "error.log"]
        self.url, self.log = f"http://127.0.0.1:{port}/", run / "error.log"

    def __enter__(self) -> str:
        self.process = subprocess.Popen(self.command)
        deadline = time.monotonic() + 20
        while True:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                return self.url
            except urllib.error.URLError:
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture
def clone(server: Server, tmp_path: Path) -> Path:
    """A maintainer's own copy."""
    assert git(tmp_path, "clone", "--quiet", str(server.repository), "mine").returncode == 0
    return tmp_path / "mine"


def push(clone: Path, *arguments: str, message: str = "订正") -> subprocess.CompletedProcess[str]:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(clone, "push", *(arguments or ("origin", "HEAD:main")))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def state(server: Server) -> tuple[str, dict[str, bytes]]:
    """The branch and every byte of the site."""
    files = {str(p.relative_to(server.site)): p.read_bytes() for p in server.site.rglob("*") if p.is_file()}
    return git(server.repository, "rev-parse", "main").stdout, files


def test_a_good_push_changes_the_site_and_readers_never_meet_an_error(server: Server, clone: Path) -> None:
    assert "宜兴市示例餐饮业商会" in server.get("chambers/yixing-canyin/")
    done, met = threading.Event(), []

    def read() -> None:
        # Bounded: at most so many requests, also if the push never ends.
        for number in range(20_000):
            if done.is_set():
                return
            try:
                text = server.get(["", "chambers/yixing-canyin/"][number % 2])
                if "</html>" not in text:
                    met.append("half a page")
            except OSError as error:
                met.append(str(error))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    edit(clone / CANYIN, "founded: 2001", "founded: 1987")
    pushed = push(clone)
    done.set()
    for reader in readers:
        reader.join()
    assert pushed.returncode == 0, pushed.stderr
    assert "成立时间：2001 → 1987" in pushed.stderr
    assert re.search(r"remote: 已发布 [0-9a-f]{10}。", pushed.stderr)
    assert "1987" in server.get("chambers/yixing-canyin/")
    assert met == []
    assert sorted(path.name for path in server.site.parent.iterdir()) == ["site", "site.previous"]


def test_a_push_with_a_mistake_is_refused_with_its_place_and_changes_nothing(
    server: Server, clone: Path
) -> None:
    before = state(server)
    edit(clone / CANYIN, "kind: industry", "kind: indutsry")
    pushed = push(clone)
    assert pushed.returncode != 0
    assert re.search(rf"remote: .*{re.escape(CANYIN)}:3:\d+: 错误", pushed.stderr)
    assert "remote: 这次推送没有收下，网站没有变。" in pushed.stderr
    assert "Traceback" not in pushed.stderr
    assert state(server) == before


def test_a_deleted_record_is_refused_and_one_replaced_by_its_tombstone_is_not(
    server: Server, clone: Path
) -> None:
    before = state(server)
    (clone / CANYIN).rename(clone.parent / "kept.yml")
    assert "CHANGE-002" in push(clone).stderr
    assert state(server) == before
    stone = clone / "chambers/_tombstones/yixing-canyin.yml"
    stone.parent.mkdir()
    stone.write_text("removed: 2026-03-05\nreason: mistaken\n", "utf-8")
    pushed = push(clone)
    assert pushed.returncode == 0, pushed.stderr
    assert "这条记录已经撤销" in server.get("chambers/yixing-canyin/")
    with pytest.raises(urllib.error.HTTPError) as missing:
        server.get("chambers/no-such-chamber/")
    assert missing.value.code == 404
    assert "没有找到这一页" in missing.value.read().decode("utf-8")
    stone.unlink()
    (clone.parent / "kept.yml").rename(clone / CANYIN)
    assert push(clone).returncode == 0


def test_prose_that_cannot_be_built_is_refused(server: Server, clone: Path) -> None:
    before = state(server)
    (clone / "content/about/more.md").write_text("# 更多\n\n[断了](no-such-page.md)\n", "utf-8")
    pushed = push(clone)
    assert pushed.returncode != 0
    assert "no-such-page.md" in pushed.stderr
    assert state(server) == before


def test_a_link_to_a_file_of_the_server_is_refused(server: Server, clone: Path) -> None:
    before = state(server)
    (clone / "content/secret.txt").symlink_to("/etc/hostname")
    pushed = push(clone)
    assert pushed.returncode != 0
    assert "content/secret.txt: 不能用符号链接" in pushed.stderr
    assert state(server) == before


def test_code_settings_and_templates_of_a_push_are_never_used(server: Server, clone: Path) -> None:
    evil = clone.parent / "evil-was-here"
    code = f"open({str(evil)!r}, 'w').close()\n"
    for name in ("build.py", "evil.py", "sitecustomize.py", "mkdocs.py", "content/evil.py"):
        (clone / name).write_text(code, "utf-8")
    (clone / "chamberbook").mkdir()
    (clone / "chamberbook/__init__.py").write_text(code, "utf-8")
    (clone / "mkdocs.yml").write_text("site_name: 坏\nhooks: [evil.py]\n", "utf-8")
    (clone / "templates/pages/home.html").write_text("<p>换掉的模板</p>", "utf-8")
    edit(clone / CANYIN, "verified: 2008-06", "verified: 2008-05")
    pushed = push(clone)
    assert pushed.returncode == 0, pushed.stderr
    assert not evil.exists()
    assert "换掉的模板" not in server.get()
    assert "<title>商会名录" in server.get()


def test_other_branches_come_in_and_publish_nothing(server: Server, clone: Path) -> None:
    before = state(server)
    edit(clone / CANYIN, "kind: industry", "kind: indutsry")
    pushed = push(clone, "origin", "HEAD:refs/heads/proposal")
    assert pushed.returncode == 0, pushed.stderr
    assert state(server) == before


def test_the_published_branch_is_neither_deleted_nor_rewritten(server: Server, clone: Path) -> None:
    before = state(server)
    assert "发布的分支不能删除。" in git(clone, "push", "origin", ":main").stderr
    git(clone, "commit", "--quiet", "--amend", "-m", "改写")
    assert git(clone, "push", "--force", "origin", "HEAD:main").returncode != 0
    assert state(server) == before


def test_the_daily_build_publishes_the_newest_commit_again(server: Server) -> None:
    (server.site / "index.html").write_text("旧", "utf-8")
    done = subprocess.run(
        [DEPLOY / "publish", server.repository], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "商会名录" in server.get()
    assert list((server.repository / "chamberbook-cache").iterdir()), (
        "what a build makes is there for the next"
    )
    # What is built is a folder outside of the repository; the repository still tells the past of its records.
    assert "没有更新记录" not in done.stdout
    months = (server.site / "changes").glob("2*/index.html")
    assert any("新建记录" in month.read_text("utf-8") for month in months)
