/** Commands that only work in a checkout of the project: they need the generators, the mutants and dev dependencies. */

/** Imports a module that only a checkout contains. Errors: UsageError, from an installed package. */
export async function checkoutOnly<Module>(activity: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    const { UsageError } = await import("../harness/usage/usage-error.ts");
    const [line] = (error as Error).message.split("\n");
    throw new UsageError(
      `${activity} only in a checkout of the project, after npm ci; this is an installed package (${line})`,
    );
  }
}
