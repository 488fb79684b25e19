"""What is checked before a site is published: files, links, search; and how links are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from building import AS_OF, ROOT, run_build

from chamberbook import load, search, sums, whole
from chamberbook.derive import Directory, directory
from chamberbook.links import linked_files
from chamberbook.plugin import as_of
from chamberbook.problems import WrongUse
from chamberbook.write import File, Stamp, Work, write_all


@pytest.mark.parametrize(
    ("address", "page", "found"),
    [
        ("../../chambers/b/", "chambers/a/index.html", "chambers/b/index.html"),
        ("../b/#x", "chambers/a/index.html", "chambers/b/index.html"),
        ("../../", "chambers/a/index.html", "index.html"),
        ("../../a/?q=1&amp;p=2", "chambers/a/index.html", "a/index.html"),
        ("record.json", "chambers/a/index.html", "chambers/a/record.json"),
        ("record.json", "404.html", "record.json"),
        ("", "chambers/a/index.html", "chambers/a/index.html"),
        ("../../data/%E5%90%8D.csv", "chambers/a/index.html", "data/名.csv"),
        ("a&amp;b.txt", "index.html", "a&b.txt"),
        ("./", "index.html", "index.html"),
        ("/dir/a/", "404.html", "a/index.html"),
        ("/elsewhere/", "404.html", None),
        ("../suzhou/", "index.html", None),
        ("#top", "index.html", None),
        ("https://example.org/", "index.html", None),
        ("//example.org/a/", "index.html", None),
        ("mailto:a@example.org", "index.html", None),
    ],
)
def test_a_link_leads_to_a_file_of_the_site_or_out_of_it(address: str, page: str, found: str | None) -> None:
    html = f'<a class="x" href="{address}">'
    assert linked_files(html, page, "/dir/") == ({found} if found else set())


def site_of(folder: Path, **pages: str) -> list[Stamp]:
    files = [
        File(f"{name}.html", text.encode(), links=linked_files(text, name)) for name, text in pages.items()
    ]
    return [stamp for _, stamps in write_all([Work(b"", lambda: files)], folder) for stamp in stamps]


def test_a_missing_a_changed_and_an_empty_page_are_refused(tmp_path: Path) -> None:
    made = site_of(tmp_path, index="home", a="one", b="two")
    whole.check_files(dict(sums.files_in(tmp_path)), made, ["index.html"])
    with pytest.raises(WrongUse, match=r"c\.html"):
        whole.check_files(dict(sums.files_in(tmp_path)), made, ["c.html"])
    (tmp_path / "theirs.html").touch()
    with pytest.raises(WrongUse, match=r"theirs\.html"):
        whole.check_files(dict(sums.files_in(tmp_path)), made)
    (tmp_path / "b.html").write_text("too")
    with pytest.raises(WrongUse, match=r"b\.html"):
        whole.check_files(dict(sums.files_in(tmp_path)), made)
    (tmp_path / "a.html").unlink()
    with pytest.raises(WrongUse, match=r"a\.html"):
        whole.check_files(dict(sums.files_in(tmp_path)), made)


def test_a_dead_link_is_refused_on_our_pages_and_on_others(tmp_path: Path) -> None:
    made = site_of(tmp_path, index='<a href="a.html">')
    with pytest.raises(WrongUse, match=r"index\.html → a\.html"):
        whole.check_links(tmp_path, dict(sums.files_in(tmp_path)), made, "/")
    (tmp_path / "a.html").write_text('<img src="b.png">')
    with pytest.raises(WrongUse, match=r"a\.html → b\.png"):
        whole.check_links(tmp_path, dict(sums.files_in(tmp_path)), made, "/")
    (tmp_path / "b.png").touch()
    whole.check_links(tmp_path, dict(sums.files_in(tmp_path)), made, "/")


def test_a_dead_link_that_pages_of_one_work_share_is_told_once(tmp_path: Path) -> None:
    made = site_of(tmp_path, index='<a href="gone.html"><a href="a.html">', a='<a href="gone.html">')
    assert [stamp.links for stamp in made] == ["a.html\ngone.html", ""]
    with pytest.raises(WrongUse, match=r"index\.html → gone\.html \(1\)"):
        whole.check_links(tmp_path, dict(sums.files_in(tmp_path)), made, "/")


@pytest.fixture(scope="module")
def real() -> Directory:
    return directory(load.read_all(ROOT), as_of(AS_OF))


def test_the_index_of_the_site_answers(real_site: Path, real: Directory) -> None:
    search.check_index(real_site, real)


@pytest.mark.parametrize("damage", ["entry", "list", "part", "other", "table"])
def test_an_index_that_does_not_answer_is_refused(
    real_site: Path, real: Directory, tmp_path: Path, damage: str
) -> None:
    for name in ("pagefind", "search"):
        shutil.copytree(real_site / name, tmp_path / name)
    index = tmp_path / "pagefind"
    if damage == "entry":
        (index / "pagefind-entry.json").write_text("{}")
    elif damage == "list":
        next(index.glob("*.pf_meta")).write_bytes(b"noise")
    elif damage == "part":
        shutil.rmtree(index / "index")
    elif damage == "other":
        parts = list((index / "index").iterdir())
        for part in parts:
            part.write_bytes(parts[-1].read_bytes())
    else:
        (tmp_path / "search/table.json").write_text("{")
    with pytest.raises(WrongUse):
        search.check_index(tmp_path, real)


def test_a_build_whose_prose_has_a_dead_link_is_not_published(small_root: Path) -> None:
    (small_root / "content/raw.html").write_text('<a href="nowhere/">x</a>')
    done = run_build("--root", small_root, "--as-of", AS_OF, "--no-search", "--no-cache")
    assert done.returncode == 2
    assert "raw.html → nowhere/index.html" in done.stderr
    assert not (small_root / "site").exists()
