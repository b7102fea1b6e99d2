"""Tiếng Cơ Sở: a chat assistant for the reports of grassroots trade unions."""
