"""Dripdesk within this process, for those who time it or look at what it understands."""

from __future__ import annotations

import os
from pathlib import Path

from addons import server
from addons.agent import AnsweringAgent
from addons.stores.database import Database
from dripdesk.model import model_path


def loaded(folder: Path) -> tuple[AnsweringAgent, Database]:
    """Return an agent with the model of the present content, and its database in a folder.

    Sets DATABASE_URL for this process: forms keep in that database what is typed.
    """
    database = Database(f"sqlite:///{folder / 'benchmark.db'}")
    os.environ["DATABASE_URL"] = database.url.render_as_string()
    agent = server.make_agent(database)
    agent.load_model(str(model_path()))
    return agent, database
