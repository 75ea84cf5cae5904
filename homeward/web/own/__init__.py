"""The returnee's own page: phone first, in their language, without an account."""
