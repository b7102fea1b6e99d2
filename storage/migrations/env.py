"""What Alembic runs: the revisions, on the connection that `storage.migrate` hands over."""

from alembic import context

from storage.tables import metadata

# SQLite changes few things in place: a table is copied and renamed instead (batch mode).
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
