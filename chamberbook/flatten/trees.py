"""What flattening asks of Jinja's trees: what is bound, what is used, what may stand where."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard, TypeVar

from jinja2 import nodes
from markupsafe import Markup, escape

#: The global whose values are settled before the first page.
SITE = "site"
#: The names that a macro gets from Jinja when it takes more than it says.
_PACKED = ("varargs", "kwargs")

N = TypeVar("N", bound=nodes.Node)


def done(node: N) -> N:
    """Mark a node as flattened: it may stand in a body that is flattened once more."""
    node.is_done = True  # type: ignore[attr-defined]
    return node


def is_done(node: nodes.Node) -> bool:
    """Whether it is marked."""
    return getattr(node, "is_done", False)


def printing(*parts: nodes.Expr) -> nodes.Node:
    """A finished statement that prints the parts."""
    return done(nodes.Output(list(parts), lineno=1))


def items_of(node: nodes.Node) -> Sequence[Any]:
    """The parts of `a, b`; a itself."""
    return node.items if isinstance(node, nodes.Tuple) else [node]


def is_setting(node: nodes.Node) -> TypeGuard[nodes.Getattr]:
    """Whether it is `site.…`."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == SITE


def joined(parts: Sequence[nodes.Expr]) -> nodes.Expr:
    """Pieces as one value that is not escaped again."""
    if all(isinstance(part, nodes.TemplateData) for part in parts):
        return nodes.Const(Markup("".join(part.data for part in parts)))  # type: ignore[attr-defined]
    # The first piece makes the result markup; a constant among the others is escaped here, where Jinja would not.
    known = [nodes.Const(escape(p.value)) if isinstance(p, nodes.Const) else p for p in parts]
    return nodes.Concat([nodes.Const(Markup("")), *known])


@dataclass(slots=True)
class Uses:
    """What a body does with names: how often it reads each, which it reads in a loop, which it sets; and how often
    it prints `caller()`."""

    reads: Counter[str] = field(default_factory=Counter)
    looped: set[str] = field(default_factory=set)
    sets: set[str] = field(default_factory=set)
    callers: int = 0

    def fits(self, value: nodes.Expr, name: str) -> bool:
        """Whether a value may stand where the parameter is read, instead of being worked out before."""
        if name in self.sets:
            return False
        if isinstance(value, nodes.Const | nodes.TemplateData):
            return True
        if uses_of([value]).reads["loop"]:
            return False
        return isinstance(value, nodes.Name) or (self.reads[name] <= 1 and name not in self.looped)

    def can_inline(self, with_caller: bool) -> bool:
        """Whether the body needs nothing that only a call gives; `{{ caller() }}` stands in no loop."""
        if any(self.reads[name] for name in _PACKED):
            return False
        if not with_caller:
            return not self.reads["caller"]
        return self.callers == self.reads["caller"] and "caller" not in self.looped


def uses_of(body: Iterable[nodes.Node]) -> Uses:
    """The uses in some nodes and in all that they hold."""
    found = Uses()
    for node in body:
        _add_uses(node, found, in_loop=False)
    return found


def _add_uses(node: nodes.Node, found: Uses, *, in_loop: bool) -> None:
    if isinstance(node, nodes.Name):
        if node.ctx == "load":
            found.reads[node.name] += 1
            if in_loop:
                found.looped.add(node.name)
        else:
            found.sets.add(node.name)
    if isinstance(node, nodes.Output):
        found.callers += sum(map(is_caller, node.nodes))
    for name, value in node.iter_fields():
        inside = in_loop or (isinstance(node, nodes.For) and name in ("body", "test"))
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, nodes.Node):
                _add_uses(one, found, in_loop=inside)


def is_caller(node: nodes.Node) -> bool:
    """Whether it is `caller()`."""
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "caller"
        and not (node.args or node.kwargs)
    )


def replaced(node: Any, names: Mapping[str, nodes.Expr], caller: list[nodes.Node] | None) -> Any:
    """A copy with values for names, and the caller's body for `{{ caller() }}`."""
    if is_done(node):
        return node
    if isinstance(node, nodes.Name) and node.name in names:
        value = names[node.name]
        stored = node.ctx == "store" and isinstance(value, nodes.Name)
        return nodes.Name(value.name, "store") if stored else value  # type: ignore[attr-defined]
    if isinstance(node, nodes.Output) and caller is not None and any(map(is_caller, node.nodes)):
        body: list[nodes.Node] = []
        for one in node.nodes:
            body += caller if is_caller(one) else [nodes.Output([replaced(one, names, caller)])]
        return nodes.Scope(body)
    new = copy.copy(node)
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(new, name, replaced(value, names, caller))
        elif isinstance(value, list):
            parts = [replaced(one, names, caller) if isinstance(one, nodes.Node) else one for one in value]
            setattr(new, name, parts)
    return new


def without_unused(body: list[nodes.Node]) -> list[nodes.Node]:
    """A page without the macros and imports that nothing calls any more; a template of macros keeps all of them."""
    if not any(isinstance(one, nodes.Output) and not _is_blank(one) for one in body):
        return body
    while True:
        uses = [(one, _defines(one), uses_of([one]).reads) for one in body]
        read: Counter[str] = sum((reads for _one, _name, reads in uses), Counter())
        kept = [one for one, name, reads in uses if not name or read[name] > reads[name]]
        if len(kept) == len(body):
            return kept
        body = kept


def _defines(node: nodes.Node) -> str:
    if isinstance(node, nodes.Macro):
        return node.name
    return node.target if isinstance(node, nodes.Import) else ""


def _is_blank(node: nodes.Output) -> bool:
    return all(isinstance(one, nodes.TemplateData) and not one.data.strip() for one in node.nodes)
