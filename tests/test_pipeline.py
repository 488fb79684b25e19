"""Whole builds: the same input gives the same bytes, and a failed build changes nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from building import AS_OF, ROOT, built, free_port, run_build, run_python
from test_cli import break_a_record

from chamberbook import sums


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def test_two_builds_give_equal_bytes_whatever_the_jobs_zone_and_hash_seed(
    real_site: Path, tmp_path: Path
) -> None:
    done = run_build(
        "--out",
        tmp_path / "site",
        "--as-of",
        AS_OF,
        "--jobs",
        2,
        PYTHONHASHSEED="7",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    one, two = tree(real_site), tree(tmp_path / "site")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_mkdocs_build_gives_the_same_pages_as_build_py(small_root: Path, tmp_path: Path) -> None:
    config = small_root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  chamberbook:\n", f'  chamberbook:\n    as_of: "{AS_OF}"\n', 1),
        "utf-8",
    )
    ours = built(tmp_path / "ours", "--root", small_root)
    done = run_python("-m", "mkdocs", "build", "--quiet", "--site-dir", tmp_path / "theirs", cwd=small_root)
    assert done.returncode == 0, done.stderr
    one, two = tree(ours), tree(tmp_path / "theirs")
    del one[sums.FILE]  # the list of what build.py publishes
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_a_build_with_a_mistake_writes_nothing_and_keeps_the_last_good_site(
    small_root: Path, tmp_path: Path
) -> None:
    site = built(tmp_path / "out" / "site", "--root", small_root)
    before = tree(site)
    path = break_a_record(small_root)
    done = run_build("--root", small_root, "--out", site, "--as-of", AS_OF)
    assert done.returncode == 1
    assert re.search(rf"{re.escape(path.as_posix())}:\d+:\d+: ", done.stderr)
    assert tree(site) == before
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_mkdocs_build_with_a_mistake_keeps_the_last_good_site_too(small_root: Path, tmp_path: Path) -> None:
    site = built(tmp_path / "site", "--root", small_root)
    before = tree(site)
    path = break_a_record(small_root)
    done = run_python("-m", "mkdocs", "build", "--site-dir", site, cwd=small_root)
    assert done.returncode != 0
    assert f"{path.as_posix()}:" in done.stderr
    assert tree(site) == before


def test_a_dead_link_in_prose_stops_the_build(small_root: Path, tmp_path: Path) -> None:
    (small_root / "content" / "dead.md").write_text("# 死链\n\n[没有](no-such-page.md)\n", "utf-8")
    done = run_build("--root", small_root, "--out", tmp_path / "site", "--as-of", AS_OF)
    assert done.returncode == 2
    assert "no-such-page.md" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_base_url_names_canonical_addresses_the_sitemap_and_the_404_page(
    small_root: Path, tmp_path: Path
) -> None:
    site = built(
        tmp_path / "site", "--root", small_root, "--base-url", "https://example.org/dir", "--no-search"
    )
    home = (site / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/dir/">' in home
    locations = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert "https://example.org/dir/" in locations
    assert locations == sorted(locations)
    for location in locations:
        assert (site / location.removeprefix("https://example.org/dir/") / "index.html").is_file(), location
    assert 'href="/dir/assets/' in (site / "404.html").read_text("utf-8")
    assert not (site / "pagefind").exists()


def test_a_site_without_a_base_url_names_no_address_of_its_own(real_site: Path) -> None:
    assert not (real_site / "sitemap.xml").exists()
    assert "canonical" not in (real_site / "index.html").read_text("utf-8")


def test_filing_numbers_stand_in_the_footer_of_every_page_when_set(small_root: Path, tmp_path: Path) -> None:
    config = small_root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace(
            "  chamberbook:\n",
            "  chamberbook:\n    icp: 苏ICP备12345678号\n    police: 苏公网安备32010202010001号\n",
            1,
        ),
        "utf-8",
    )
    site = built(tmp_path / "site", "--root", small_root, "--no-search")
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        assert '<a href="https://beian.miit.gov.cn/" rel="nofollow">苏ICP备12345678号</a>' in html, page
        assert "苏公网安备32010202010001号" in html, page


def test_the_real_site_shows_no_filing_numbers(real_site: Path) -> None:
    assert "beian" not in (real_site / "index.html").read_text("utf-8")


#: What a preview says of its search, and a file of search that holds names.
STATE, ROWS = "search/state.json", "search/rows/name-0.json"


class Preview:
    """A running `build.py serve`."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url, self.process = url, process

    def text(self, path: str = "") -> str:
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return str(answer.read().decode("utf-8"))

    def wait_for(self, words: str, path: str = "", seconds: float = 60) -> None:
        """Return when the page holds the words; fail when it does not within the time."""
        last: object = None
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the preview ended"
            try:
                if words in (last := self.text(path)):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                last = error
            time.sleep(0.2)
        raise AssertionError(f"{words!r} did not appear: {str(last)[:500]}")


