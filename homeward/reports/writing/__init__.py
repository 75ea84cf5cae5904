"""A document written as files: one module for each kind; text goes in as data, never as markup or formula."""
