"""Petitions, questions and incidents in the chat: opened, read, answered, followed."""
