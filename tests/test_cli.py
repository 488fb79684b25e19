"""The commands as a person meets them: help, exit codes, words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import AS_OF, ROOT, run_build, run_python

from chamberbook import cli, reports
from chamberbook.commands import diff, usage

BREAK = ("region:", "regoin:")


def break_a_record(root: Path) -> Path:
    """Misspell a key of the first record below `root`; the path of the record from the root."""
    path = next(p for p in sorted((root / "chambers").glob("[a-z]*/*.yml")) if p.name != "federation.yml")
    text = path.read_text("utf-8")
    assert BREAK[0] in text
    path.write_text(text.replace(*BREAK, 1), "utf-8")
    return path.relative_to(root)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("用法", "命令", "选项", "只检查资料", "退出码")),
        ("en", ("usage", "Commands", "Options", "check", "Exit codes")),
    ],
)
def test_help_speaks_the_language_asked_for(lang: str, words: tuple[str, ...]) -> None:
    done = run_build("--help", "--lang", lang)
    assert done.returncode == 0
    assert [word for word in words if word.lower() not in done.stdout.lower()] == []
    for command in ("build", "check", "serve"):
        assert re.search(rf"^\s+{command}\b", done.stdout, re.MULTILINE)
    if lang == "en":
        assert re.findall(r"[\u4e00-\u9fff]", done.stdout) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("command", "flags"),
    [
        (
            "build",
            ("--root", "--out", "--as-of", "--base-url", "--jobs", "--lang", "--no-search", "--precompress"),
        ),
        ("check", ("PATH", "--root", "--as-of", "--lang")),
        ("serve", ("--root", "--address", "--poll", "--lang")),
    ],
)
def test_help_of_a_command_names_its_flags(command: str, flags: tuple[str, ...], lang: str) -> None:
    done = run_build(command, "--help", "--lang", lang)
    assert done.returncode == 0
    assert [flag for flag in flags if flag not in done.stdout] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-flag"],
        ["build", "--jobs", "many"],
        ["build", "--jobs", "-1"],
        ["build", "--as-of", "yesterday"],
        ["build", "--as-of", "2026-02-30"],
        ["build", "--base-url", "example.org"],
        ["build", "--base-url", "https://example.org/?a=b"],
        ["build", "--root", "/no/such/folder"],
        ["check", "no/such/file.yml"],
        ["--lang", "fr"],
        ["biuld"],
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments, ROOT) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert re.search(r"[\u4e00-\u9fff]", said.err)


def test_a_root_without_mkdocs_yml_is_wrong_use(
    small_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_root / "mkdocs.yml").unlink()
    assert cli.main(["--root", str(small_root), "--out", str(tmp_path / "site")], ROOT) == 2
    assert "mkdocs.yml" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_check_of_the_real_records_finds_no_error() -> None:
    done = run_build("check", "--as-of", AS_OF)
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stderr


def test_check_prints_each_mistake_with_its_place_and_ends_with_1(small_root: Path) -> None:
    path = break_a_record(small_root)
    done = run_build("check", "--root", small_root, "--as-of", AS_OF)
    assert done.returncode == 1
    assert re.search(
        rf"^{re.escape(path.as_posix())}:\d+:\d+: 错误 [A-Z]+-\d+: .*regoin", done.stdout, re.MULTILINE
    )
    assert "Traceback" not in done.stdout + done.stderr


def test_check_in_english(small_root: Path) -> None:
    path = break_a_record(small_root)
    done = run_build("check", "--root", small_root, "--as-of", AS_OF, "--lang", "en")
    assert done.returncode == 1
    assert f"{path.as_posix()}:" in done.stdout
    assert ": error " in done.stdout
    # Values from records stay as they are written; the words around them are English.
    assert "错误" not in done.stdout


def test_check_of_a_path_reports_that_path_alone(small_root: Path) -> None:
    path = break_a_record(small_root)
    inside = run_build("check", path, "--root", small_root, cwd=small_root)
    folder = run_build("check", path.parent, "--root", small_root, cwd=small_root)
    outside = run_build("check", "chambers/_vocabulary", "--root", small_root, cwd=small_root)
    assert (inside.returncode, folder.returncode, outside.returncode) == (1, 1, 0)
    assert path.as_posix() in inside.stdout
    assert path.as_posix() not in outside.stdout


def test_a_path_limits_the_report_and_never_the_rules(small_root: Path) -> None:
    """Mistakes between files are found though only one of the files is asked about, and told at that one alone."""
    yixing = small_root / "chambers/yixing"
    taoci, copy = yixing / "yixing-taoci.yml", yixing / "yixing-zzz.yml"
    text = (yixing / "yixing-canyin.yml").read_text("utf-8")
    copy.write_text(
        text.replace("founded: 2001", "status: merged\nsuccessor: yixing-taoc\nformer_slugs: [yixing-taoci]"),
        "utf-8",
    )
    arguments = ("--root", small_root, "--as-of", AS_OF)
    one = run_build("check", copy, *arguments)
    assert one.returncode == 1
    for rule in ("NAME-001", "SLUG-001", "STATUS-001"):
        assert f"{copy.relative_to(small_root).as_posix()}:" in one.stdout
        assert rule in one.stdout
    assert "是不是 yixing-taoci" in one.stdout
    other = run_build("check", taoci, *arguments)
    assert (other.returncode, "zzz" in other.stdout) == (0, False)
    every = run_build("check", *arguments, "--format", "json")
    part = run_build("check", copy, taoci, *arguments, "--format", "json")
    assert [p for p in json.loads(every.stdout)["problems"] if "zzz" in p["path"]] == json.loads(part.stdout)[
        "problems"
    ]


def test_check_writes_nothing(small_root: Path) -> None:
    before = sorted(small_root.rglob("*"))
    assert run_build("check", "--root", small_root, cwd=small_root).returncode == 0
    assert sorted(small_root.rglob("*")) == before


def test_a_build_says_what_it_does_in_plain_lines(small_root: Path, tmp_path: Path) -> None:
    done = run_build("--root", small_root, "--out", tmp_path / "site", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert "\r" not in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[-1].startswith("完成：")
    assert str(tmp_path / "site") in lines[-1]


#: What takes long to load, and the commands that do without.
HEAVY = frozenset(
    {"babel", "chamberbook.pages", "jinja2", "livereload", "mkdocs", "openpyxl", "PIL", "pypinyin"}
)
LIGHT = (
    (("--help",), HEAVY | {"pydantic", "yaml", "chamberbook.load"}),
    (("rules",), HEAVY | {"pydantic", "yaml", "chamberbook.load"}),
    (("fmt", "--check"), HEAVY | {"chamberbook.load"}),
    (("check", "--root", "tests/sites/small"), HEAVY - {"pypinyin"}),
    (("diff", "HEAD"), {"mkdocs", "openpyxl", "PIL"}),
    (("new", "--name", "x"), HEAVY - {"pypinyin"}),
    (("export", "--federation", "wuxi", "none.csv"), HEAVY - {"PIL", "openpyxl", "pypinyin"}),
)


@pytest.mark.parametrize(("command", "heavy"), LIGHT, ids=[command[0] for command, _ in LIGHT])
def test_a_command_loads_what_it_needs_alone(command: tuple[str, ...], heavy: set[str]) -> None:
    """Whoever runs one waits for every module that it loads."""
    program = (
        "import sys; from contextlib import suppress; from pathlib import Path; from chamberbook.cli import main\n"
        f"with suppress(SystemExit): print('ended with', main({list(command)}, Path.cwd()))\n"
        f"print('loaded', sorted(set(sys.modules) & {set(heavy)}))"
    )
    done = run_python("-c", program)
    assert done.stdout.endswith("loaded []\n"), done.stdout[-300:] + done.stderr


def test_the_formats_that_help_names_are_those_that_there_are() -> None:
    assert list(reports.FORMATS) == list(usage.REPORT_FORMATS)
    assert list(diff.FORMATS) == list(usage.DIFF_FORMATS)
