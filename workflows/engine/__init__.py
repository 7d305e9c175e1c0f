"""Runs cases on their diagrams. The one folder that knows SpiffWorkflow; none of its types leaves here."""
