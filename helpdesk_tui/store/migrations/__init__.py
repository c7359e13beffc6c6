"""The schema's history. `HEAD` is the revision this program works with (a test holds it to the newest script)."""

HEAD = "0006"
