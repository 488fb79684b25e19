"""A process that has loaded the program, and forks for every command that a test runs.

Loading takes longer than most commands do. The forked process runs build.py as a person's does, with a working folder,
an environment and outputs of its own; what a test changes never reaches the next. Started as `loaded.py FD`, where FD
is a socket that listens; it ends with the process that started it.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

BUILD = Path(__file__).resolve().parent.parent / "build.py"
#: Modules whose import brings the others: those of the program, and those that MkDocs loads by name.
_MODULES = (
    *(f"chamberbook.commands.{path.stem}" for path in (BUILD.parent / "chamberbook/commands").glob("[a-z]*.py")),
    *(f"markdown.extensions.{name}" for name in ("attr_list", "codehilite", "fenced_code", "tables", "toc")),
    "babel.messages.mofile", "babel.messages.pofile", "encodings.utf_8_sig", "material.templates", "mkdocs.config.defaults",
)  # fmt: skip
#: Bytes of a request, its arguments and environment, at most.
_LIMIT = 1 << 20


def serve(listener: socket.socket) -> NoReturn:
    """Fork for every connection, until the last process of the test run has gone."""
    for name in _MODULES:
        importlib.import_module(name)
    gc.freeze()
    # Nobody waits for those that see to a command.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    parent = os.getppid()
    listener.settimeout(5)
    while os.getppid() == parent:
        with suppress(TimeoutError):
            connection, _ = listener.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                connection.setblocking(True)
                see_to(connection)
            connection.close()
    os._exit(0)


def see_to(connection: socket.socket) -> NoReturn:
    """Run one command in a process of its own, and tell its exit code."""
    sent, files, _, _ = socket.recv_fds(connection, _LIMIT, 3)
    while not sent.endswith(b"\n"):
        sent += connection.recv(_LIMIT)
    command = os.fork()
    if command == 0:
        connection.close()
        run(json.loads(sent), files)
    _, status = os.waitpid(command, 0)
    connection.sendall(b"%d" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def run(request: dict[str, object], files: list[int]) -> NoReturn:
    """Be `python build.py ARGUMENTS`."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(str(request["cwd"]))
    os.environ.clear()
    os.environ.update(request["env"])  # type: ignore[call-overload]
    sys.argv = [str(BUILD), *request["arguments"]]  # type: ignore[misc]
    code = 1
    try:
        runpy.run_path(str(BUILD), run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    atexit._run_exitfuncs()
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
