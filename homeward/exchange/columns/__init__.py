"""A grid comes in; out goes where its header and rows are and which column means what."""
