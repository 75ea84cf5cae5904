"""A gateway of the tests' own: a small real HTTP server that takes messages as RapidPro does.

It loses some requests before and some answers after it took a message, and knows what arrived twice.
"""

import json
import random
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Gateway:
    """What arrived, by the id that stays; `lost` is the share of requests, and of answers, that get lost."""

    def __init__(self, lost=0.0, seed=20261122):
        self.lost, self.chance = lost, random.Random(seed)  # noqa: S311 - not a secret
        self.bodies, self.tries = {}, Counter()
        self.answers = []  # statuses to give before anything else
        self.lock = threading.Lock()

    @property
    def texts(self):
        return [body["text"] for body in self.bodies.values()]

    @property
    def numbers(self):
        return [body["urns"][0] for body in self.bodies.values()]

    def take(self, key, body):
        """The status to answer, or None when nothing is answered."""
        with self.lock:
            if self.answers:
                return self.answers.pop(0), b"{}"
            if self.chance.random() < self.lost / 2:
                return None, b""
            self.tries[key] += 1
            self.bodies.setdefault(key, body)  # a receiver that knows the id takes it once
            if self.chance.random() < self.lost / 2:
                return None, b""
            return 201, json.dumps({"id": 1000 + len(self.bodies), "status": "queued"}).encode()


@contextmanager
def gateway(lost=0.0):
    """The gateway at work; its `address` is where it takes messages."""
    made = Gateway(lost)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length))
            assert self.headers["Authorization"] == "Token gateway-key"
            status, answer = made.take(self.headers["Idempotency-Key"], body)
            if status is None:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}/api/v2/broadcasts.json"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
