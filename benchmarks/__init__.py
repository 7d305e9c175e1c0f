"""Speed, measured on PostgreSQL: what `make bench` runs."""

import warnings

# The server from the wheel asks for a runtime folder, which a machine without a login session does not have.
warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
