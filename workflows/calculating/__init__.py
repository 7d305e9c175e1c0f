"""Figures of a job plan by a trust's policy: for commands and pages. Reads no case and changes nothing."""
