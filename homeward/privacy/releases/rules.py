"""Who puts together what: audiences, and which earlier releases each of them has: pure."""

PUBLIC, INSIDE = "public", "inside"
SHORTEST_REASON = 10


def spelt(name: str) -> str:
    """One spelling of an audience or a subject: "Donor " and "donor" have one memory."""
    return name.strip().casefold()


def has_got(audience: str, released_to: str) -> bool:
    """Whether readers of one audience may hold what was released to another.

    Whatever is public everybody has; among the public may be anybody who got anything outside; colleagues
    inside see what goes out.
    """
    if audience == INSIDE:
        return True
    if released_to == INSIDE:
        return False
    return audience == PUBLIC or released_to in (audience, PUBLIC)
