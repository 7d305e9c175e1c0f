"""Edits of a BPMN text: text in, new text and one sentence in the past tense out. Nothing is stored here.

What an edit leaves alone keeps its very letters, and the picture stays readable: see `source` and `placing`.
"""
