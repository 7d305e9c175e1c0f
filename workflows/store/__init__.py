"""The only folder that knows SQLAlchemy: tables, queries by noun, migrations."""
