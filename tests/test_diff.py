"""`build.py diff`: real git repositories, both versions read through git."""

from __future__ import annotations

import contextlib
import html
import io
import json
import re
from pathlib import Path

import pytest
from building import AS_OF, ROOT
from factories import make_site
from jsonschema import Draft202012Validator
from repositories import CANYIN, TAOCI, YIXING, commit, edit, git

from chamberbook import cli
from chamberbook.changes.output import escaped
from chamberbook.exports.shapes import published_schemas
from chamberbook.rules import CATALOGUE


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small directory as a git repository with one commit, tagged `base`."""
    root = make_site(tmp_path / "directory")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "第一版")
    git(root, "tag", "base")
    return root


def run_diff(root: Path, *arguments: str) -> tuple[int, str, str]:
    """`build.py diff`: exit code, output, errors."""
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        code = cli.main(["diff", "--root", str(root), "--as-of", AS_OF, *arguments], ROOT)
    return code, out.getvalue(), error.getvalue()


def diff(root: Path, *arguments: str, code: int = 0) -> str:
    found, out, error = run_diff(root, *arguments)
    assert found == code, out + error
    return out


def diff_json(root: Path, *arguments: str, code: int = 0) -> dict[str, object]:
    value = json.loads(diff(root, "base", *arguments, "--format", "json", code=code))
    assert isinstance(value, dict)
    return value


def told(root: Path, kind: str, code: int = 0) -> list[str]:
    """The sentences of one kind, each with whose it is."""
    changes = diff_json(root, code=code)["changes"]
    assert isinstance(changes, list)
    return [f"{change['name']}：{change['text']}" for change in changes if change["kind"] == kind]


def rules(found: dict[str, object], part: str) -> list[str]:
    problems = found["problems"]
    assert isinstance(problems, dict)
    return [problem["rule"] for problem in problems[part]]


def test_nothing_changed_is_said_in_one_sentence(repository: Path) -> None:
    assert "资料没有改动。" in diff(repository, "base")
    assert "No record has changed." in diff(repository, "base", "HEAD", "--lang", "en")


def test_a_new_chamber_is_told_with_its_address_sources_and_pages(repository: Path) -> None:
    text = (repository / CANYIN).read_text("utf-8").replace("餐饮业", "茶业")
    (repository / YIXING / "yixing-chaye.yml").write_text(text, "utf-8")
    assert told(repository, "added") == [
        "宜兴市示例茶业商会：归宜兴市工商联，网址 chambers/yixing-chaye/；来源：交流材料（宜兴市工商联，2008-06）"
    ]
    assert diff_json(repository)["pages"] == {
        "added": ["chambers/yixing-chaye/"],
        "moved": [],
        "removed": [],
    }


def test_a_new_name_says_whether_the_old_one_is_kept(repository: Path) -> None:
    edit(repository, CANYIN, ("name: 宜兴市示例餐饮业商会", "name: 宜兴市示例美食商会"))
    (said,) = told(repository, "renamed")
    assert said.endswith("宜兴市示例餐饮业商会 → 宜兴市示例美食商会；旧名没有写进 former_names")


def test_a_moved_file_with_its_former_slug_leads_on(repository: Path) -> None:
    (repository / CANYIN).rename(repository / YIXING / "yixing-meishi.yml")
    edit(
        repository,
        f"{YIXING}/yixing-meishi.yml",
        ("founded: 2001", "former_slugs: [yixing-canyin]\nfounded: 2001"),
    )
    (said,) = told(repository, "moved")
    assert said.endswith("网址 chambers/yixing-canyin/ → chambers/yixing-meishi/，旧网址会转过来")
    pages = diff_json(repository)["pages"]
    assert pages == {
        "added": [],
        "moved": [{"from": "chambers/yixing-canyin/", "to": "chambers/yixing-meishi/"}],
        "removed": [],
    }


def test_a_moved_file_without_its_former_slug_is_a_problem(repository: Path) -> None:
    (repository / CANYIN).rename(repository / YIXING / "yixing-meishi.yml")
    found = diff_json(repository, code=1)
    assert rules(found, "touched") == ["CHANGE-001"]
    assert "加一行：former_slugs: [yixing-canyin]" in diff(repository, "base", code=1)
    assert told(repository, "removed", code=1) == []


def test_a_move_to_another_federation_keeps_the_address(repository: Path) -> None:
    (repository / CANYIN).rename(repository / "chambers/jiangsu/yixing-canyin.yml")
    (said,) = told(repository, "moved")
    assert said.startswith("宜兴市示例餐饮业商会：由 yixing 转归")


def test_a_deleted_file_is_a_problem_whatever_the_commit_says(repository: Path) -> None:
    (repository / CANYIN).unlink()
    found = diff_json(repository, code=1)
    assert rules(found, "touched") == ["CHANGE-002"]
    assert found["pages"]["removed"][0] == "chambers/yixing-canyin/"  # type: ignore[index]
    commit(repository, "删掉重复的一份")
    diff(repository, "base", "HEAD", code=1)
    assert "资料删掉了，网址 chambers/yixing-canyin/ 不再有" in diff(repository, "base", "HEAD", code=1)


def example(rule: str) -> tuple[str, str]:
    """What the catalogue calls wrong and right, without the line that says where it stands."""
    (text,) = [one for one in CATALOGUE if one.id == rule]
    wrong, right = (part.partition("\n") for part in (text.wrong, text.right))
    assert wrong[0] == right[0]
    return wrong[2], right[2]


def test_the_examples_of_the_rules_about_changes(repository: Path) -> None:
    for text, expected in zip(example("CHANGE-001"), (["CHANGE-001"], []), strict=True):
        record = (repository / CANYIN).read_text("utf-8")
        name, _, former = text.partition("\n")
        assert f"{name}\n" in record
        (repository / CANYIN).rename(repository / YIXING / "yixing-meishi.yml")
        edit(
            repository,
            f"{YIXING}/yixing-meishi.yml",
            (f"{name}\n", f"{name}\n{former}\n" if former else f"{name}\n"),
        )
        assert rules(diff_json(repository, code=len(expected)), "touched") == expected
        git(repository, "reset", "--quiet", "--hard", "base")
        git(repository, "clean", "-qfd")
    for rule, path in (("CHANGE-002", CANYIN), ("CHANGE-003", f"{YIXING}/yixing-taoci.yml")):
        for text, expected in zip(example(rule), ([rule], []), strict=True):
            (repository / path).unlink()
            if path != CANYIN:
                # What leads to it would be a mistake of its own.
                edit(
                    repository,
                    f"{YIXING}/yixing-zisha.yml",
                    ("successor: yixing-taoci", "successor: yixing-canyin"),
                )
            for charter in (repository / YIXING).glob(f"{Path(path).stem}.*.md"):
                charter.unlink()
            name, _, stone = text.removeprefix("# ").partition("\n")
            if stone:
                (repository / name).parent.mkdir(exist_ok=True)
                (repository / name).write_text(f"{stone}\n", "utf-8")
            assert rules(diff_json(repository, code=len(expected)), "touched") == expected
            git(repository, "reset", "--quiet", "--hard", "base")
            git(repository, "clean", "-qfd")


def test_an_address_that_a_record_had_before_stays_too(repository: Path) -> None:
    edit(repository, CANYIN, ("founded: 2001", "former_slugs: [canyin-hui]\nfounded: 2001"))
    commit(repository)
    git(repository, "tag", "--force", "base")
    edit(repository, CANYIN, ("former_slugs: [canyin-hui]\n", ""))
    assert rules(diff_json(repository, code=1), "touched") == ["CHANGE-001"]
    git(repository, "reset", "--quiet", "--hard")
    (repository / CANYIN).unlink()
    stone = repository / "chambers/_tombstones/yixing-canyin.yml"
    stone.parent.mkdir()
    stone.write_text("removed: 2026-03-05\nreason: mistaken\n", "utf-8")
    assert rules(diff_json(repository, code=1), "touched") == ["CHANGE-003"]
    stone.write_text("removed: 2026-03-05\nreason: mistaken\nformer_slugs: [canyin-hui]\n", "utf-8")
    assert rules(diff_json(repository), "touched") == []
    commit(repository)
    git(repository, "tag", "--force", "base")
    stone.unlink()
    assert rules(diff_json(repository, code=1), "touched") == ["CHANGE-002"]


@pytest.mark.parametrize(
    "ending", ["status: dissolved\nended: 2020", "status: merged\nsuccessor: yixing-taoci"]
)
def test_a_chamber_that_ended_stays_as_a_record_and_breaks_no_address(repository: Path, ending: str) -> None:
    edit(repository, CANYIN, ("founded: 2001", f"{ending}\nfounded: 2001"))
    found = diff_json(repository)
    assert rules(found, "touched") == []
    assert found["pages"] == {"added": [], "moved": [], "removed": []}


def test_a_file_replaced_by_a_tombstone_is_told_with_its_reason(repository: Path) -> None:
    (repository / "chambers/yixing/yixing-canyin.yml").unlink()
    stone = repository / "chambers/_tombstones/yixing-canyin.yml"
    stone.parent.mkdir()
    stone.write_text("removed: 2026-03-05\nreason: request\n", "utf-8")
    (removed,) = told(repository, "removed")
    assert "2026-03-05 撤销，原因 request" in removed
    assert rules(diff_json(repository, "HEAD"), "touched") == []


def test_a_file_merged_into_another_record_is_told_as_merged(repository: Path) -> None:
    (repository / CANYIN).unlink()
    edit(repository, TAOCI, ("founded: 2003-08", "former_slugs: [yixing-canyin]\nfounded: 2003-08"))
    assert told(repository, "merged") == [
        "宜兴市示例餐饮业商会：并入宜兴市示例陶瓷商会，旧网址转到 chambers/yixing-taoci/"
    ]


def test_a_record_that_says_merged_names_where_to(repository: Path) -> None:
    merged = "status: merged\nsuccessor: yixing-taoci\nended: 2020\nfounded: 2001"
    edit(repository, CANYIN, ("founded: 2001", merged))
    assert told(repository, "merged") == ["宜兴市示例餐饮业商会：并入宜兴市示例陶瓷商会，旧记录保留"]


def test_a_level_that_is_raised_names_its_evidence(repository: Path) -> None:
    award = (
        "ratings:\n  - {scheme: shili-xingji, level: si-xing, awarded: 2025-12-20, source: r1}\nactivities:"
    )
    edit(repository, CANYIN, ("activities:", award))
    commit(repository)
    git(repository, "tag", "--force", "base")
    edit(repository, CANYIN, ("activities:", "  - {scheme: shili-xingji, level: wu-xing, awarded: 2026-10-20, source: r1}\nactivities:"))  # fmt: skip
    held, record = told(repository, "level")
    assert held == "宜兴市示例餐饮业商会：示例星级：由四星级升为五星级"
    assert record.endswith(
        "新记一次授予：示例星级五星级，2026-10-20；凭据：交流材料（宜兴市工商联，2008-06）"
    )


def test_a_level_whose_record_is_deleted_is_lost(repository: Path) -> None:
    text = (repository / TAOCI).read_text("utf-8")
    line = next(line for line in text.splitlines(keepends=True) if "wu-xing" in line)
    edit(repository, TAOCI, (line, ""))
    held, record = told(repository, "level", code=0)
    assert held.endswith("示例星级：不再有五星级")
    assert "删去一次授予的记录：示例星级五星级，2025-12-20" in record


def test_a_revoked_level_is_lost_with_what_says_so(repository: Path) -> None:
    edit(repository, TAOCI, ("score: 93.5", "revoked: 2026-10-01, score: 93.5"))
    said = told(repository, "level")
    assert said[0].endswith("示例星级：不再有五星级")
    assert said[1].endswith("凭据：五星级商会公示（宜兴市工商联，2025-12-20）")


def test_a_changed_text_of_a_charter_is_counted_in_articles(repository: Path) -> None:
    path = f"{YIXING}/yixing-taoci.zilv-gongyue-2024.md"
    with (repository / path).open("a", encoding="utf-8") as file:
        file.write("\n\n第九十九条 会员应当按时报送产量。\n")
    (said,) = told(repository, "charter")
    assert said.endswith("全文改了：改 0 条，增 1 条，删 0 条，移 0 条")


def test_contacts_are_told_with_personal_numbers_masked(repository: Path) -> None:
    edit(repository, CANYIN, ("activities:", 'contact: {phone: "13800001234"}\nactivities:'))
    (said,) = told(repository, "contact", code=1)
    assert said.endswith("办公电话：（空） → 138****1234；凭据：交流材料（宜兴市工商联，2008-06）")
    assert "13800001234" not in diff(repository, "base", code=1)


def test_a_fact_that_lost_a_source_is_told(repository: Path) -> None:
    edit(repository, TAOCI, ("founded: [r1, r2]", "founded: r1"))
    (said,) = told(repository, "source")
    assert said.endswith("成立时间：少了来源五星级商会公示（宜兴市工商联，2025-12-20）")


def test_problems_of_touched_files_come_first_and_older_ones_do_not_count(repository: Path) -> None:
    edit(repository, CANYIN, ("founded: 2001", "founded: 2001年"))
    commit(repository)
    git(repository, "tag", "--force", "base")
    edit(repository, TAOCI, ("founded: 2003-08", "founded: 2003-09"))
    found = diff_json(repository)
    assert rules(found, "touched") == []
    assert rules(found, "older") != []
    assert found["pages"] is None
    edit(repository, TAOCI, ("level: county", "level: conty"))
    said = diff(repository, "base", code=1)
    assert said.index(TAOCI) < said.index("原来就有的问题") < said.index(CANYIN)


def test_an_error_caused_in_another_file_counts(repository: Path) -> None:
    (repository / "chambers/_schemes/shili-xingji.yml").unlink()
    found = diff_json(repository, code=1)
    assert rules(found, "caused") != []


def test_one_line_of_json_a_change_in_the_published_shape(repository: Path) -> None:
    edit(repository, CANYIN, ("founded: 2001\n", "founded: 2002\ncontact: {phone: 0510-87654321}\n"))
    commit(repository)
    lines = [json.loads(line) for line in diff(repository, "base", "HEAD", "--format", "ndjson").splitlines()]
    assert [(line["kind"], line["event"], line["chamber"], line["facts"]) for line in lines] == [
        ("contact", "corrected", "yixing-canyin", {"fields": ["contact.phone"]}),
        ("fact", "corrected", "yixing-canyin", {"fields": ["founded"]}),
    ]
    assert {line["region"] for line in lines} == {"320282"}
    shape = Draft202012Validator(published_schemas()["changes"])
    shape.validate(lines)
    assert [line["text"] for line in lines] == [one["text"] for one in diff_json(repository)["changes"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    ["<img src=x onerror=alert(1)>", "@everyone 商会", "[点](https://evil.example)", "![x](//e.example/x.png)",
     "见 #1 和 !2 商会", "`码` 商会", "**粗** _斜_ 商会", "www.evil.example 商会", "a@evil.example 商会", "&lt;b&gt; 商会",
     "# 题 商会", "- 条 商会", "| 表 | 商会"],
)  # fmt: skip
def test_hostile_names_stay_text_in_markdown(repository: Path, name: str) -> None:
    edit(repository, CANYIN, ("name: 宜兴市示例餐饮业商会", f"name: '{name}'"))
    said = diff(repository, "base", "--format", "markdown")
    assert f"→ {escaped(name)}" in said
    # Every character that Markdown could act upon is escaped, and the text is the name again when it is read.
    inside = escaped(name)
    assert re.search(r"(?<!\\)[]@#!*_`|\[]|[<>]", inside) is None
    assert re.search(r"[@#!]\w|https?:|www\.", inside) is None
    assert html.unescape(re.sub(r"\\(.)", r"\1", inside)).replace("\u2060", "") == name


def test_markdown_has_headings_and_an_item_for_each_change(repository: Path) -> None:
    edit(repository, CANYIN, ("founded: 2001", "founded: 2002"))
    lines = diff(repository, "base", "--format", "markdown", "--lang", "en").splitlines()
    assert lines[0].startswith("## From base to ")
    assert "### Other contents" in lines
    assert any(line.startswith("- **宜兴市示例餐饮业商会**: ") for line in lines)


def test_two_revisions_are_read_through_git_and_the_folder_is_left_alone(repository: Path) -> None:
    edit(repository, CANYIN, ("founded: 2001", "founded: 2002"))
    second = commit(repository)
    (repository / CANYIN).write_text("unfinished: [", "utf-8")
    before = git(repository, "status", "--porcelain")
    assert "2001 → 2002" in diff(repository, "base", second)
    assert git(repository, "status", "--porcelain") == before
    assert (repository / CANYIN).read_text("utf-8") == "unfinished: ["


def test_attributes_of_a_commit_hide_nothing(repository: Path) -> None:
    (repository / ".gitattributes").write_text("chambers/** export-ignore filter=evil\n", "utf-8")
    edit(repository, CANYIN, ("founded: 2001", "founded: 2002"))
    second = commit(repository)
    assert "2001 → 2002" in diff(repository, "base", second)


def test_a_link_in_a_commit_is_a_problem_and_is_not_followed(repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("name: 秘密\n", "utf-8")
    (repository / YIXING / "yixing-mimi.yml").symlink_to(secret)
    second = commit(repository)
    found = diff_json(repository, second, code=1)
    assert rules(found, "touched") == ["FILE-002"]
    assert "秘密" not in json.dumps(found, ensure_ascii=False)


def test_a_directory_below_the_top_of_its_repository_is_compared(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    root = make_site(tmp_path / "site" / "data")
    commit(tmp_path)
    edit(root, CANYIN, ("founded: 2001", "founded: 2002"))
    assert "2001 → 2002" in diff(root, "HEAD")


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "", "HEAD:chambers", "HEAD~99"])
def test_an_unknown_revision_is_said_plainly(repository: Path, revision: str) -> None:
    code, _, error = run_diff(repository, "--", revision)
    assert code == 2
    assert f"没有版本 {revision}" in error
    assert len(error.splitlines()) == 1
    assert sorted(path.name for path in repository.iterdir()) == [".git", "chambers"]


def test_a_shallow_clone_says_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    edit(repository, CANYIN, ("founded: 2001", "founded: 2002"))
    commit(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(shallow))
    code, _, error = run_diff(shallow, first)
    assert code == 2
    assert "浅克隆" in error
    assert "fetch-depth: 0" in error


def test_a_folder_without_git_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    code, _, error = run_diff(make_site(tmp_path / "plain"), "HEAD")
    assert code == 2
    assert "不是 git 仓库" in error
