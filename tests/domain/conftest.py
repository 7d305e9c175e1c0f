"""Property tests draw the same examples on every machine, and take the time that a busy one needs."""

from hypothesis import settings

settings.register_profile("domain", deadline=None, derandomize=True, database=None)
settings.load_profile("domain")
