"""REST for programs: one router per stage, one place where a problem becomes HTTP."""
