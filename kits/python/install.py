"""
Makes `.venv` in the folder it is run in, with what `requirements.txt` names there and the adapter library beside this file. Where
that has been done already, by this Python, it does nothing and needs no network.
"""

import fcntl
import subprocess
import sys
import venv
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent / "adapter"
FOLDER = Path.cwd()
VENV = FOLDER / ".venv"
REQUIREMENTS = FOLDER / "requirements.txt"
# Written last: an installation that was interrupted has none, and is made anew.
INSTALLED = VENV / "installed"

PIP_INSTALL = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:"]


def main():
    with REQUIREMENTS.open() as requirements:
        # Of several runs that start at once the first one installs; the others wait, and find it done.
        fcntl.flock(requirements, fcntl.LOCK_EX)
        wanted = f"{sys.executable}\n{sys.version}\n{LIBRARY}\n{requirements.read()}"
        if INSTALLED.exists() and INSTALLED.read_text() == wanted:
            return
        venv.create(VENV, clear=True, with_pip=True)
        python = VENV / "bin" / "python"
        if subprocess.run([python, *PIP_INSTALL, "--require-hashes", "-r", REQUIREMENTS]).returncode != 0:
            sys.exit(f"{REQUIREMENTS.name} was not installed: see pip's message above; a first run needs PyPI")
        find_packages = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        packages = subprocess.run(find_packages, check=True, capture_output=True, text=True).stdout.strip()
        package = Path(packages, "proofhouse_adapter")
        package.mkdir()
        # The library where it lies, not a copy, which would grow old.
        Path(package, "__init__.py").write_text(f"__path__ = [{str(LIBRARY)!r}]\n")
        INSTALLED.write_text(wanted)


main()
