"""What roles may do about reports and recommendations."""

from homeward.access.actions import Action

# whoever a recommendation is given to answers it and tells what was done
ANSWERING = frozenset({Action.RECOMMENDATION_VIEW, Action.RECOMMENDATION_ANSWER})
_OF_REPORTS = frozenset(one for one in Action if one.startswith("report")) - {Action.REPORT_WRITE}
REPORTING = ANSWERING | _OF_REPORTS | {Action.RECOMMENDATION_MAKE}
# a report for outside is let go by two people
READING_THROUGH = frozenset({Action.REPORT_VIEW, Action.REPORT_RELEASE, Action.REPORT_WITHDRAW})
READING_ACCOUNTS = ANSWERING | {Action.STATEMENT_VIEW, Action.BUDGET_VIEW}
