"""The screens: one file each. `SCREENS` lists the blueprints that the application serves."""

from webapp.screens import cases, deadlines, demonstration, health, incidents, plans, sign_in, start, step, steps, teams

SCREENS = (
    sign_in.screen,
    steps.screen,
    step.screen,
    start.screen,
    cases.screen,
    teams.screen,
    deadlines.screen,
    plans.screen,
    incidents.screen,
    health.screen,
    demonstration.screen,
)
