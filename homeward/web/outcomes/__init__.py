"""How somebody is doing, on a page: three dimensions round by round, and what was happening meanwhile."""
