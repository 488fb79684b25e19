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
    """Call `act` at the first call of a function such as chamberbook/tree:finish; the list then names the moment."""
    came: list[str] = []
    left = {(f"/{module}.py", name) for module, _, name in (one.partition(":") for one in moments.split("+"))}
    names = {name for _, name in left}

    def hook(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event != "call" or code.co_name not in names:
            return
        for moment in [one for one in left if one[1] == code.co_name and code.co_filename.endswith(one[0])]:
            left.remove(moment)
            came.append(code.co_name)
            if (
                left
            ):  # a hook in which an exception is raised is never called again: the signal comes just after it
                threading.Timer(0.001, act).start()
            else:
                sys.setprofile(None)
                act()

    sys.setprofile(hook)
    return came


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
    # In a process of the pool the moment comes unseen by this one; there only what ends the build is done.
    sys.exit(NEVER if code == 0 and not came else code)
