"""A build in which something happens at a given moment: the build is killed there, or a file changes under it.

    python at.py MODULE:FUNCTION[+MODULE:FUNCTION] ACTION ... -- ARGUMENTS OF build.py

The moment is the first call of that function of the package, in whichever of its processes; with two functions it is done
at both moments. An action is one of

    kill SIGNAL SECONDS   the signal to the whole group of processes, so many seconds later
    write PATH TEXT       put the text at the end of a file
    remove PATH           remove a file or a folder

The program itself is as it always is: the moment is seen by Python's profiling hook.
"""

from __future__ import annotations

import functools
import importlib
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def action_of(words: list[str]) -> Callable[[], None]:
    """What is to be done."""
    kind, *rest = words
    if kind == "kill":
        number, seconds = signal.Signals[rest[0]], float(rest[1])
        return lambda: _kill(number, seconds)
    path = Path(rest[0])
    if kind == "write":
        return lambda: path.write_text(path.read_text("utf-8") + rest[1], "utf-8")
    assert kind == "remove"
    return lambda: shutil.rmtree(path) if path.is_dir() else path.unlink()


def _kill(number: signal.Signals, seconds: float) -> None:
    def later() -> None:
        time.sleep(seconds)
        os.killpg(os.getpgid(0), number)

    if seconds:
        threading.Thread(target=later, daemon=True).start()
    else:
        os.killpg(os.getpgid(0), number)


#: What the build ends with when the moment never came.
NEVER = 99


def watch(moments: str, act: Callable[[], None]) -> list[str]:
    """Call `act` at the first call of a function such as chamberbook/tree:finish; the list then names the moment.

    A second function is one that its own module calls: its name is given to what acts first, because after an exception
    in a hook, which a signal is, Python never calls the hook again.
    """
    came: list[str] = []
    first, *others = moments.split("+")
    module, _, name = first.partition(":")
    file = f"/{module}.py"

    def hook(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name == name and code.co_filename.endswith(file):
            sys.setprofile(None)
            came.append(first)
            act()

    for other in others:
        _act_before(other, came, act)
    sys.setprofile(hook)
    return came


def _act_before(moment: str, came: list[str], act: Callable[[], None]) -> None:
    path, _, name = moment.partition(":")
    module = importlib.import_module(path.replace("/", "."))
    function = getattr(module, name)

    @functools.wraps(function)
    def acts_first(*arguments: Any, **named: Any) -> Any:
        if moment not in came:
            came.append(moment)
            act()
        return function(*arguments, **named)

    setattr(module, name, acts_first)


if __name__ == "__main__":
    split = sys.argv.index("--")
    sys.path.insert(0, str(ROOT))
    # All of it: with the hook it would take twice as long to load.
    from chamberbook.cli import heed_signals, main

    importlib.import_module("chamberbook.commands.build")
    came = watch(sys.argv[1], action_of(sys.argv[2:split]))

    # As in a terminal, also where the shell started this in the background, which ignores Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    heed_signals()
    code = main(sys.argv[split + 1 :], ROOT)
    # In a process of the pool the moment comes unseen by this one; there only what ends the build is done. Of two moments
    # this process sees both.
    wanted = sys.argv[1].count("+") + 1
    sys.exit(NEVER if len(came) < wanted and (code == 0 or wanted > 1) else code)
