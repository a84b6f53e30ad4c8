"""How Alembic runs our migrations: on the connection it is given, never on one of its own."""

from alembic import context

from assistant.library.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
