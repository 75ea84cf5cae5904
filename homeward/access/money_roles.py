"""What roles may do with money."""

from homeward.access.actions import Action

# assistance: who commits does not pay, and who pays sees money only
COMMITTING = frozenset(
    {
        Action.MONEY_VIEW,
        Action.MONEY_COMMIT,
        Action.DELIVERY_RECORD,
        Action.MILESTONE_REACH,
        Action.RECEIPT_CONFIRM,
        Action.PROOF_ADD,
        Action.PROOF_OPEN,
        Action.ENTRY_REVERSE,
        Action.TOP_UP_ASK,
        Action.INTENT_CARRY_OUT,
        Action.BUDGET_VIEW,
        Action.PRICE_VIEW,
        Action.PRICE_ADD,
    }
)
STEERING = frozenset(
    {
        Action.ENTITLEMENT_GRANT,
        Action.MONEY_VIEW,
        Action.PROOF_OPEN,
        Action.BUDGET_VIEW,
        Action.BUDGET_SET,
        Action.PRICE_VIEW,
        Action.STATEMENT_VIEW,
    }
)
PAYING = frozenset(
    {
        Action.DESK_VIEW,
        Action.PAYMENT_MAKE,
        Action.ENTRY_REVERSE,
        Action.INTENT_CARRY_OUT,
        Action.PROOF_ADD,
        Action.PROOF_OPEN,
        Action.PAYEE_ACCOUNT_OPEN,
        Action.BUDGET_VIEW,
        Action.PRICE_VIEW,
        Action.RATE_ADD,
        Action.RATE_ADOPT,
        Action.STATEMENT_VIEW,
        Action.LEDGER_EXPORT,
        Action.FILE_STORE,
    }
)
