/** Commands that need what only a checkout of the project has: the generators, the mutants, and what they depend on. */

/** What `load` imports. Errors: UsageError, from an installed package. */
export async function checkoutOnly<Module>(what: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    const { UsageError } = await import("../harness/usage/usage-error.ts");
    const [line] = (error as Error).message.split("\n");
    throw new UsageError(`${what} in a checkout of the project, after npm ci; this is an installed package (${line})`);
  }
}
