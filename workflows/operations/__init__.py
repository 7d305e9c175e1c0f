"""Running an installation: incidents, status, the check of histories, backups, retention and exports."""
