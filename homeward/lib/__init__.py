"""Pure pieces with real names: problems, moves, identifiers, dates, names, calendars, money, encryption."""
