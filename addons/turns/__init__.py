"""One turn: a message comes in, its answer goes out, whatever fails."""
