"""The quick way through plainly written records gives what the full way gives, or nothing."""

from __future__ import annotations

import pytest
from building import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from chamberbook.source.events import compose
from chamberbook.source.plain import read_plain_text


def texts() -> list[str]:
    """The records of the checkout and of every broken site, as far as they are UTF-8."""
    found = []
    for folder in ("chambers", "examples", "tests/sites"):
        for path in sorted((ROOT / folder).rglob("*.yml")):
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return found


TEXTS = texts()
SHORT = [text for text in TEXTS if len(text) < 4000]
#: What gives a place in a text another meaning, alone or with what stands beside it.
PIECES = [
    *":-?,[]{}#&*!|>'\"%@`~=<.\\/ \n\t“‘＂ａ　\u00a0\u200b\ufeff0_an", ": ", " #", "- ", "\n  ", "\n- ", "  ", "<<: ",
    "null", "true", "---\n", "...\n", "!!str ", "&a ", "*a", "''", '""', "{}", "[]", "|\n", "a: b\n", "\r\n", ", ", "- - ",
    "\n    a: b\n", "{a: [b, c], d: 'e, f: g'}", "[a , b]", "[a,b]", "a: x:y\n", "a: x#y\n", "a: -b\n",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 2)), min_size=1, max_size=4
)


def assert_equal_or_none(text: str) -> None:
    quick = read_plain_text(text)
    if quick is not None:
        value, faults, ended = compose(text)
        assert (repr(quick), [], False) == (repr(value), faults, ended)


def test_every_record_reads_the_same_both_ways() -> None:
    for text in TEXTS:
        assert_equal_or_none(text)


def test_nearly_every_record_takes_the_quick_way() -> None:
    kept = [path.read_text("utf-8") for path in sorted((ROOT / "chambers").glob("[a-z]*/*.yml"))]
    assert sum(read_plain_text(text) is not None for text in kept) > 0.95 * len(kept)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SHORT), EDITS)
def test_a_record_with_any_slip_reads_the_same_or_takes_the_full_way(
    text: str, edits: list[tuple[float, str, int]]
) -> None:
    for where, piece, removed in edits:
        index = int(where * len(text))
        text = text[:index] + piece + text[index + removed :]
    assert_equal_or_none(text)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "  ", "    ", "- ", "  - ", "    - ", "      "]),
            st.sampled_from(
                ["a:", "b:", "a: x", "b: 'y'", "c: [d, e]", "c: {f: g}", "x", "# c", "", "a: x # c", "null: x", "a: ''"]
            ),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_any_indents_mean_the_same_both_ways(lines: list[tuple[str, str]]) -> None:
    assert_equal_or_none("\n".join(indent + content for indent, content in lines))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x b\n", "a: *x\n", "a: !!str b\n", "<<: {a: b}\n", "a: b\na: c\n", "a: {b: c, b: d}\n", "a: |\n  b\n", "a: b\n  c\n",
        "a: b\n---\nc: d\n", "a:\tb\n", "a: \u200bb\n", "a: “b”\n", "null: a\n", '"a": b\n', "a: b # c\n", "a: 'it''s'\n",
        'a: "b\\n"\n', "a: [b,\n  c]\n", "? a\n: b\n", "a: {b: {c: d}}\n", "- - a\n", "a: b\r\n", "\u3000a: b\n",
        "".join(f"k{number}: v\n" for number in range(501)),
        "".join("  " * depth + "a:\n" for depth in range(21)),
    ],
)  # fmt: skip
def test_whatever_is_out_of_the_ordinary_takes_the_full_way(text: str) -> None:
    assert read_plain_text(text) is None
