"""`build.py serve`: a live preview on this machine."""

from __future__ import annotations

import argparse

from chamberbook import pipeline
from chamberbook.commands.common import OK, root_of
from chamberbook.problems import Translate


def run(options: argparse.Namespace, translate: Translate) -> int:  # noqa: ARG001  # the shape of a command
    """Serve until interrupted."""
    pipeline.serve(root_of(options), options.address, poll=options.poll)
    return OK
