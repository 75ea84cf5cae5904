"""Pages of the directory of services: finding one, reading it, keeping it true."""
