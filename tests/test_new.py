"""`build.py new`: a valid, canonical record from a few answers."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from building import AS_OF, ROOT, run_build

from chamberbook import load
from chamberbook.drafts import find_industries, find_regions, propose_slug
from chamberbook.load import Loaded

FLAGS = (
    "--kind", "industry", "--source-title", "名单", "--source-by", "宜兴市工商联", "--source-kind", "official",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load.read_all(ROOT)


def records(root: Path) -> list[Path]:
    return sorted((root / "chambers").rglob("*"))


def in_terminal(arguments: Sequence[object], answers: Sequence[str], end: bytes = b"") -> tuple[int, str]:
    """Run the command in a pseudo-terminal, typing an answer at each question, then `end`."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", "--wait", sys.executable, ROOT / "build.py", *map(str, arguments)],
        stdin=child, stdout=child, stderr=child,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(child)
    said, waiting = b"", [answer.encode() + b"\n" for answer in answers] + ([end] if end else [])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([parent], [], [], 0.2)[0]:
            try:
                said += os.read(parent, 4096)
            except OSError:  # the other end is closed
                break
        elif waiting and said.decode(errors="ignore").rstrip(" ").endswith(("：", ":")):
            os.write(parent, waiting.pop(0))
            said += b"\n"
    os.close(parent)
    return process.wait(timeout=30), said.decode()


def test_flags_alone_make_a_record_that_is_right_and_canonical(small_root: Path) -> None:
    done = run_build("new", "--root", small_root, "--as-of", AS_OF, "--name", "宜兴市花木同业商会", "--founded", "2019",
                     "--industry", "C30", *FLAGS)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "chambers/yixing/yixing-huamu.yml\n"
    text = (small_root / done.stdout.strip()).read_text("utf-8")
    assert "\nname: 宜兴市花木同业商会\n" in text
    assert '\nregion: "320282"\n' in text
    checked = run_build("check", small_root / done.stdout.strip(), "--root", small_root, "--as-of", AS_OF)
    assert checked.returncode == 0, checked.stdout
    assert run_build("fmt", "--check", small_root / done.stdout.strip(), "--root", small_root).returncode == 0


def test_questions_in_a_terminal_offer_what_is_near_and_ask_again(small_root: Path) -> None:
    answers = ["宜兴市花木同业商会", "9x", "1", "宜兴是", "1", "", "陶", "C30", "花木", "二〇〇八", "2008-06",
               "名单", "宜兴市工商联", "", "", "1", ""]  # fmt: skip
    code, said = in_terminal(["new", "--root", small_root, "--as-of", AS_OF], answers)
    assert code == 0, said
    assert "是不是" in said
    assert "宜兴市（320282）" in said
    assert "yixing-huamu" in said
    text = (small_root / "chambers/yixing/yixing-huamu.yml").read_text("utf-8")
    for line in (
        "kind: industry",
        "industries: [C30]",
        "trade: 花木",
        'region: "320282"',
        "founded: 2008-06",
    ):
        assert f"\n{line}\n" in text


def test_questions_in_english(small_root: Path) -> None:
    _, said = in_terminal(["new", "--root", small_root, "--lang", "en"], [], end=b"\x04")
    assert "Full name of the chamber:" in said
    assert "Stopped; nothing was written." in said


@pytest.mark.parametrize("end", [b"\x03", b"\x04"])
def test_stopping_leaves_nothing_behind(small_root: Path, end: bytes) -> None:
    before = records(small_root)
    code, said = in_terminal(["new", "--root", small_root], ["宜兴市花木同业商会", "1"], end)
    assert code == 2
    assert "已停止，什么也没有写。" in said
    assert "Traceback" not in said
    assert records(small_root) == before


def test_a_record_that_the_rules_refuse_is_not_written(small_root: Path) -> None:
    before = records(small_root)
    done = run_build("new", "--root", small_root, "--as-of", AS_OF, "--name", "宜兴市花木同业商会", "--founded", "2030",
                     "--industry", "C30", *FLAGS)  # fmt: skip
    assert done.returncode == 1
    assert "DATE-001" in done.stdout
    assert records(small_root) == before


