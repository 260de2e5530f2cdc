"""Answers the benchmark runner: one JSON request a line on standard input, one JSON reply a line on standard output."""

import json
import sys
import traceback


def serve(**commands):
    """Calls the command that a request names with the request's other fields; a command returns a dictionary of numbers."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = commands[request.pop("command")](**request)
            reply = {"result": result or {}}
        except Exception as error:  # noqa: BLE001 - whatever went wrong belongs in the reply
            traceback.print_exc()
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)
