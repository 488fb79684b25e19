"""The documents say what the program does: figures, commands, settings, addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from building import AS_OF, ROOT, run_build, run_python
from test_site import record_files

from chamberbook import __version__, cli
from chamberbook.commands.usage import COMMANDS
from chamberbook.options import ChamberbookConfig

READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
DOCUMENTS = [*READMES.values(), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]


def table_after(text: str, head: str) -> list[list[str]]:
    """The rows of the Markdown table whose head line begins with `head`."""
    lines = text.split(head, 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]


def test_figures_equal_the_records() -> None:
    done = run_python("tools/figures.py")
    assert done.returncode == 0, done.stderr
    counted = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    english = table_after(READMES["en"].read_text("utf-8"), "| figure |")
    assert [[name, number] for number, name in counted] == english
    chinese = table_after(READMES["zh"].read_text("utf-8"), "| 项目 |")
    assert [number for _, number in chinese] == [number for _, number in english]
    assert int(english[0][1]) == len(record_files())


def words_of_help(lang: str, capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, str], str]:
    """Each command and flag with its words, as --help prints them."""

    def told(*arguments: str) -> str:
        with pytest.raises(SystemExit, match=r"^0$"):
            cli.main([*arguments, "--help", "--lang", lang], ROOT)
        return capsys.readouterr().out

    found = {}
    overview = told()
    for command in (command.name for command in COMMANDS):
        found[command, ""] = re.search(rf"^ +{command} +(.+)$", overview, re.MULTILINE)[1]  # type: ignore[index]
        text = told(command)
        for flag, words in re.findall(r"^ {2,}(--[a-z-]+(?: \S+)?|[A-Z]+) {2,}(.+)$", text, re.MULTILINE):
            found[command, flag] = words
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_of_commands_is_that_of_help(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    head = {"en": "| command |", "zh": "| 命令 |"}[lang]
    rows = table_after(READMES[lang].read_text("utf-8"), head)
    listed = {(command.strip("`"), flag.strip("`")): words for command, flag, words in rows}
    assert listed == words_of_help(lang, capsys)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_of_settings_is_that_of_the_plugin(lang: str) -> None:
    head = {"en": "| setting |", "zh": "| 设置 |"}[lang]
    listed = [name.strip("`") for name, _ in table_after(READMES[lang].read_text("utf-8"), head)]
    assert sorted(listed) == sorted(name for name, _ in ChamberbookConfig()._schema)


def test_both_readmes_have_the_same_sections() -> None:
    shape = [
        re.findall(r"^(#+|```\w*|\|---.*)", path.read_text("utf-8"), re.MULTILINE)
        for path in READMES.values()
    ]
    assert shape[0] == shape[1]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_to_files_and_headings(path: Path) -> None:
    def slugs(text: str) -> set[str]:
        heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}

    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        full = path if not file else (path.parent / file)
        assert full.exists(), target
        if anchor:
            assert anchor in slugs(full.read_text("utf-8")), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_and_paths_of_a_document_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", text)) <= targets
    for name in re.findall(
        r"`((?:chambers|templates|tests|tools|content|chamberbook|requirements|\.github)/[\w./-]*)`", text
    ):
        assert (ROOT / name).exists(), name


def test_the_example_record_of_the_guide_is_a_right_one(small_root: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    (small_root / "chambers" / "yixing" / "an-example.yml").write_text(example[1], "utf-8")
    done = run_build(
        "check", "chambers/yixing/an-example.yml", "--root", small_root, "--as-of", AS_OF, cwd=small_root
    )
    assert done.returncode == 0, done.stdout


def test_make_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    assert re.findall(r"^([a-z]+):.*## .+$", text, re.MULTILINE) == phony[1].split()


def test_the_changelog_ends_with_the_version_of_the_package() -> None:
    versions = re.findall(
        r"^## \[?(\d+\.\d+\.\d+)\]?", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert versions[0] == __version__


def test_actions_are_pinned_and_may_do_little() -> None:
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        for name, pin in re.findall(r"uses: (\S+?)@(\S+)", text):
            assert re.fullmatch("[0-9a-f]{40}", pin), name
        assert yaml.safe_load(text)["permissions"] == {}, path


def test_the_lock_pins_every_dependency_with_hashes() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lock = (ROOT / "requirements/site.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    assert {re.split(r"[ =<>]", name)[0].lower() for name in wanted} <= pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
