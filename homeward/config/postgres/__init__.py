"""A PostgreSQL of our own: in go binaries found on the machine, out comes a private server for this checkout.

Nothing here trusts a process number in a file: a server is up when it answers as ours on its socket.
"""
