"""The whole program, from the messenger's side: the real process, a real database, people who chat."""
