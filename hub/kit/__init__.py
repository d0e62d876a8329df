"""The ground: database, clock, ids, errors, keys. No word of the domain is spoken here."""
