"""
Makes `.venv` with what `requirements.txt` names. Where that has been done already, by this Python, it does nothing and
needs no network.
"""

import fcntl
import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VENV = FOLDER / ".venv"
REQUIREMENTS = FOLDER / "requirements.txt"
# Written last: an installation that was interrupted has none, and is made anew.
INSTALLED = VENV / "installed"

PIP_INSTALL = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:"]


def main():
    with REQUIREMENTS.open() as requirements:
        # Of several runs that start at once the first one installs; the others wait, and find it done.
        fcntl.flock(requirements, fcntl.LOCK_EX)
        wanted = f"{sys.executable}\n{sys.version}\n{requirements.read()}"
        if INSTALLED.exists() and INSTALLED.read_text() == wanted:
            return
        venv.create(VENV, clear=True, with_pip=True)
        command = [VENV / "bin" / "python", *PIP_INSTALL, "--require-hashes", "-r", REQUIREMENTS]
        if subprocess.run(command).returncode != 0:
            sys.exit(f"{REQUIREMENTS.name} was not installed: see pip's message above; a first run needs PyPI")
        INSTALLED.write_text(wanted)


main()
