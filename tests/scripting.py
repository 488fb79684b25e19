"""How a test asks the modules of the pages themselves: one Node process that answers a line for a line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

import programs
from building import ROOT

ASSETS = ROOT / "templates/theme/assets"


class Modules:
    """A Node process with the modules of a folder.

    Both sides write ASCII with escapes, so every string goes through as it is, lone surrogates too.
    """

    def __init__(self, folder: Path = ASSETS) -> None:
        self.folder = folder

    def __enter__(self) -> Modules:
        command = [
            programs.node(),
            "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
            programs.NODE / "modules.js",
        ]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate(timeout=20)

    def ask(self, module: str, expression: str, *values: Any) -> Any:
        """`expression` with the module's exports as `m` and the values as `v`; a mistake is an AssertionError."""
        asked = {"path": str(self.folder / module), "expression": expression, "values": values}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer.get("value")
