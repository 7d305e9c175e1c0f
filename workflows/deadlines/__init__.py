"""Verbs on deadlines: what time does when a day comes, and how a person extends, pauses and resumes one."""

from workflows.deadlines.changing import extend, pause, resume, take_back
from workflows.deadlines.firing import due_firings, fire, fire_many, fire_on_time

__all__ = ["due_firings", "extend", "fire", "fire_many", "fire_on_time", "pause", "resume", "take_back"]
