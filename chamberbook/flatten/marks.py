"""On pages in another language: whatever a value prints in Han characters is marked as Chinese.

A browser, a screen reader and a translator need to know it; the texts of a page come from a catalog, the values from
records in Chinese. As autoescaping keeps a value from being markup wherever it is printed, this marks its language:
when a template is compiled, each place where a value is printed as text of the page gets a filter. Inside a tag, and in
elements that hold plain text only, nothing can be marked.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes

#: The filter that marks a value; chamberbook/formats.py has it.
FILTER = "chinese"
#: Elements whose text cannot hold an element, and drawings.
_PLAIN = frozenset({"title", "option", "textarea", "script", "style", "svg"})
_SIGN = re.compile(r"<(/?)([a-zA-Z][\w-]*)?|>")


@dataclass(frozen=True, slots=True)
class _At:
    """Where in the HTML a template stands: inside a tag, its name, and the element of plain text around it."""

    tag: str | None = None
    closing: bool = False
    plain: str = ""

    def after(self, text: str) -> _At:
        """Behind a piece of HTML."""
        at = self
        for sign in _SIGN.finditer(text):
            if sign[0] == ">":
                at = at._out()
            elif at.tag is None:
                at = replace(at, tag=(sign[2] or "").lower(), closing=bool(sign[1]))
        return at

    def _out(self) -> _At:
        if self.tag is None:
            return self
        if self.closing:
            return _At(plain="" if self.tag == self.plain else self.plain)
        return _At(plain=self.plain or (self.tag if self.tag in _PLAIN else ""))


def marked(template: nodes.Template) -> nodes.Template:
    """The same flat template with the filter in every place."""
    body, _ = _body(template.body, _At())
    flat = nodes.Template(body, lineno=1)
    assert template.environment is not None
    flat.set_environment(template.environment)
    return flat


def _body(body: Sequence[nodes.Node], at: _At) -> tuple[list[nodes.Node], _At]:
    found: list[nodes.Node] = []
    for node in body:
        new, at = _output(node, at) if isinstance(node, nodes.Output) else _statement(node, at)
        found.append(new)
    return found, at


def _output(node: nodes.Output, at: _At) -> tuple[nodes.Node, _At]:
    parts: list[nodes.Expr] = []
    for part in node.nodes:
        if isinstance(part, nodes.TemplateData):
            at = at.after(part.data)
        text = at.tag is None and not at.plain and not isinstance(part, nodes.TemplateData | nodes.Const)
        parts.append(nodes.Filter(part, FILTER, [], [], None, None, lineno=node.lineno) if text else part)
    return nodes.Output(parts, lineno=node.lineno), at


def _statement(node: nodes.Node, at: _At) -> tuple[nodes.Node, _At]:
    """A statement with its bodies; what follows it stands where its first body ends."""
    new, end = copy.copy(node), None
    inner = _At() if isinstance(node, nodes.Macro | nodes.AssignBlock | nodes.CallBlock) else at
    for name, value in node.iter_fields():
        if isinstance(value, list) and value and all(isinstance(one, nodes.Stmt) for one in value):
            if name == "elif_":
                flat = [_statement(one, inner)[0] for one in value]
            else:
                flat, last = _body(value, inner)
                end = end or last
            setattr(new, name, flat)
    return new, end if end and inner is at else at
