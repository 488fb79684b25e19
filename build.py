"""Entry point: `python build.py` builds the directory, `check` checks the records, `serve` previews."""

import sys
from pathlib import Path

from chamberbook.cli import heed_signals, main

if __name__ == "__main__":
    heed_signals()
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
