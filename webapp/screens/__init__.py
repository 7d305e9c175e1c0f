"""The screens: one file each. `SCREENS` lists the blueprints that the application serves."""

from webapp.screens import sign_in, steps

SCREENS = (sign_in.screen, steps.screen)
