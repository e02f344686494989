"""The tables of the history, version by version; a version once released is never changed."""

import sqlite3

# Whatever changes an answer marks its card or exercise, in the database itself, so that no writer can forget:
# what is marked is replayed before memories are next read.
_MARK_CARD = "INSERT OR IGNORE INTO stale VALUES ('card', {row}.card_id);"
_MARK_EXERCISE = "INSERT OR IGNORE INTO stale VALUES ('exercise', {row}.exercise);"

# The policy of an outer INSERT ... ON CONFLICT takes the place of OR IGNORE inside a trigger, a condition stays.
_MARK_CARD_ONCE = (
    "INSERT INTO stale SELECT 'card', {row}.card_id WHERE NOT EXISTS "
    "(SELECT 1 FROM stale WHERE kind = 'card' AND name = {row}.card_id);"
)

VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE sessions (
            id TEXT PRIMARY KEY, plan TEXT NOT NULL, card_ids TEXT NOT NULL,
            started_at TEXT NOT NULL, finished_at TEXT
        )""",
        """CREATE TABLE turns (
            session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            number INTEGER NOT NULL, card_id TEXT NOT NULL, kind TEXT NOT NULL, score REAL,
            answered_at TEXT, turn TEXT NOT NULL, PRIMARY KEY (session_id, number)
        )""",
        """CREATE TABLE drafts (
            session_id TEXT PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE,
            turns INTEGER NOT NULL, text TEXT NOT NULL
        )""",
        "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        """CREATE TABLE attempts (
            exercise TEXT NOT NULL, at TEXT NOT NULL, passed INTEGER NOT NULL,
            failed_case TEXT, seconds REAL, answer TEXT NOT NULL
        )""",
        "CREATE INDEX attempts_by_exercise ON attempts (exercise, at)",
    ),
    (
        "ALTER TABLE sessions ADD COLUMN reasons TEXT NOT NULL DEFAULT '{}'",
        "CREATE INDEX turns_by_card ON turns (card_id)",
        """CREATE TABLE memory (
            card_id TEXT NOT NULL, key_point TEXT NOT NULL, stability REAL NOT NULL,
            difficulty REAL NOT NULL, reviewed_at TEXT NOT NULL, due TEXT NOT NULL,
            score REAL NOT NULL, first_score REAL NOT NULL, reviews INTEGER NOT NULL,
            PRIMARY KEY (card_id, key_point)
        )""",
        "CREATE TABLE stale (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name))",
        *(
            f"CREATE TRIGGER turn_{event} AFTER {event} ON turns "
            f"BEGIN {_MARK_CARD.format(row=row)} END"
            for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        ),
        *(
            f"CREATE TRIGGER attempt_{event} AFTER {event} ON attempts "
            f"BEGIN {_MARK_EXERCISE.format(row=row)} END"
            for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
        ),
    ),
    (
        "ALTER TABLE drafts ADD COLUMN notes TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE drafts ADD COLUMN again INTEGER NOT NULL DEFAULT 0",
        *(f"DROP TRIGGER turn_{event}" for event in ("INSERT", "UPDATE", "DELETE")),
        *(
            f"CREATE TRIGGER turn_{event} AFTER {event} ON turns "
            f"BEGIN {_MARK_CARD_ONCE.format(row=row)} END"
            for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        ),
    ),
    (
        "CREATE INDEX sessions_by_time ON sessions (started_at)",
        "CREATE INDEX turns_by_time ON turns (answered_at)",
    ),
)


def version(db: sqlite3.Connection) -> int:
    """How many of the versions a file has been through."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection) -> None:
    """Brings the tables up to date, inside the caller's transaction."""
    for number in range(version(db), len(VERSIONS)):
        for statement in VERSIONS[number]:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {number + 1}")
