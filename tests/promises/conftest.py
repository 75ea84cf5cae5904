"""Prints, when all tests are through, the figures of every promise that was kept, in one table."""

from tests.promises.bounds import table


def pytest_terminal_summary(terminalreporter):
    lines = table()
    if lines:
        terminalreporter.section("promises kept")
        for line in lines:
            terminalreporter.write_line(line)
