"""Entry point: `python build.py` builds the directory, `check` checks the records, `serve` previews."""

import signal
import sys
from pathlib import Path

from chamberbook.cli import main

if __name__ == "__main__":
    # A build that is told to end cleans up and says so, as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
