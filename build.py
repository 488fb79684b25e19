"""Entry point: `python build.py` builds the directory, `check` checks the records, `serve` previews."""

import sys
from pathlib import Path

from chamberbook.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
