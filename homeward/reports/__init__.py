"""What is handed to people: figures with their tables, and reports.

In: findings and indicators, which keep their own bounds of how many people stand behind a number. Out:
drawings with a description, the same numbers as a table, and the line that says where they come from.
"""