@contextmanager
def preview(root: Path, log: Path, *options: str) -> Iterator[Preview]:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, ROOT / "build.py", "serve", "--root", root),
                *("--address", f"127.0.0.1:{port}", *options),
            ],
            stdout=output,
            stderr=output,
        )
        try:
            yield Preview(f"http://127.0.0.1:{port}/", process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_the_preview_rebuilds_on_an_edit_and_survives_a_broken_record(
    small_root: Path, tmp_path: Path
) -> None:
    path = next(
        p for p in sorted((small_root / "chambers").glob("[a-z]*/*.yml")) if p.name != "federation.yml"
    )
    text = path.read_text("utf-8")
    name = re.search(r"^name: (.+)$", text, re.MULTILINE)[1]  # type: ignore[index]
    log = tmp_path / "log.txt"
    with preview(small_root, log) as site:
        page = f"chambers/{path.stem}/"
        site.wait_for(name, page)
        site.wait_for('"ready"', STATE)
        path.write_text(text.replace(f"name: {name}", f"name: {name}改一", 1), "utf-8")
        site.wait_for(f"{name}改一", page)
        # The page comes first, the lists after it, search behind both.
        site.wait_for(f"{name}改一", "chambers/")
        site.wait_for(f"{name}改一", ROWS)
        site.wait_for('"ready"', STATE)
        said = log.read_text("utf-8")
        assert said.count("搜索索引正在更新") == said.count("搜索索引已更新") == 2
        path.write_text(text.replace(*("region:", "regoin:"), 1), "utf-8")
        deadline = time.monotonic() + 30
        while "regoin" not in log.read_text("utf-8", "replace"):
            assert time.monotonic() < deadline, "the mistake was not reported"
            time.sleep(0.2)
        site.wait_for(f"{name}改一", page)
        assert '"ready"' in site.text(STATE)
        path.write_text(text.replace(f"name: {name}", f"name: {name}改二", 1), "utf-8")
        site.wait_for(f"{name}改二", page)
        template = small_root / "templates/pages/home.html"
        template.write_text(template.read_text("utf-8") + "\n<p>模板改了</p>\n", "utf-8")
        site.wait_for("模板改了")
        site.wait_for(f"{name}改二", ROWS)
        assert "assets/preview.js" in site.text("search/")
    assert "Traceback" not in log.read_text("utf-8", "replace")


def test_a_preview_that_looks_by_itself_sees_an_edit_that_the_system_does_not_tell_of(
    small_root: Path, tmp_path: Path
) -> None:
    path = next(p for p in sorted((small_root / "chambers").glob("[a-z]*/*-*.yml")))
    name = re.search(r"^name: (.+)$", path.read_text("utf-8"), re.MULTILINE)[1]  # type: ignore[index]
    config = small_root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("    jobs: 0", "    search: false"), "utf-8")
    with preview(small_root, tmp_path / "log.txt", "--poll") as site:
        site.wait_for(name, f"chambers/{path.stem}/")
        children = Path(f"/proc/{site.process.pid}/fd")
        if children.is_dir():  # Linux: nothing of the system's own telling is in use
            assert not any("inotify" in os.readlink(one) for one in children.iterdir())
        path.write_text(path.read_text("utf-8").replace(name, f"{name}改一", 1), "utf-8")
        site.wait_for(f"{name}改一", f"chambers/{path.stem}/")
        site.wait_for(f"{name}改一", "chambers/")
        # It ends while the rest of an edit is being made.
        path.write_text(path.read_text("utf-8").replace(f"{name}改一", f"{name}改二", 1), "utf-8")
        site.wait_for(f"{name}改二", f"chambers/{path.stem}/")
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(timeout=60) == 0
    assert "Traceback" not in (tmp_path / "log.txt").read_text("utf-8", "replace")


@pytest.mark.parametrize("name", ["A & B <c> \"d\" 'e'", "<script>alert(1)</script>", "{{ 7*7 }}"])
def test_a_hostile_name_is_text_everywhere(small_root: Path, tmp_path: Path, name: str) -> None:
    path = next(
        p for p in sorted((small_root / "chambers").glob("[a-z]*/*.yml")) if p.name != "federation.yml"
    )
    quoted = "'" + name.replace("'", "''") + "'"
    path.write_text(
        re.sub(r"^name: .+$", lambda _: f"name: {quoted}", path.read_text("utf-8"), count=1, flags=re.M),
        "utf-8",
    )
    site = tmp_path / "site"
    done = run_build("--root", small_root, "--out", site, "--as-of", AS_OF, "--no-search")
    if done.returncode == 1:
        return  # The rules refuse it: nothing is published.
    assert done.returncode == 0, done.stderr
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<c>" not in text
        assert "<script>alert" not in text
