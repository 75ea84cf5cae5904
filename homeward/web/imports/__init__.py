"""Pages of partners' lists: upload, match columns, check, decide, save, report."""
