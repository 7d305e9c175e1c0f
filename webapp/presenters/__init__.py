"""Words for what pages show: dates, counts and states as people say them. No query, no rule, no request."""
