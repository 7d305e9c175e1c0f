"""Speed, measured on PostgreSQL: what `make bench` runs."""
