"""Templates flattened before Jinja turns them into code: what is the same for every page is worked out once.

Macros keep the templates readable and cost more than what they print: a page of a chamber calls some hundred of them
and asks a catalog for a hundred texts. So, when a template is compiled,

- a call of a macro is replaced by the macro's body, `{% include %}` by the template, `{% call %}` by both bodies;
- `_("…")` is replaced by the text in the language of the environment, cut where values are printed;
- on a page in another language what values print in Chinese is marked (flatten/marks.py);
- `site.…` is replaced by the setting, and an `{% if %}` that is thereby decided by its branch.

What is printed stays the same byte for byte; tests/test_flatten.py holds that with and without. What is not
understood here (a macro that calls itself, one with optional or packed arguments of its own kind) is left to Jinja.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator
from jinja2.nodes import EvalContext, Impossible
from markupsafe import Markup, escape

from chamberbook.flatten.marks import marked
from chamberbook.flatten.trees import (
    SITE,
    Uses,
    done,
    is_done,
    is_setting,
    items_of,
    joined,
    printing,
    replaced,
    uses_of,
    without_unused,
)

#: The function of the templates that translates, and the one that takes a macro as an argument.
_TEXT, _FRAGMENTS = "_", "fragments"
_PLACE = re.compile(r"%\((\w+)\)s|%%")
#: What escaping would change.
_find_special = re.compile("[&<>\"']").search


def printed(value: object) -> str:
    """A value as a page prints it, escaped. Most are text without any character to escape, markup or numbers, which is
    found out in a fraction of the time that escaping takes; a page of a chamber prints 150 values."""
    if type(value) is str and not _find_special(value):
        return value
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else escape(value)


class _Code(CodeGenerator):
    """Jinja's own, with `printed` in the place of its `escape` in every template."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.printed")


