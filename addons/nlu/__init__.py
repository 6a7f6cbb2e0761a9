"""Components that understand a message, for Rasa's pipeline."""
