"""Pieces of pages that many pages share, rendered once: the row of a chamber is in a dozen lists, a filter in hundreds.

A piece depends on its page through the way to the site's root alone. It is rendered with a mark in the place of that
way and cut there; each page joins the parts with its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

#: Stands for the way to the root. No record can hold it: YAML refuses the character.
_MARK = "\0"


class Fragments:
    """What templates call as `fragments(macro, values, root, …)`; further arguments go before the value.

    Pieces are known by the identity of their value, which is kept with them, so that plans which share values (the
    rows, the filters that all lists have) share pieces. Holds at most `limit`, some 2.5 KB each in every process, and
    then begins anew: lists come region by region, so a row is mostly wanted again soon.
    """

    def __init__(self, limit: int = 40_000) -> None:
        self._limit = limit
        self._kept: dict[tuple[object, ...], tuple[object, list[str]]] = {}

    def __call__(
        self, macro: Callable[..., str], values: Iterable[object], root: str, *given: object
    ) -> Markup:
        """The pieces of all values, one behind the other. Markup because the macro escaped what it printed."""
        return Markup("".join([root.join(self._parts(macro, value, given)) for value in values]))

    def _parts(self, macro: Callable[..., str], value: object, given: tuple[object, ...]) -> list[str]:
        key = (macro.name, id(value), *given)  # type: ignore[attr-defined]
        kept = self._kept.get(key)
        if kept is not None:
            return kept[1]
        if len(self._kept) >= self._limit:
            self._kept.clear()
        parts = str(macro(*given, value, _MARK)).split(_MARK)
        self._kept[key] = (value, parts)
        return parts
