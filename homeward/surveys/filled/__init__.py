"""A filled form comes in as bytes; its envelope and its answers with their types go out: pure."""
