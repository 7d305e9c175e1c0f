"""The screens: one file each. `SCREENS` lists the blueprints that the application serves."""

from webapp.screens import (
    cases,
    deadlines,
    demonstration,
    health,
    incidents,
    papers,
    people,
    people_deputies,
    people_places,
    people_posts,
    plans,
    sign_in,
    start,
    step,
    steps,
    teams,
)

SCREENS = (
    sign_in.screen,
    steps.screen,
    step.screen,
    start.screen,
    cases.screen,
    teams.screen,
    people.screen,
    people_posts.screen,
    people_places.screen,
    people_deputies.screen,
    deadlines.screen,
    plans.screen,
    papers.screen,
    incidents.screen,
    health.screen,
    demonstration.screen,
)
