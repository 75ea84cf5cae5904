"""A cell as somebody typed it comes in; a value, or the reason why it is none, goes out."""
