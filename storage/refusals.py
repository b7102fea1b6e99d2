"""What a database refuses, in the words of the house: StoreBusy (later) or Conflict (somebody else was first)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.ports import Conflict, StoreBusy

SQLITE_LATER = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# Classes of SQLSTATE: connection, rolled back (deadlock), read-only, resources (disk full), not in the right state
# (lock not available), the operator stopped it, the system failed.
POSTGRES_LATER = ("08", "40", "25006", "53", "55P03", "57", "58")


@contextmanager
def refusals_named() -> Iterator[None]:
    """Turn what the driver raises into StoreBusy or Conflict; a mistake of ours in SQL stays what it is."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(str(error.orig)) from error
    except DBAPIError as error:
        if error.connection_invalidated or comes_again(error.orig):
            raise StoreBusy(str(error.orig)) from error
        raise
    except sqlite3.Error as error:  # while connecting, before SQLAlchemy wraps anything
        if comes_again(error):
            raise StoreBusy(str(error)) from error
        raise
    except (OSError, PoolTimeout) as error:
        raise StoreBusy(str(error)) from error


def comes_again(error: BaseException | None) -> bool:
    """Tell whether the same write may succeed later."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_LATER  # the rest of the code is detail
    state = getattr(error, "sqlstate", None) or ""
    return str(state).startswith(POSTGRES_LATER)
