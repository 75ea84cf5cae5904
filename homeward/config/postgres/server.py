"""Starting and stopping a cluster's server; doing either twice, or from two places at once, is harmless."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from homeward.config.places import only_one_at_a_time
from homeward.config.postgres.account import give_to_server, run_as_server, server_account
from homeward.config.postgres.cluster import PORT, SUPERUSER, Cluster
from homeward.config.postgres.passwords import local_secrets
from homeward.config.postgres.problems import DatabaseTrouble

PATIENCE_SECONDS = 120  # replaying the log after a crash of a big database takes a while
# Collation C sorts alike everywhere; the character type must know letters beyond ASCII, for names.
CHARACTER_TYPES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8")


def start(cluster: Cluster) -> bool:
    """Return once the server answers; True when this call started it."""
    if answers(cluster):
        return False
    with only_one_at_a_time(cluster.lock):
        if answers(cluster):
            return False
        if not (cluster.data / "PG_VERSION").exists():
            initialise(cluster)
        make_socket_directory(cluster.sockets)
        write_configuration(cluster)
        launch(cluster)
    return True


def stop(cluster: Cluster) -> bool:
    """Stop the server if it is up; True when it was. Never touches a process that is not ours."""
    with only_one_at_a_time(cluster.lock):
        if not process_of(cluster):
            return False
        end(cluster)
        return True


def end(cluster: Cluster) -> None:
    said = control(cluster, "stop", "-m", "fast")
    if said.returncode and process_of(cluster):
        raise DatabaseTrouble(f"The database did not stop: {said.stderr.strip()}")


def control(cluster: Cluster, act: str, *options: str) -> subprocess.CompletedProcess[str]:
    binaries = cluster.binaries()
    words = [act, "-D", str(cluster.data), "-w", "-t", "60", *options]
    return run_as_server([binaries.program("pg_ctl"), *words], binaries.environment())


def answers(cluster: Cluster) -> bool:
    """Whether our own server, and no other, is ready on the cluster's socket."""
    if not cluster.sockets.exists():
        return False
    try:
        with psycopg.connect(cluster.superuser_url(), connect_timeout=5, autocommit=True) as connection:
            served = connection.execute("SELECT current_setting('data_directory')").fetchone()
    except psycopg.OperationalError as problem:
        if "password authentication failed" in str(problem):
            raise DatabaseTrouble(
                "The database is up but does not know the password in secrets.env. Put back the secrets.env "
                "that was made together with it."
            ) from None
        return False
    return served is not None and Path(served[0]) == cluster.data


def initialise(cluster: Cluster) -> None:
    """Make the data directory, whole or not at all."""
    unfinished = cluster.data.with_name(f"{cluster.data.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    give_to_server(unfinished)
    complaints = []
    with password_file(cluster) as password:
        for kind in CHARACTER_TYPES:
            complaint = run_initdb(cluster, unfinished, password, kind)
            if complaint is None:
                unfinished.rename(cluster.data)
                return
            complaints.append(complaint)
    raise DatabaseTrouble(f"The database's files could not be made: {complaints[0]}")


def run_initdb(cluster: Cluster, data: Path, password: Path, kind: str) -> str | None:
    """What initdb complained about, or None."""
    binaries = cluster.binaries()
    options = ["--username", SUPERUSER, "--encoding=UTF8", "--lc-collate=C", f"--lc-ctype={kind}"]
    options += ["--lc-messages=C", "--auth=scram-sha-256", "--pwfile", str(password), "--no-instructions"]
    options += [] if cluster.durable else ["--no-sync"]
    said = run_as_server([binaries.program("initdb"), "-D", data, *options], binaries.environment())
    return said.stderr.strip() if said.returncode else None


@contextmanager
def password_file(cluster: Cluster) -> Iterator[Path]:
    """The superuser's password, where only the server's account can read it, while initdb needs it."""
    file = cluster.data.with_name(f"{cluster.data.name}.password")
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(local_secrets()["SUPERUSER_PASSWORD"])
    give_to_server(file)
    try:
        yield file
    finally:
        file.unlink()


def make_socket_directory(directory: Path) -> None:
    """Private to the server's account; a directory that somebody else put there is refused."""
    account = server_account()
    if not directory.exists():
        directory.mkdir(mode=0o700)
        give_to_server(directory)
    if directory.is_symlink() or directory.stat().st_uid != (account.uid if account else os.geteuid()):
        raise DatabaseTrouble(f"{directory} belongs to somebody else. Remove it and try again.")
    directory.chmod(0o700)


def write_configuration(cluster: Cluster) -> None:
    """Ours alone, written anew at each start, so that a newer Homeward brings its newer settings."""
    file = cluster.data / "postgresql.conf"
    settings = configuration(cluster)
    file.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
    give_to_server(file)


def configuration(cluster: Cluster) -> dict[str, str]:
    """No network, no personal data in the log, and memory in proportion to the machine."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(cluster.sockets).replace("'", "''"),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "password_encryption": "scram-sha-256",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_statement": "none",
        "lc_messages": "C",
        "random_page_cost": "1.1",
        "shared_buffers": f"{min(1024, max(128, megabytes // 8))}MB",
        "effective_cache_size": f"{max(256, megabytes // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "2GB",
    }
    if not cluster.durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings |= {"shared_buffers": "128MB", "wal_level": "minimal", "max_wal_senders": "0"}
    return settings


def launch(cluster: Cluster) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    refusals = 0
    while time.monotonic() < give_up_at and refusals < 20:
        forget_dead_server(cluster)
        if process_of(cluster) and not (cluster.sockets / f".s.PGSQL.{PORT}").exists():
            # Up, but out of reach: somebody removed its socket. It makes a new one only when it starts.
            end(cluster)
        if not process_of(cluster):
            # Right after a crash the old server's children may hold its memory for a moment: ask again.
            refusals += control(cluster, "start", "-l", str(cluster.log)).returncode != 0
        if answers(cluster):
            return
        time.sleep(0.2)
    raise DatabaseTrouble("The database did not start. Its log ends:\n" + last_lines(cluster.log))


def process_of(cluster: Cluster) -> int | None:
    """The number in postmaster.pid, but only when that process really serves this data directory."""
    try:
        number = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return number if serves(number, cluster.data) else None


def serves(process: int, data: Path) -> bool:
    """A server works inside its data directory; where /proc is missing, its command line names it."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{process}/cwd").readlink() == data
        except OSError:
            return False
    said = subprocess.run(  # noqa: S603
        ["/bin/ps", "-p", str(process), "-o", "command="], capture_output=True, text=True, check=False
    )
    return "postgres" in said.stdout and str(data) in said.stdout


def forget_dead_server(cluster: Cluster) -> None:
    """PostgreSQL refuses to start when the number it left behind now belongs to somebody else's process."""
    file = cluster.data / "postmaster.pid"
    if file.exists() and not process_of(cluster):
        file.unlink(missing_ok=True)


def last_lines(log: Path, count: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else "(no log)"
