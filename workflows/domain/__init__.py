"""Pure rules of job planning: only the standard library is imported below this folder."""
