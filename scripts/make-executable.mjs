// The entry of the command must be executable in a checkout; npm sets the bit only when it installs the package.
import { chmodSync } from "node:fs";

chmodSync(new URL("../dist/cli/main.js", import.meta.url), 0o755);
