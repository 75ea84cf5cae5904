"""People like this: what became of comparable returnees, beside the case of somebody who is counselled."""