class FlatEnvironment(Environment):
    """An environment whose templates are flattened for one language and one site. Everything else is Jinja's own."""

    code_generator_class = _Code
    printed = staticmethod(printed)

    def __init__(self, translations: NullTranslations, site: object, **options: Any) -> None:
        """`site` is what templates see by that name; `options` are those of Jinja's environment."""
        super().__init__(extensions=["jinja2.ext.i18n"], **options)
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        self.globals[SITE] = site
        self.translate = translations.gettext
        #: The templates of macros read so far.
        self.scopes: dict[str, Scope] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As a plain dict: Jinja chains it to the environment's, and looks through the chain for every page."""
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, name: str | None, *args: Any, **kwargs: Any) -> str:
        flat = Flattener(self, name or "").template(source)
        if getattr(self.globals[SITE], "foreign", False):
            flat = marked(flat)
        return super()._generate(flat, name, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro and the template that it stands in, by whose names its body is read."""

    home: Scope
    node: nodes.Macro
    uses: Uses


@dataclass(slots=True)
class Scope:
    """The macros that a template can call: its own, those that it imports, and what it passes on by `{% set %}`."""

    name: str
    macros: dict[str, Macro] = field(default_factory=dict)
    imports: dict[str, Scope] = field(default_factory=dict)

    def find(self, called: nodes.Expr) -> Macro | None:
        """The macro that `x(…)` or `m.x(…)` calls."""
        if isinstance(called, nodes.Name):
            return self.macros.get(called.name)
        if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
            module = self.imports.get(called.node.name)
            return module.macros.get(called.attr) if module else None
        return None


class Flattener:
    """Flattens one template. `_stack` holds the macros being put in place, so that none is put into itself."""

    def __init__(self, env: FlatEnvironment, name: str) -> None:
        self._env = env
        self._name = name
        self._context = EvalContext(env)
        self._stack: list[nodes.Macro] = []
        self._count = 0
        self._left: dict[str, str] = {}

    def template(self, source: nodes.Template) -> nodes.Template:
        """The same template, flat."""
        scope = self._scope(source.body, self._name)
        body = self._body(source.body, scope)
        imports = [
            nodes.Import(nodes.Const(home), target, False, lineno=1) for home, target in self._left.items()
        ]
        flat = nodes.Template([*imports, *without_unused(body)], lineno=1)
        flat.set_environment(self._env)
        return flat

    def _scope(self, body: Sequence[nodes.Node], name: str) -> Scope:
        scope = Scope(name)
        for node in body:
            if isinstance(node, nodes.Macro):
                scope.macros[node.name] = Macro(scope, node, uses_of(node.body))
            elif isinstance(node, nodes.Import) and isinstance(node.template, nodes.Const):
                scope.imports[node.target] = self._imported(node.template.value)
            elif isinstance(node, nodes.Assign):
                pairs = zip(items_of(node.target), items_of(node.node), strict=False)
                for target, value in pairs:
                    if isinstance(target, nodes.Name) and (macro := scope.find(value)):
                        scope.macros[target.name] = macro
        return scope

    def _imported(self, name: str) -> Scope:
        scope = self._env.scopes.get(name)
        if scope is None:
            scope = self._env.scopes[name] = self._scope(self._parsed(name), name)
        return scope

    def _parsed(self, name: str) -> list[nodes.Node]:
        assert self._env.loader is not None
        source, filename, _uptodate = self._env.loader.get_source(self._env, name)
        return self._env._parse(source, name, filename).body

    # Statements

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> list[nodes.Node]:
        flat: list[nodes.Node] = []
        for node in body:
            for one in self._statement(node, scope):
                if isinstance(one, nodes.Output) and flat and isinstance(flat[-1], nodes.Output):
                    flat[-1] = done(nodes.Output([*flat[-1].nodes, *one.nodes], lineno=flat[-1].lineno))
                else:
                    flat.append(one)
        return flat

    def _statement(self, node: nodes.Node, scope: Scope) -> list[nodes.Node]:
        if is_done(node):
            return [node]
        if isinstance(node, nodes.Output):
            return self._body([n for one in node.nodes for n in self._printed(one, scope)], scope)
        if isinstance(node, nodes.If):
            return self._if(node, scope)
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const) and node.with_context:
            body = self._parsed(node.template.value)
            return [done(nodes.Scope(self._body(body, scope), lineno=node.lineno))]
        if isinstance(node, nodes.CallBlock):
            return self._call_block(node, scope)
        if isinstance(node, nodes.Macro):
            self._stack.append(node)
            flat = self._whole(node, scope)
            self._stack.pop()
            return [flat]
        return [self._whole(node, scope)]

    def _whole(self, node: nodes.Node, scope: Scope) -> nodes.Node:
        """A statement of another kind: what it holds is flattened, itself it stays."""
        flat = copy.copy(node)
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Expr):
                setattr(flat, name, self._expr(value, scope))
            elif isinstance(value, list) and all(isinstance(one, nodes.Expr) for one in value):
                setattr(flat, name, [self._expr(one, scope) for one in value])
            elif isinstance(value, list):
                setattr(flat, name, self._body(value, scope))
        return done(flat)

    def _if(self, node: nodes.If, scope: Scope) -> list[nodes.Node]:
        branches: list[tuple[nodes.Expr, list[nodes.Node]]] = []
        last = node.else_
        for one in (node, *node.elif_):
            test = self._expr(one.test, scope)
            known, value = self._value(test)
            if not known:
                branches.append((test, self._body(one.body, scope)))
            elif value:
                last = one.body
                break
        other = self._body(last, scope)
        if not branches:
            return other
        (test, body), *more = branches
        elifs = [done(nodes.If(t, b, [], [], lineno=node.lineno)) for t, b in more]
        return [done(nodes.If(test, body, elifs, other, lineno=node.lineno))]

    def _printed(self, node: nodes.Expr, scope: Scope) -> list[nodes.Node]:
        """What `{{ … }}` becomes: statements that print the same."""
        if is_done(node) or isinstance(node, nodes.TemplateData):
            return [printing(node)]
        if isinstance(node, nodes.Call):
            macro = scope.find(node.node)
            if macro and (flat := self._inlined(node, macro, scope, None)) is not None:
                return flat
            if (parts := self._text(node, scope)) is not None:
                return [printing(*parts)]
        if isinstance(node, nodes.CondExpr):
            other = self._printed(node.expr2, scope) if node.expr2 is not None else []
            branch = nodes.If(node.test, self._printed(node.expr1, scope), [], other, lineno=node.lineno)
            return self._if(branch, scope)
        if isinstance(node, nodes.Concat):
            return [statement for one in node.nodes for statement in self._printed(one, scope)]
        return [printing(self._expr(node, scope))]

    def _call_block(self, node: nodes.CallBlock, scope: Scope) -> list[nodes.Node]:
        macro = scope.find(node.call.node)
        body = self._body(node.body, scope)
        if macro and not node.args:
            put = self._inlined(node.call, macro, scope, body)
            if put is not None:
                return put
        flat = copy.copy(node)
        flat.call = self._called(node.call, scope)
        flat.body = body
        return [done(flat)]

    # Macros

    def _inlined(
        self, call: nodes.Call, macro: Macro, scope: Scope, caller: list[nodes.Node] | None
    ) -> list[nodes.Node] | None:
        """The body of a macro with the arguments of a call in place; None when it has to stay a call."""
        given = self._arguments(call, macro, scope)
        if given is None or macro.node in self._stack or not macro.uses.can_inline(caller is not None):
            return None
        targets: list[nodes.Node] = []
        values: list[nodes.Expr] = []
        names: dict[str, nodes.Expr] = {}
        for name, value in given.items():
            if macro.uses.fits(value, name):
                names[name] = value
            else:
                names[name] = fresh = self._fresh(name)
                targets.append(nodes.Name(fresh.name, "store"))
                values.append(value)
        for name in macro.uses.sets - set(given):
            names[name] = self._fresh(name)
        body = [replaced(one, names, caller) for one in macro.node.body]
        self._stack.append(macro.node)
        flat = self._body(body, macro.home)
        self._stack.pop()
        if not targets and not any(one.find(nodes.Assign) for one in flat):
            return flat
        return [done(nodes.With(targets, values, flat, lineno=call.lineno))]

    def _arguments(self, call: nodes.Call, macro: Macro, scope: Scope) -> dict[str, nodes.Expr] | None:
        """Each parameter with its flattened value; None when the call does not fit."""
        params = [arg.name for arg in macro.node.args]
        defaults = dict(zip(reversed(params), reversed(macro.node.defaults), strict=False))
        if call.dyn_args or call.dyn_kwargs or len(call.args) > len(params):
            return None
        given = {name: self._expr(value, scope) for name, value in zip(params, call.args, strict=False)}
        given |= {pair.key: self._expr(pair.value, scope) for pair in call.kwargs}
        for name, value in defaults.items():
            if isinstance(value, nodes.Const):
                given.setdefault(name, done(value))
        return given if set(given) == set(params) else None

    def _fresh(self, name: str) -> nodes.Name:
        self._count += 1
        return done(nodes.Name(f"{name}_f{self._count}", "load"))

    # Expressions

    def _expr(self, node: Any, scope: Scope) -> Any:
        if is_done(node):
            return node
        if isinstance(node, nodes.Call):
            if (parts := self._text(node, scope)) is not None:
                return done(joined(parts))
            return self._called(node, scope)
        if is_setting(node):
            return done(nodes.Const(getattr(self._env.globals[SITE], node.attr), lineno=node.lineno))
        flat = copy.copy(node)
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(flat, name, self._expr(value, scope))
            elif isinstance(value, list):
                setattr(flat, name, [self._expr(one, scope) for one in value])
        if isinstance(flat, nodes.And | nodes.Or):
            flat = self._decided(flat)
        return done(flat)

    def _called(self, node: nodes.Call, scope: Scope) -> nodes.Call:
        """A call that stays one. A macro of another template is called by a name that leads there from here."""
        flat = copy.copy(node)
        macro = scope.find(node.node)
        flat.node = self._expr(node.node, scope) if macro is None else self._reference(macro)
        flat.args = [self._argument(one, node, scope) for one in node.args]
        flat.kwargs = [nodes.Keyword(one.key, self._expr(one.value, scope)) for one in node.kwargs]
        return done(flat)

    def _argument(self, value: nodes.Expr, call: nodes.Call, scope: Scope) -> nodes.Expr:
        """An argument; for `fragments` it may be a macro."""
        wants_macro = isinstance(call.node, nodes.Name) and call.node.name == _FRAGMENTS
        macro = scope.find(value) if wants_macro and not is_done(value) else None
        return self._expr(value, scope) if macro is None else self._reference(macro)

    def _reference(self, macro: Macro) -> nodes.Expr:
        """A macro by a name that leads to it from the template at hand."""
        if macro.home.name == self._name:
            return done(nodes.Name(macro.node.name, "load"))
        target = self._left.setdefault(macro.home.name, f"module_f{len(self._left)}")
        return done(nodes.Getattr(nodes.Name(target, "load"), macro.node.name, "load"))

    def _text(self, node: nodes.Call, scope: Scope) -> list[nodes.Expr] | None:
        """`_("…%(n)s…", n=x)` as the pieces that it prints."""
        if not isinstance(node.node, nodes.Name) or node.node.name != _TEXT or len(node.args) != 1:
            return None
        if not isinstance(node.args[0], nodes.Const) or node.dyn_args or node.dyn_kwargs:
            return None
        text = self._env.translate(node.args[0].value)
        values = {pair.key: self._expr(pair.value, scope) for pair in node.kwargs}
        parts: list[nodes.Expr] = []
        end = 0
        for match in _PLACE.finditer(text):
            parts.append(nodes.TemplateData(text[end : match.start()]))
            parts.append(values[match[1]] if match[1] else nodes.TemplateData("%"))
            end = match.end()
        return [*parts, nodes.TemplateData(text[end:])]

    def _decided(self, node: nodes.And | nodes.Or) -> nodes.Expr:
        """`a and b` where a is known: b, or a."""
        known, value = self._value(node.left)
        if not known:
            return node
        return node.right if bool(value) == isinstance(node, nodes.And) else node.left

    def _value(self, node: nodes.Expr) -> tuple[bool, Any]:
        node.set_environment(self._env)
        try:
            return True, node.as_const(self._context)
        except Impossible:
            return False, None
