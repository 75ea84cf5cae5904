"""Prints, when all tests are through, the figures of every promise that was kept, in one table.

Figures travel with the report of their test, so that they arrive from every process that ran some.
"""

import pytest

from tests.promises.bounds import FIGURES


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    FIGURES.clear()
    try:
        return (yield)
    finally:
        item.user_properties += [(f"promise {promise}", text) for promise, text in FIGURES]


def pytest_terminal_summary(terminalreporter):
    passed = (report for report in terminalreporter.stats.get("passed", ()) if report.when == "call")
    lines = sorted(
        f"{name.removeprefix('promise '):3} {text}"
        for report in passed
        for name, text in report.user_properties
        if name.startswith("promise ")
    )
    if lines:
        terminalreporter.section("promises kept")
        for line in lines:
            terminalreporter.write_line(line)
