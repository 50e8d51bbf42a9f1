/** Hex-prefixes with the same meaning as a canonical one: flags above 3, and padding that is not zero. */
import { beside, type FormFault, OTHER, twoLeaves, underRoot, VALUE } from "./node-forms.ts";
import { branch, type Child, hashed, leaf, type Made, made } from "./nodes.ts";
import { type Digits, hexPrefix, LEAF, type Nibbles, ODD, rawPrefix, string } from "./rlp.ts";

const value = `0x${VALUE}`;

/** A leaf with any hex-prefix. */
function rawLeaf(prefix: Digits, held = VALUE): Made {
  return made([string(prefix), string(held)]);
}

function rawExtension(prefix: Digits, below: Child): Made {
  return made([string(prefix), below.stands], [below]);
}

const FLAGS = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** Flags with a higher bit set; the two lower bits have their usual meaning. */
function flagFault(flag: number): FormFault {
  const isLeaf = (flag & LEAF) !== 0;
  const isOdd = (flag & ODD) !== 0;
  const path: Nibbles = isOdd ? "2" : "23";
  const prefix = rawPrefix(flag, isOdd ? "" : "0", path);
  const about = `${isLeaf ? "a leaf" : "an extension"} of ${isOdd ? "one nibble" : "two nibbles"} with the flag ${flag}`;
  const common = { id: `flag-${flag}`, about, flag: "hex-prefix-alias" };
  // Keys are whole bytes, so an even leaf is two levels down and an odd one below the root.
  if (isLeaf) {
    const top = isOdd
      ? underRoot(rawLeaf(prefix))
      : branch({ 1: branch({ 4: rawLeaf(prefix), 5: beside }), 9: beside });
    const above = isOdd ? "1" : "14";
    return {
      ...common,
      top,
      reads: [
        [`${above}${path}`, value],
        [`${above}${isOdd ? "3" : "24"}`, null],
      ],
    };
  }
  const rest = isOdd ? "4" : "";
  const below = branch({ 1: leaf(rest, VALUE), 9: leaf(rest, OTHER) });
  return {
    ...common,
    top: underRoot(rawExtension(prefix, hashed(below))),
    reads: [
      [`1${path}1${rest}`, value],
      [`1${isOdd ? "3" : "33"}1${rest}`, null],
    ],
  };
}

/** Padding that is not zero before an even path. */
function padFaults(pad: number): FormFault[] {
  const digit = pad.toString(16);
  return [
    {
      id: `leaf-padding-${pad}`,
      about: `a leaf of two nibbles with the padding ${digit}`,
      flag: "hex-prefix-alias",
      top: rawLeaf(rawPrefix(LEAF, digit, "12")),
      reads: [
        ["12", value],
        ["13", null],
      ],
    },
    {
      id: `empty-leaf-padding-${pad}`,
      about: `a leaf of no nibble with the padding ${digit}`,
      flag: "hex-prefix-alias",
      top: branch({ 1: branch({ 2: rawLeaf(rawPrefix(LEAF, digit, "")), 3: leaf("", OTHER) }), 9: beside }),
      reads: [
        ["12", value],
        ["1234", null],
      ],
    },
    {
      id: `extension-padding-${pad}`,
      about: `an extension of two nibbles with the padding ${digit}`,
      flag: "hex-prefix-alias",
      top: rawExtension(rawPrefix(0, digit, "12"), hashed(twoLeaves)),
      reads: [
        ["1212", value],
        ["1312", null],
      ],
    },
  ];
}

export const PREFIX_FAULTS: readonly FormFault[] = [...FLAGS.map(flagFault), ...[1, 8, 15].flatMap(padFaults)];

/** First bytes of an even leaf's hex-prefix, four flags and sixteen paddings: all but one encode the same leaf in another form. */
export const PREFIX_BYTES: readonly FormFault[] = [2, 6, 10, 14].flatMap((flag) =>
  Array.from({ length: 16 }, (_, pad) => ({ flag, pad }))
    .filter(({ flag, pad }) => flag !== LEAF || pad !== 0)
    .map(({ flag, pad }): FormFault => {
      const prefix = rawPrefix(flag, pad.toString(16), "3456");
      return {
        id: `first-byte-${prefix.slice(0, 2)}`,
        about: `a leaf whose hex-prefix begins with the byte ${prefix.slice(0, 2)} instead of ${hexPrefix("", true)}`,
        flag: "hex-prefix-alias",
        top: rawLeaf(prefix),
        reads: [
          ["3456", value],
          ["3457", null],
        ],
        brief: true,
      };
    }),
);
