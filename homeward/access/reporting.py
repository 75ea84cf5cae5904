"""What roles may do about reports and recommendations."""

from homeward.access.actions import Action
from homeward.access.evidence_roles import COMMENTING

# whoever a recommendation is given to answers it and tells what was done
ANSWERING = frozenset({Action.RECOMMENDATION_VIEW, Action.RECOMMENDATION_ANSWER})
_OF_REPORTS = frozenset(one for one in Action if one.startswith("report")) - {Action.REPORT_WRITE}
# an authority hears of arrivals, says what it thinks of indicators, and answers what it is recommended
HEARING_ABROAD = COMMENTING | ANSWERING | {Action.ARRIVAL_VIEW}
SERVING = ANSWERING | {Action.REFERRAL_STATISTICS}
REPORTING = ANSWERING | _OF_REPORTS | {Action.RECOMMENDATION_MAKE}
# a report for outside is let go by two people
READING_THROUGH = frozenset({Action.REPORT_VIEW, Action.REPORT_RELEASE, Action.REPORT_WITHDRAW})
FUNDING = ANSWERING | {Action.STATEMENT_VIEW, Action.BUDGET_VIEW}
