"""Bots that only echo, set up as their documentation says: what the load benchmark compares with.

Each is run as `python -m benchmarks.peers.NAME TOKEN BASE_URL` and polls until it is told to stop.
"""
