"""How many filled forms a second any OpenRosa server accepts, by its address and credentials.

Each client keeps one connection and sends the next form when the receipt of the one before is there; a form
counts when the answer was 201 or 202. Standard library alone: copy this file to wherever you try from.

    python load.py http://localhost:8000/phone --user phone:SECRET --form-id survey --form-version 1
    python load.py --credentials phones.txt --template filled.xml --clients 1 4 16 --seconds 10

A line of `phones.txt` is an address, or an address and `user:password`. `{instance}` in a template becomes a
new number for each form.
"""

import argparse
import base64
import http.client
import json
import multiprocessing
import socket
import ssl
import statistics
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BOUNDARY = "homewardOpenRosaLoad"
ACCEPTED = (201, 202)
ANSWERS = 30


@dataclass(frozen=True)
class Door:
    """Where to send, and as whom."""

    address: str
    signed: str = ""

    def connect(self) -> socket.socket:
        parts = urlsplit(self.address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        opened = socket.create_connection((parts.hostname, port), timeout=60)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if parts.scheme == "https":
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=parts.hostname)
        return opened

    def request(self, form: bytes) -> bytes:
        """The whole post, as ODK Collect writes it."""
        parts = urlsplit(self.address)
        body = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; '
            f'filename="submission.xml"\r\nContent-Type: text/xml\r\n\r\n'.encode()
            + form
            + f"\r\n--{BOUNDARY}--\r\n".encode()
        )
        signed = f"Authorization: Basic {self.signed}\r\n" if self.signed else ""
        head = (
            f"POST {parts.path.rstrip('/')}/submission HTTP/1.1\r\nHost: {parts.netloc}\r\n{signed}"
            f"X-OpenRosa-Version: 1.0\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def generated(form_id: str, version: str) -> str:
    """A filled form of thirty answers."""
    answers = "".join(f"<q{number}>answer {number}</q{number}>" for number in range(1, ANSWERS + 1))
    return (
        '<?xml version="1.0"?><data xmlns:orx="http://openrosa.org/xforms" '
        f'id="{form_id}" version="{version}">'
        f"{answers}<orx:meta><orx:instanceID>{{instance}}</orx:instanceID></orx:meta></data>"
    )


def answer_of(connection: socket.socket) -> int:
    """The status of one whole answer."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


class Client(threading.Thread):
    """One telephone that sends form after form until the time is over."""

    def __init__(self, door: Door, template: str, until: float) -> None:
        super().__init__()
        self.door, self.template, self.until = door, template, until
        self.seconds: list[float] = []
        self.accepted: list[str] = []
        self.failures = 0

    def run(self) -> None:
        connection = self.door.connect()
        while time.perf_counter() < self.until:
            number = f"uuid:{uuid.uuid4()}"
            request = self.door.request(self.template.replace("{instance}", number).encode())
            began = time.perf_counter()
            try:
                connection.sendall(request)
                status = answer_of(connection)
            except (OSError, http.client.HTTPException):
                self.failures += 1
                connection = self.door.connect()
                continue
            if status in ACCEPTED:
                self.seconds.append(time.perf_counter() - began)
                self.accepted.append(number)
            else:
                self.failures += 1


def part(doors: list[Door], template: str, seconds: float, told: "multiprocessing.Queue") -> None:
    """The clients of one process."""
    until = time.perf_counter() + seconds
    clients = [Client(door, template, until) for door in doors]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    told.put(
        (
            [each for one in clients for each in one.seconds],
            [each for one in clients for each in one.accepted],
            sum(one.failures for one in clients),
        )
    )


def measure(doors: list[Door], template: str, clients: int, seconds: float) -> dict:
    """What so many clients got accepted in so many seconds."""
    chosen = [doors[number % len(doors)] for number in range(clients)]
    told: multiprocessing.Queue = multiprocessing.Queue()
    groups = [chosen[start::2] for start in range(2) if chosen[start::2]]
    began = time.perf_counter()
    working = [
        multiprocessing.Process(target=part, args=(group, template, seconds, told)) for group in groups
    ]
    for one in working:
        one.start()
    results = [told.get() for _one in working]
    for one in working:
        one.join()
    lasted = time.perf_counter() - began
    times = sorted(each for result in results for each in result[0])
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else [0.0] * 19
    return {
        "clients": clients,
        "accepted": len(times),
        "a_second": round(len(times) / lasted, 1),
        "p50_ms": round(cuts[9] * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "failures": sum(result[2] for result in results),
        "numbers": [each for result in results for each in result[1]],
    }


def doors_of(given: argparse.Namespace) -> list[Door]:
    if given.credentials:
        lines = [line.split() for line in Path(given.credentials).read_text().splitlines() if line.strip()]
        return [Door(line[0], signed(line[1]) if len(line) > 1 else "") for line in lines]
    return [Door(given.address, signed(given.user) if given.user else "")]


def signed(user: str) -> str:
    return base64.b64encode(user.encode()).decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", nargs="?", help="the server's address, as a telephone would be given it")
    parser.add_argument("--user", help="user:password, for Basic sign-in")
    parser.add_argument("--credentials", help="a file with one telephone a line")
    parser.add_argument("--form-id", default="benchmark")
    parser.add_argument("--form-version", default="1")
    parser.add_argument("--template", help="a filled form with {instance} where its number goes")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--json", help="write figures and accepted numbers here")
    given = parser.parse_args()
    if not given.address and not given.credentials:
        parser.error("an address or a file of credentials")
    template = (
        Path(given.template).read_text() if given.template else generated(given.form_id, given.form_version)
    )
    doors, figures = doors_of(given), []
    print("| clients | accepted a second | p50 ms | p95 ms | failures |\n|---|---|---|---|---|")
    for clients in given.clients:
        one = measure(doors, template, clients, given.seconds)
        figures.append(one)
        cells = [one[name] for name in ("clients", "a_second", "p50_ms", "p95_ms", "failures")]
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    if given.json:
        Path(given.json).write_text(json.dumps(figures))


if __name__ == "__main__":
    main()
