"""`build.py fmt`: one way to write a record, and nothing of what it says is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import ROOT, run_build
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chamberbook.canonical import format_yaml, kind_of, shapes, write_yaml
from chamberbook.source import parse_yaml

SHAPES = shapes()
SCHEMA_LINE = "# yaml-language-server: $schema=../_schema/chamber.schema.json\n"


def formatted(text: str, kind: str = "chamber") -> str:
    return format_yaml(text.encode(), "chambers/a/b.yml", kind, SHAPES[kind])


def body(text: str, kind: str = "chamber") -> str:
    return formatted(text, kind).partition("\n")[2]


def comments_of(text: str) -> list[str]:
    """The generated comments of a text, each with a number of its own."""
    return sorted(re.findall(r"# 注[0-9]+", text))


# -- generated files ---------------------------------------------------------------------------------------------

words = st.one_of(
    st.sampled_from([
        "02134", "no", "2008-06", "2008-06-30", "5E3", "true", "null", "~", "", "0755-12345678", "12:30:45", "1_000",
        "“四好”商会", "江苏“四好”", "*民政局", "甲: 乙", "甲 #乙", "甲#乙", "- 甲", "[甲", "甲, 乙", "it's", 'say "a"', "\\",
        "%", "@", "`", "行一\n行二", "行一\n\n行二\n", "行一\n  缩进\n", " 行首空格\n行二", "尾空格 \n二", "\n", "a\tb", "=", "<<",
        "0x1F", ".5", "1e3", "+1", "-", "?", "? a", ":", "甲:", "!a", "&a", "| a", "> a", "{a}", "N", "---", "...",
        "--- a", "#a", "'", '"', "0", "007", "3.50", "51422825679756268W", "中" * 60, " 空格 ",
    ]),
    st.text(st.sampled_from("abc甲乙 :#-[]{},'\"\\\n\t&*!|>%@`?=0123.e“”：，"), max_size=12),
)  # fmt: skip
keys = st.sampled_from(
    ["name", "kind", "region", "members", "ratings", "contact", "phone", "aliases", "industries", "sources", "r1",
     "title", "date", "count", "source", "fact_sources", "甲 乙", "12", "no", "a: b", "founded"]
)  # fmt: skip
values = st.recursive(
    st.one_of(st.none(), st.booleans(), words),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=10,
)
records = st.dictionaries(keys, values, min_size=1, max_size=6)


class Scribe:
    """Writes a value the way many hands would: any indent, any quotes, brackets here and there, comments anywhere."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.number = draw, 0

    def chance(self, of: int = 4) -> bool:
        return bool(self.draw(st.integers(0, of)) == of)

    def comment(self, lead: str) -> str:
        if not self.chance():
            return ""
        self.number += 1
        return f"{lead}# 注{self.number}"

    def lines(self, indent: int) -> str:
        """Some comments and blank lines before an entry."""
        out = ""
        while self.chance():
            out += (
                "\n" if self.chance(1) else (self.comment(" " * self.draw(st.integers(0, indent + 3))) + "\n")
            )
        return out

    def quoted(self, text: str) -> str:
        if "\n" not in text and "\t" not in text and self.chance(1):
            return "'" + text.replace("'", "''") + "'"
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
        return '"' + "".join(escapes.get(char, char) for char in text) + '"'

    def scalar(self, value: object) -> str:
        if value is None:
            return str(self.draw(st.sampled_from(["null", "~", "Null"])))
        if isinstance(value, bool):
            return str(value).lower()
        assert isinstance(value, str)
        if re.fullmatch("[a-z甲乙0-9-]*[a-z甲乙0-9]", value) and value not in ("true", "null"):
            return value if value[0] != "-" else self.quoted(value)
        return self.quoted(value)

    def flow(self, value: object) -> str:
        if not isinstance(value, dict | list):
            return self.scalar(value)
        parts = []
        items = value.items() if isinstance(value, dict) else [(None, item) for item in value]
        for key, item in items:
            before = self.comment("\n  ")
            text = (f"{self.quoted(key)}: " if key is not None else "") + self.flow(item)
            parts.append((before + "\n " if before else "") + text)
        joined = ", ".join(parts)
        after = self.comment(" ")
        inner = joined + (after + "\n " if after else "")
        return "{" + inner + "}" if isinstance(value, dict) else "[" + inner + "]"

    def block(self, value: dict[str, object] | list[object], indent: int) -> str:
        out = ""
        pad = " " * indent
        items = value.items() if isinstance(value, dict) else [(None, item) for item in value]
        for key, item in items:
            lead = pad + ("-" if key is None else self.quoted(key) + ":")
            out += self.lines(indent)
            if isinstance(item, dict | list) and item and self.chance(1):
                deeper = indent + self.draw(st.integers(1, 4))
                if isinstance(item, list) and key is not None and self.chance():
                    deeper = indent
                out += lead + self.comment(" ") + "\n" + self.block(item, deeper)
            else:
                out += f"{lead} {self.flow(item)}{self.comment('  ')}\n"
        return out + self.lines(indent)


