"""Fuzzes the services of notes from their own OpenAPI files with schemathesis: `python bench/peers/fuzz.py SECONDS NOTE...`, after a build."""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parent.parent.parent
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,negative_data_rejection,unsupported_method"
)


def fuzz(note, seconds):
    """Serves the note, and gives the exit status of schemathesis: 0 where it found nothing."""
    command = ["node", str(ROOT / "bin" / "heptad.js"), "serve", note, "--port", "0"]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        url = next(
            found.group() for line in service.stdout if (found := re.search(r"http://\S+", line))
        )
        program = [pathlib.Path(sys.executable).parent / "schemathesis", "run", f"{url}/openapi.json"]
        limits = ["--seed", "7", "--max-time", str(seconds), "--max-examples", "60"]
        # What it keeps for itself lies where it runs.
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run([*program, *limits, "--checks", CHECKS], cwd=folder).returncode
    finally:
        service.terminate()
        service.wait()


if __name__ == "__main__":
    seconds, *notes = sys.argv[1:]
    sys.exit(max(fuzz(note, int(seconds)) for note in notes))
