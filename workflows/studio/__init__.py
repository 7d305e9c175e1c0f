"""The process studio: what process owners do with diagrams, tables, policies and letters before any case runs on them.

Every editor saves through `drafts.save_file`; what pages show is in `pages`.
"""