@st.composite
def written(draw: st.DrawFn) -> str:
    return Scribe(draw).block(draw(records), 0)


@settings(max_examples=150, deadline=None)
@given(written(), st.sampled_from(sorted(SHAPES)))
@example("a: # 注1\n- b\n", "chamber")
@example("a: [[[b # 注1\n ] # 注2\n ]]\n", "chamber")
def test_the_meaning_and_every_comment_stay_and_a_second_time_changes_nothing(text: str, kind: str) -> None:
    before = parse_yaml(text.encode(), "x.yml")
    if before.problems or SHAPES[kind].items:
        return
    once = formatted(text, kind)
    assert parse_yaml(once.encode(), "x.yml").value == before.value
    assert comments_of(once) == comments_of(text)
    assert formatted(once, kind) == once
    assert once.startswith(f"# yaml-language-server: $schema=../_schema/{kind}.schema.json\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(values, min_size=1, max_size=4), st.randoms())
def test_lists_stay_in_their_order(value: list[object], random: object) -> None:  # noqa: ARG001
    text = write_yaml(value, "regions", SHAPES["regions"])  # type: ignore[arg-type]
    document = parse_yaml(text.encode(), "x.yml", top="list")
    if document.problems:  # a wide quote from end to end is refused even where it was generated
        return
    assert document.value == value
    assert formatted(text, "regions") == text


# -- single claims -----------------------------------------------------------------------------------------------


def test_keys_come_in_the_order_of_the_model_and_unknown_ones_last() -> None:
    assert (
        body("sources: {}\nzzz: 1\nkind: industry\nname: 甲\n")
        == 'name: 甲\nkind: industry\nsources: {}\nzzz: "1"\n'
    )


@pytest.mark.parametrize(
    "value", ["02134", "no", "5E3", "yes", "0510-87654321", "12:30", "320282", "1.0", "0x10"]
)
def test_a_text_that_other_readers_take_for_something_else_is_quoted(value: str) -> None:
    assert body(f"trade: {value}\n") == f'trade: "{value}"\n'


@pytest.mark.parametrize("value", ["2008", "2008-06", "2008-06-30"])
def test_a_date_and_a_number_have_no_quotes_where_they_belong(value: str) -> None:
    assert body(f"founded: '{value}'\n") == f"founded: {value}\n"
    assert (
        body(f'members: [{{count: "{value[:4]}", unit: 家}}]\n')
        == f"members:\n  - {{count: {value[:4]}, unit: 家}}\n"
    )


def test_a_comment_goes_with_its_field() -> None:
    text = "kind: industry  # 注1\n# 注2\nname: 甲 # 注3\ncontact:\n    phone: null\n    # 注4\n"
    assert body(text) == ("# 注2\nname: 甲  # 注3\nkind: industry  # 注1\ncontact:\n  phone: null\n  # 注4\n")


def test_a_paragraph_at_the_top_stays_at_the_top() -> None:
    assert body("# 注1\n\nkind: industry\nname: 甲\n") == "# 注1\n\nname: 甲\nkind: industry\n"


def test_a_list_with_comments_is_written_one_item_a_line() -> None:
    assert body("aliases: [甲, # 注1\n  乙]\n") == "aliases:\n  - 甲  # 注1\n  - 乙\n"


def test_several_lines_of_text_stay_several_lines() -> None:
    assert body("trade: |  # 注1\n    甲\n      乙\n") == "trade: |  # 注1\n  甲\n    乙\n"
    assert body('trade: "甲\\n乙"\n') == "trade: |-\n  甲\n  乙\n"


def test_line_ends_and_byte_order_mark_become_plain() -> None:
    text = format_yaml(
        "\ufeffname: 甲\r\nkind: industry # 注1\r\n".encode(), "p", "chamber", SHAPES["chamber"]
    )
    assert text == SCHEMA_LINE + "name: 甲\nkind: industry  # 注1\n"


def test_a_schema_of_an_outer_directory_stays_named() -> None:
    line = "# yaml-language-server: $schema=../../../chambers/_schema/chamber.schema.json\n"
    assert formatted(line + "name: 甲\n") == line + "name: 甲\n"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("chambers/yixing/yixing-taoci.yml", "chamber"),
        ("chambers/yixing/federation.yml", "federation"),
        ("chambers/_schemes/a.yml", "scheme"),
        ("chambers/_vocabulary/regions.yml", "regions"),
        ("chambers/_vocabulary/other.yml", None),
        ("chambers/_schema/a.yml", None),
        ("chambers/a.yml", None),
        ("chambers/a/b.md", None),
    ],
)
def test_the_kind_of_a_file_follows_from_its_place(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


# -- the command -------------------------------------------------------------------------------------------------


def spoil(root: Path) -> tuple[Path, str]:
    """Write a record of the small directory in another way; its path, and its text as it was."""
    assert run_build("fmt", "--root", root).returncode == 0
    path = root / "chambers/yixing/yixing-taoci.yml"
    good = path.read_text("utf-8")
    head, name, rest = re.split(r"^(name: .*\n)", good, maxsplit=1, flags=re.MULTILINE)
    path.write_text(head + rest + name, "utf-8")
    return path, good


def test_fmt_writes_the_files_that_need_it_and_names_them(small_root: Path) -> None:
    path, good = spoil(small_root)
    done = run_build("fmt", "--root", small_root)
    assert (done.returncode, done.stdout) == (0, "chambers/yixing/yixing-taoci.yml\n整理了 1 个文件。\n")
    assert path.read_text("utf-8") == good
    again = run_build("fmt", "--root", small_root, "--check", "--lang", "en")
    assert (again.returncode, again.stdout) == (
        0,
        "Everything is in its canonical form; nothing to change.\n",
    )


def test_fmt_check_and_diff_write_nothing(small_root: Path) -> None:
    path, _ = spoil(small_root)
    spoilt = path.read_bytes()
    checked = run_build("fmt", "--check", "--root", small_root)
    shown = run_build("fmt", "--check", "--diff", path, "--root", small_root)
    assert (checked.returncode, shown.returncode) == (1, 1)
    assert path.name in checked.stdout
    assert "--- a/chambers/yixing/yixing-taoci.yml\n+++ b/" in shown.stdout
    assert re.search(r"^\+name: ", shown.stdout, re.MULTILINE)
    assert path.read_bytes() == spoilt


def test_fmt_of_a_path_leaves_the_others_alone(small_root: Path) -> None:
    path, _ = spoil(small_root)
    spoilt = path.read_bytes()
    assert run_build("fmt", "chambers/_vocabulary", "--root", small_root, cwd=small_root).returncode == 0
    assert path.read_bytes() == spoilt


def test_a_file_that_cannot_be_read_is_reported_and_kept_and_the_others_are_written(small_root: Path) -> None:
    path, good = spoil(small_root)
    broken = small_root / "chambers/yixing/yixing-zisha.yml"
    broken.write_text("name：陶\nkind: industry\n", "utf-8")
    done = run_build("fmt", "--root", small_root)
    assert done.returncode == 1
    assert "chambers/yixing/yixing-zisha.yml:1:5" in done.stdout
    assert broken.read_text("utf-8") == "name：陶\nkind: industry\n"
    assert path.read_text("utf-8") == good


@pytest.mark.parametrize("path", ["/no/such/file.yml", ROOT / "mkdocs.yml"])
def test_fmt_refuses_a_path_that_holds_no_records(path: object) -> None:
    done = run_build("fmt", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_the_real_records_are_in_their_canonical_form() -> None:
    done = run_build("fmt", "--check")
    assert done.returncode == 0, done.stdout
