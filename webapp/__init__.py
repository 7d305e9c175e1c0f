"""Accord in the browser: screens, forms, words. It talks to verbs and to the inbox alone."""
