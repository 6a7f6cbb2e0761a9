"""The core of Dripdesk: facts, texts and checks in plain Python, without Rasa."""
