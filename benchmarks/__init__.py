"""What the program is measured with: one command each, `python -m benchmarks.NAME` (see docs/performance.md)."""
