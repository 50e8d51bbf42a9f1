"""
Creates `.venv` in the current folder, with the packages of its `requirements.txt` and the adapter library beside this file.
When this Python has already done so, the script does nothing and needs no network.
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
# Written last: an interrupted installation lacks it and is repeated.
INSTALLED = VENV / "installed"

PIP_INSTALL = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:"]


def main():
    with REQUIREMENTS.open() as requirements:
        # When several runs start at once, the first one installs and the others wait for it.
        fcntl.flock(requirements, fcntl.LOCK_EX)
        wanted = f"{sys.executable}\n{sys.version}\n{LIBRARY}\n{requirements.read()}"
        if INSTALLED.exists() and INSTALLED.read_text() == wanted:
            return
        venv.create(VENV, clear=True, with_pip=True)
        python = VENV / "bin" / "python"
        if subprocess.run([python, *PIP_INSTALL, "--require-hashes", "-r", REQUIREMENTS]).returncode != 0:
            sys.exit(f"pip could not install {REQUIREMENTS.name}: see its message above; the first run needs PyPI")
        find_packages = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        packages = subprocess.run(find_packages, check=True, capture_output=True, text=True).stdout.strip()
        package = Path(packages, "proofhouse_adapter")
        package.mkdir()
        # Refers to the library instead of copying it, because a copy would become outdated.
        Path(package, "__init__.py").write_text(f"__path__ = [{str(LIBRARY)!r}]\n")
        INSTALLED.write_text(wanted)


main()
