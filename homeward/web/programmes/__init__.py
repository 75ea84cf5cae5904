"""Pages of programmes: what each says from which day on, and writing what it will say."""
