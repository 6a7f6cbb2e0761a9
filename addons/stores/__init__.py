"""What is kept: conversations, and which message got which answer."""
