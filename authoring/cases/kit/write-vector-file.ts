/** Writes a vector file as YAML text: the same bytes for the same cases. */
import { Document, isMap, isScalar, Scalar, visit, type YAMLMap } from "yaml";
import type { VectorFile } from "../../../harness/cases/vector.ts";

/** Hex strings are quoted, and so are texts that YAML would read as another type. Prose is not quoted. */
const HEX = /^0x/;

export function writeVectorFile(file: VectorFile): string {
  const document = new Document(file, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && HEX.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
    Seq(_, node) {
      const length = node.items.reduce(
        (sum: number, item) => sum + (isScalar(item) ? String(item.value).length + 4 : 1000),
        0,
      );
      node.flow = length < 80 || node.items.every((item) => isScalar(item) && typeof item.value === "number");
    },
    Map(_, node) {
      node.flow = isShortRecipe(node);
    },
  });
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  return text.replace(/\n {2}- id:/g, "\n\n  - id:").replace("cases:\n\n", "cases:\n");
}

function isShortRecipe(node: YAMLMap): boolean {
  return node.items.length <= 4 && node.items.every(({ value }) => isScalar(value) && String(value.value).length < 24)
    ? node.items.every(({ key }) => isScalar(key) && RECIPE_FIELDS.has(String(key.value)))
    : node.items.length === 1 && isMap(node.items[0].value) && isShortRecipe(node.items[0].value);
}

const RECIPE_FIELDS = new Set([
  "seed",
  "count",
  "length",
  "shape",
  "gindex",
  "skip",
  "reverse",
  "depth",
  "hashes",
  "proofBytes",
]);
