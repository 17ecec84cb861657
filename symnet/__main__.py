"""``python -m symnet``."""

import sys

from symnet.cli import main

if __name__ == "__main__":
    sys.exit(main())
