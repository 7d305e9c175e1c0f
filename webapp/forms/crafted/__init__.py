"""What crafted screens ask besides the drawn fields: one file a screen."""
