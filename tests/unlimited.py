"""Starts the server without limits: a fuzzer and browser tests ask often, from one address."""

from __future__ import annotations

import sys

from addons import server
from addons.channels import visitors

visitors.REQUESTS = visitors.MESSAGES = visitors.SESSIONS = 10**9

if __name__ == "__main__":
    sys.exit(server.main())
