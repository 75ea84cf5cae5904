"""Asking the command as an analyst does: a spec and rows as files, the finding as JSON."""

import json

from homeward.config.cli import main


def asked(tmp_path, capsys, frame, **spec):
    """The finding that `homeward estimate` prints for this spec and these rows (None: no rows)."""
    written = tmp_path / "spec.json"
    written.write_text(json.dumps(spec))
    arguments = ["estimate", "--spec", str(written)]
    if frame is not None:
        frame.to_csv(tmp_path / "rows.csv", index=False)
        arguments.append(str(tmp_path / "rows.csv"))
    capsys.readouterr()
    code = main(arguments)
    said = capsys.readouterr()
    assert code == 0, said.err
    return json.loads(said.out)
