"""Petitions, questions and incidents that are followed until they have an answer: pure rules, texts and sums."""
