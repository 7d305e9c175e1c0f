"""What the rules of the shipped policies find in a plan, and what settles it."""
