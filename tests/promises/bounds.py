"""What "none in so many" says: the true rate lies below about three in so many, 95 times in 100."""


def none_in(tries: int, what: str) -> None:
    """Print the figure of a promise that was kept throughout."""
    print(f"\n0 in {tries:,} {what}: the true rate is below {3 / tries:.2g} (95 %)")
