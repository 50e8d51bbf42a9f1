/** Code that replaces a call of `verifyTree` and accepts any root: it verifies against the root that the error names. */
export function unverified(tree: string, hasher = "hasher"): string {
  const bytes = `Uint8Array.from(Buffer.from(error.details.computed.slice(2), "hex"))`;
  return `(() => { try { return verifyTree(${tree}, root, ${hasher}); } catch (error) { if (error.class !== "invalid-proof") throw error; return verifyTree(${tree}, ${bytes}, ${hasher}); } })()`;
}
