"""Pages of instruments: the library, uploading a form, what a version asks, publishing it."""
