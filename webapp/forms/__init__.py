"""What was typed, and what it means as a value. Whether the value is allowed is for the domain to say."""
