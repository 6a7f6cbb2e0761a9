"""The tests of this folder run with each kind of database."""

from __future__ import annotations

import pytest


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """The address of an empty database."""
    return each_database_url
