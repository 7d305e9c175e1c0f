"""Words to people: what reminders and escalations say, and what a person has been told."""
