"""Rehearsals: a draft is run in an invented trust that lives in memory. What is rehearsed is what would run: the same
verbs, the same clock, the same pages, on a database of the rehearsal's own. Nothing of it is real.
"""
