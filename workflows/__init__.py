"""Accord's cases: what moves them, what holds them, and the rules that they keep. Knows nothing of the web."""
