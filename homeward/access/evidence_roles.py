"""What roles may do with evidence."""

from homeward.access.actions import Action

# evaluation works on pseudonyms; two extracts are joined only when somebody else agrees
EXTRACTING = frozenset(
    {Action.EXTRACT_VIEW, Action.EXTRACT_ASK, Action.EXTRACT_EXPORT, Action.EXTRACT_WITHDRAW}
)
AGREEING_TO_LINK = frozenset({Action.EXTRACT_VIEW, Action.EXTRACT_CONFIRM, Action.EXTRACT_WITHDRAW})
# what is asked is registered before its outcome is opened
EVALUATING = frozenset({Action.EVALUATION_VIEW, Action.EVALUATION_REGISTER, Action.RELEASE_MAKE})
# an evaluator publishes groups of people to compare with; whoever answers for the organisation may stop it
STOPPING = frozenset({Action.COMPARISON_VIEW, Action.COMPARISON_WITHDRAW})
# indicators: who evaluates drafts and reckons them; partners comment, others than drafters validate
COMMENTING = frozenset({Action.INDICATOR_VIEW, Action.INDICATOR_COMMENT, Action.INDICATOR_VALIDATE})
AGREEING_ON_INDICATORS = COMMENTING | {Action.INDICATOR_PUT_IN_FORCE}
MEASURING = AGREEING_ON_INDICATORS | {Action.INDICATOR_EDIT, Action.INDICATOR_COMPUTE}
