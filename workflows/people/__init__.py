"""People of a trust: who they are, what they hold, who stands in for them, and how they get in."""
