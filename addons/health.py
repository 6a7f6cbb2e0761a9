"""Says whether the server on this machine can answer: `python -m addons.health`, for containers."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

PATH = "/webhooks/web/health/ready"
LIMIT = 4  # seconds


def main() -> int:
    """Return 0 if it can, 1 if it cannot or is away. Imports little: it runs every few seconds."""
    port = os.environ.get("DRIPDESK_PORT") or "5005"
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{PATH}", timeout=LIMIT) as answer:
            print(answer.read().decode())
    except urllib.error.HTTPError as error:
        print(error.read().decode())
        return 1
    except OSError as error:
        print(f"away: {type(error).__name__}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
