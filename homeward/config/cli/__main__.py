"""`python -m homeward.config.cli`, for when the script is not installed."""

import sys

from homeward.config.cli import main

sys.exit(main())
