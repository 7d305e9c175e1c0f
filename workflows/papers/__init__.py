"""What people put into a case beside its steps: documents and comments."""
