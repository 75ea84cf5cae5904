"""Pages of cases on their way between organisations: offering, asking, answering, and later questions."""