def test_nothing_is_overwritten(small_root: Path) -> None:
    path = small_root / "chambers/yixing/yixing-huamu.yml"
    path.write_text("name: [", "utf-8")  # cannot be read, so it is no record yet
    done = run_build("new", "--root", small_root, "--name", "宜兴市花木同业商会", "--industry", "C30", *FLAGS)
    assert done.returncode == 2
    assert path.read_text("utf-8") == "name: ["
    taken = run_build(
        "new", "--root", small_root, "--name", "宜兴市花木商会", "--slug", "yixing-taoci", *FLAGS
    )
    assert taken.returncode == 2
    assert "yixing-taoci.yml" in taken.stderr


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--name", "甲乙商会"), "--kind"),
        (("--name", "宜兴市花木商会", "--region", "没有的地方", *FLAGS), "--region"),
        (("--name", "宜兴市花木商会", "--industry", "没有", *FLAGS), "--industry"),
        (("--name", "宜兴市花木商会", "--founded", "去年", *FLAGS), "--founded"),
        (("--name", "宜兴市花木商会", "--slug", "Yi Xing", *FLAGS), "--slug"),
        (("--name", "宜兴市花木商会", "--source-url", "example.org", *FLAGS), "--source-url"),
        ((), "--name"),
    ],
)
def test_a_flag_that_cannot_be_used_is_named(small_root: Path, flags: tuple[str, ...], said: str) -> None:
    done = run_build("new", "--root", small_root, *flags)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("flag", "answer", "meant"),
    [
        ("--region", "宜心市", "宜兴市"),  # by sound
        ("--region", "宜兴县", "宜兴市"),  # by spelling
        ("--region", "yixingshi", "宜兴市"),
        ("--federation", "疑兴市工商连", "宜兴市工商联"),
        ("--federation", "yixin", "宜兴市工商联"),
        ("--industry", "非金数矿务制品业", "非金属矿物制品业"),
        ("--kind", "航业商会", "行业商会"),
        ("--kind", "indutry", "行业商会"),
    ],
)
def test_an_answer_nearly_right_gets_at_most_three_proposals(
    small_root: Path, flag: str, answer: str, meant: str
) -> None:
    flags = [
        *FLAGS,
        "--name",
        "宜兴市花木同业商会",
        "--industry",
        "C30",
        "--federation",
        "yixing",
        flag,
        answer,
    ]
    done = run_build("new", "--root", small_root, *flags)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert f"{flag}：" in line
    offered = re.findall(r"([^ 、]+)（[\w-]+）", line.partition("：")[2])
    assert meant in [name[-len(meant) :] for name in offered]
    assert 1 <= len(offered) <= 3


def test_a_name_that_means_nothing_known_gets_no_random_proposal(small_root: Path) -> None:
    done = run_build("new", "--root", small_root, *FLAGS, "--name", "宜兴市花木商会", "--federation", "ΩΩΩΩ")
    assert done.returncode == 2
    assert "没有这家工商联；写它的名称" in done.stderr


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("宜兴市花木同业商会", "yixing-huamu"),
        ("泉州市晋江商会", "quanzhou-jinjiang"),
        ("徐州市总商会", "xuzhou-zong-shanghui"),
        ("陕西省LED照明商会", "shaanxi-led-zhaoming"),
        ("重庆市绿色农业协会", "chongqing-lyuse-nongye"),
    ],
)
def test_the_address_is_pinyin_by_words(loaded: Loaded, name: str, slug: str) -> None:
    assert propose_slug(name, loaded) == slug


def test_an_address_that_is_taken_is_not_proposed(loaded: Loaded) -> None:
    assert "yixing-huahui-yuanyi" in loaded.chambers
    assert propose_slug("宜兴市花卉园艺商会", loaded) == "yixing-huahui-yuanyi-shanghui"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宜兴", ["宜兴市"]),
        ("320282", ["宜兴市"]),
        ("yixing", ["宜兴市"]),
        ("宜兴是", ["宜兴市", "资兴市", "泰兴市"]),
        ("吴江市", ["吴江区"]),
        ("鼓楼区", ["鼓楼区", "鼓楼区", "鼓楼区"]),
        ("无此地", []),
    ],
)
def test_regions_are_found_by_name_code_and_pinyin_and_old_ones_lead_to_their_heirs(
    loaded: Loaded, text: str, names: list[str]
) -> None:
    assert [region.name for region in find_regions(text, loaded.vocabulary.regions)] == names


def test_industries_are_found_by_words(loaded: Loaded) -> None:
    assert [one.code for one in find_industries("餐饮", loaded.vocabulary.industries)] == ["H", "H62"]
    assert [one.code for one in find_industries("c30", loaded.vocabulary.industries)] == ["C30"]
