"""The full-text index on PostgreSQL, which finds what FTS5 finds on SQLite.

Its own parsers know other words, so the words are made here as `domain.words.tokens` makes them: `search_sign` says
what becomes of each sign outside ASCII. A row of `ticket_search` has the words of a ticket twice: one after the other,
for phrases, and as lexemes in an index. A lexeme is a word behind a letter that says where it stands: in the title
(`t`), in what everybody may read (`p`, the title too) or in the team's notes (`n`). A ticket with more words than the
index takes has none there, and its texts are looked through.
"""

from __future__ import annotations

from helpdesk_tui.domain.words import unlike_themselves
from helpdesk_tui.store.full_text import COLUMNS, WHOLE
from helpdesk_tui.store.triggers import Trigger

_MOST_BYTES = 1_000_000
"""Of the lexemes of one ticket; PostgreSQL takes 1,048,575."""

_WORDS = r"""
CREATE FUNCTION search_words(said text) RETURNS text LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE signs text; become text;
BEGIN
    IF said ~ '[^\u0001-\u007f]' THEN
        -- Signs that vanish come last, where `translate` has nothing to put for them.
        SELECT coalesce(string_agg(sign, '' ORDER BY becomes = '', sign), ''),
               coalesce(string_agg(becomes, '' ORDER BY becomes = '', sign), '')
            INTO signs, become FROM search_sign
            WHERE sign = ANY (string_to_array(regexp_replace(said, '[\u0001-\u007f]+', '', 'g'), NULL));
        said := translate(said, signs, become);
    END IF;
    RETURN regexp_replace(' ' || lower(said COLLATE "C") || ' ', '[^0-9a-z\u0080-\U0010ffff]+', ' ', 'g');
END $$
"""

_LEXEMES = f"""
CREATE FUNCTION search_lexemes(title text, shown text, notes text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE lexemes text[];
BEGIN
    SELECT array_agg(DISTINCT kind || left(word, {WHOLE})) INTO lexemes
        FROM (VALUES ('t', title), ('p', shown), ('n', notes)) AS texts (kind, words),
             unnest(string_to_array(translate(words, E'\\n', ' '), ' ')) AS word
        WHERE word <> '';
    IF octet_length(array_to_string(lexemes, '')) > {_MOST_BYTES} THEN
        RETURN NULL;
    END IF;
    RETURN array_to_tsvector(coalesce(lexemes, '{{}}'));
END $$
"""


# Without the list of what waits: looking through that takes longer than putting it in its place at once.
INDEX_OF_WORDS = "CREATE INDEX ticket_search_words ON ticket_search USING gin (words) WITH (fastupdate = off)"


def filled() -> str:
    """The SQL that fills the empty index from the texts of all tickets."""
    return (
        "INSERT INTO ticket_search (rowid, shown, notes, words) "
        "SELECT ticket_id, shown, notes, search_lexemes(title, shown, notes) "
        f"FROM (SELECT ticket_id, {_found('ticket_text')} FROM ticket_text) AS found"
    )


def _found(row: str) -> str:
    """What is kept of a row of texts."""
    shown = r" || E'\n' || ".join(f"search_words({row}.{name})" for name in COLUMNS if name != "notes")
    return f"search_words({row}.title) AS title, {shown} AS shown, search_words({row}.notes) AS notes"


def statements() -> list[str]:
    """The SQL that makes the index and the triggers on the texts."""
    signs = ", ".join(f"('{sign}', '{becomes}')" for sign, becomes in unlike_themselves().items())
    found = _found("new")
    added = (
        "INSERT INTO ticket_search (rowid, shown, notes, words) "
        "SELECT new.ticket_id, shown, notes, search_lexemes(title, shown, notes) "
        f"FROM (SELECT {found}) AS found"
    )
    changed = (
        "UPDATE ticket_search SET shown = found.shown, notes = found.notes, "
        f"words = search_lexemes(found.title, found.shown, found.notes) FROM (SELECT {found}) AS found "
        "WHERE rowid = new.ticket_id"
    )
    gone = "DELETE FROM ticket_search WHERE rowid = old.ticket_id"
    kept = (
        Trigger("ticket_text_added", "INSERT", "ticket_text", (added,)),
        Trigger("ticket_text_gone", "DELETE", "ticket_text", (gone,)),
        Trigger("ticket_text_changed", "UPDATE", "ticket_text", (changed,), changed=COLUMNS),
    )
    return [
        'CREATE TABLE search_sign (sign text COLLATE "C" PRIMARY KEY, becomes text COLLATE "C" NOT NULL)',
        f"INSERT INTO search_sign VALUES {signs}",
        # Unless the server knows how many there are, it reads all of them for each text.
        "ANALYZE search_sign",
        _WORDS,
        _LEXEMES,
        "CREATE TABLE ticket_search (rowid bigint PRIMARY KEY, "
        'shown text COLLATE "C" NOT NULL, notes text COLLATE "C" NOT NULL, words tsvector)',
        INDEX_OF_WORDS,
        "CREATE INDEX ticket_search_too_large ON ticket_search (rowid) WHERE words IS NULL",
        *(statement for trigger in kept for statement in trigger.statements("postgresql")),
    ]
