import assert from "node:assert/strict";
import { describe, test } from "node:test";
import picocolors from "picocolors";
import { pictureSvg } from "../../../report/picture/draw-svg.ts";
import { pictureLines } from "../../../report/picture/draw-text.ts";
import { pictureOf } from "../../../report/picture/picture.ts";
import { columnsOf, PLAIN, type Style } from "../../../report/text/layout.ts";
import { sampleCase } from "../sample-run.ts";
import { type Element, scanXml } from "../xml-scanner.ts";
import { canonicalCase, canonicalPicture, everyFew } from "./sample-pictures.ts";

const style = (width: number): Style => ({ ...PLAIN, width });

async function assertDrawn(id: string, width: number, expected: string): Promise<void> {
  const lines = pictureLines(await canonicalPicture(id), style(width));
  assert.deepEqual(lines, expected.replace(/^\n/, "").replace(/\n *$/, "").split("\n"));
}

/** Returns every element. */
function elements(top: Element): Element[] {
  return [top, ...top.children.flatMap(elements)];
}

/** A text that a hostile vector file could contain. */
const NASTY = `<script>&"\u001b[2J\u0000\u202e]]>${"long".repeat(5000)}`;

function hostileCases(): ReturnType<typeof sampleCase>[] {
  const { params } = sampleCase();
  const object = { gindices: ["0x1"], leaves: [NASTY], helpers: [] };
  const changes = [
    { backend: NASTY },
    { encoding: NASTY },
    { proof: NASTY },
    { keys: [NASTY, { a: 1 }, null, `0x${"f".repeat(20000)}`] },
    { root: NASTY },
    { encoding: "helpers", proof: { [NASTY]: [] } },
    { encoding: "helpers", proof: object },
    {
      encoding: "helpers",
      proof: { ...object, gindices: [`0x${"f".repeat(300)}`], leaves: [`0x${"ab".repeat(5000)}`] },
    },
    { [NASTY]: NASTY },
  ];
  const cases = changes.map((change) => sampleCase({ id: NASTY, about: NASTY, params: { ...params, ...change } }));
  const step = { backend: "ssz", encoding: "compact", root: NASTY, proof: `0x80${"00".repeat(32)}` };
  return [
    ...cases,
    sampleCase({
      call: "proof/transact",
      params: { ...step, steps: [null, [], { set: NASTY }, { get: ["0x1"] }, NASTY] },
    }),
    sampleCase({ call: "proof/update", params: { ...step, writes: [[NASTY, NASTY], ["0x1", NASTY], "0x1"] } }),
    sampleCase({ call: "proof/prove", params: { ...step, keys: {}, entries: [[NASTY, NASTY], ["0x1", NASTY], 7] } }),
    sampleCase({ call: "proof/merge", params: { ...step, proofs: [NASTY, null, step.proof] } }),
    sampleCase({ call: NASTY, params: {} }),
  ];
}

describe("a tree in the terminal", () => {
  test("has its claims, helpers and hashes in columns", async () => {
    await assertDrawn(
      "helpers/nested-claims/leaf-forged-below-true-node-get",
      90,
      `
proof: 3 bottoms: 1 claim, 2 helpers; 2 inner; 2 levels
0x1        · inner   0xee88c187…b004112d  = the root
├─ 0x2     ✗ claim   0xad12170b…4f1373ea  leaves[0]
│  │  ✗ given as 0xad12170b…4f1373ea, but its children hash to 0xcd79471b…ae4ba9ec
│  ├─ 0x4  ✗ claim   0xadcbed25…729ed27a  keys[0], leaves[1]
│  │     ✗ is below 0x2, which is also given as leaves[0]
│  └─ 0x5  ○ helper  0x9b768a71…a7cc0765  helpers[0]
└─ 0x3     ○ helper  0x989c0700…7700f0bb  helpers[1]

✗ the reference rejects it as malformed: claim 4 equals or is below claim 2
· inner: hashed from its children   ● claim: requested, or named by the proof
○ helper: needed to compute the root`,
    );
  });

  test("folds long paths, and shows a key below the proof", async () => {
    await assertDrawn(
      "helpers/deep/right-256-get",
      80,
      `
proof: 257 bottoms: 1 claim, 256 helpers; 256 inner; 256 levels
0x1                         · inner   0x87d03fc7…120610bc  = the root
├─ 0x2                      ○ helper  0xcb69616a…9416376e  helpers[255]
└─ ⋮ 254 levels, siblings: 254 helpers, all right
   └─ 0xfffff…ffff L255     · inner   0x16f8d30c…80660f70
      ├─ 0x1ffff…fffe L256  ○ helper  0x8ca6b423…b02b79f6  helpers[0]
      └─ 0x1ffff…ffff L256  ● claim   0xfc91271d…3150734f  keys[0], leaves[0]

· inner: hashed from its children   ● claim: requested, or named by the proof
○ helper: needed to compute the root`,
    );
    const lines = pictureLines(await canonicalPicture("compact/uncovered-keys/far-below-a-helper"), style(80));
    assert.ok(lines.includes("│     └┄ 0x1400: keys[0], 10 levels below, all left ✗ the proof ends above it"));
  });

  test("fits narrow terminals: shorter values, less indentation, separate deep parts", async () => {
    await assertDrawn(
      "compact/update/both-claims",
      48,
      `
proof: 6 bottoms: 2 written, 4 helpers; 5 inner;
3 levels
0x1        · inner   0x1a4442e2…  = the root
├ 0x2      · inner   0xb46147e1…
│ ├ 0x4    · inner   0x5bde209e…
│ │ ├ 0x8  ◆ written 0x6b6f14e6…  writes[0] → 0…
│ │ └ 0x9  ○ helper  0x181d9408…  bottom 1, byt…
│ └ 0x5    ○ helper  0xaa3eb5f4…  bottom 2, byt…
└ 0x3      · inner   0xa92d1a9e…
  ├ 0x6    · inner   0xea993efd…
  │ ├ 0xc  ○ helper  0x60aade2b…  bottom 3, byt…
  │ └ 0xd  ◆ written 0x3d484bab…  writes[1] → 0…
  └ 0x7    ○ helper  0x72cbcc59…  bottom 5, byt…

· inner: hashed from its children
◆ written: assigned a new value
○ helper: needed to compute the root`,
    );
    const parts = pictureLines(await canonicalPicture("compact/many-bottoms/512-leaves-get"), style(50));
    assert.ok(parts.some((line) => / ↓ \(1\)$/.test(line)));
    assert.ok(parts.some((line) => /^\(1\) 0x/.test(line)));
  });

  test("marks faults in red, and with text if colours are off", async () => {
    const picture = await canonicalPicture("helpers/forged-nodes/two-leaves-left-flip-first-bit-0");
    const paint = picocolors.createColors(true);
    const line = "✗ hashes to 0x793943fd…004273fc, the root is 0x4e7fb3aa…6f36c97f";
    assert.ok(pictureLines(picture, { paint, width: 100 }).some((one) => one.endsWith(paint.red(line))));
    assert.ok(pictureLines(picture, style(100)).some((one) => one.endsWith(line)));
  });

  test("fits its width, and is no longer than a few screens, for any case", async () => {
    for (const vector of await everyFew(61)) {
      const picture = pictureOf(vector);
      for (const width of [58, 98]) {
        const lines = pictureLines(picture, style(width));
        assert.ok(lines.length <= 320, `${vector.id}: ${lines.length} lines`);
        for (const line of lines) assert.ok(columnsOf(line) <= width, `${vector.id}: ${line}`);
      }
    }
  });
});

describe("a tree as SVG", () => {
  test("is well-formed, loads no resources and runs no scripts, for any case", async () => {
    for (const vector of await everyFew(97)) {
      const document = pictureSvg(vector, pictureOf(vector));
      const found = elements(scanXml(document));
      assert.deepEqual(
        found.map(({ name }) => name).filter((name) => !/^(?:svg|title|g|rect|path|circle|text)$/.test(name)),
        [],
        vector.id,
      );
      assert.doesNotMatch(document, /(?:href|url\(|style=|\son\w+=|NaN|undefined|Infinity)/, vector.id);
    }
  });

  test("contains the same as the text: each node, each fault, the verdict", async () => {
    const vector = await canonicalCase("helpers/nested-claims/leaf-forged-below-true-node-get");
    const texts = elements(scanXml(pictureSvg(vector, pictureOf(vector)))).filter(({ name }) => name === "text");
    const words = texts.map(({ text }) => text);
    for (const word of ["0x1", "0x2", "0x3", "0x4", "0x5", "leaves[1]", "helpers[0]", "0xad12170b…4f1373ea", "✗ 2"]) {
      assert.ok(words.includes(word), word);
    }
    assert.ok(words.includes("✗ 2 0x4: is below 0x2, which is also given as leaves[0]"));
    assert.ok(words.includes("the reference rejects it as malformed: claim 4 equals or is below claim 2"));
  });

  test("keeps its symbols inside its borders, and its boxes apart", async () => {
    for (const id of ["compact/uncovered-keys/far-below-a-helper", "helpers/honest/eight-leaves-apart-get"]) {
      const vector = await canonicalCase(id);
      const top = scanXml(pictureSvg(vector, pictureOf(vector)));
      const boxes = elements(top).filter(({ name, attributes }) => name === "rect" && attributes.rx === "6");
      assert.ok(boxes.length > 8);
      for (const y of new Set(boxes.map(({ attributes }) => attributes.y))) {
        const row = boxes.filter(({ attributes }) => attributes.y === y);
        const edges = row.map(({ attributes: { x, width } }) => [Number(x), Number(x) + Number(width)]);
        edges.sort(([a], [b]) => a - b);
        for (let at = 1; at < edges.length; at++) assert.ok(edges[at][0] > edges[at - 1][1], id);
        assert.ok(edges[0][0] >= 0 && (edges.at(-1)?.[1] ?? 0) <= Number(top.attributes.width) - 48, id);
      }
    }
  });

  test("has a symbol for each node of a large tree, and a readable size", async () => {
    const vector = await canonicalCase("compact/many-bottoms/512-leaves-get");
    const top = scanXml(pictureSvg(vector, pictureOf(vector)));
    assert.ok(Number(top.attributes.width) < 4000 && Number(top.attributes.height) < 2000);
    const words = elements(top).map(({ text }) => text);
    assert.ok(words.some((word) => /^0xa {2}⋯ 64 helpers below$/.test(word)));
  });

  test("is the same every time", async () => {
    const vector = await canonicalCase("compact/merge-and-extract/merge-overlapping");
    assert.equal(pictureSvg(vector, pictureOf(vector)), pictureSvg(vector, pictureOf(vector)));
  });
});

test("hostile values are escaped in both drawings", () => {
  for (const vector of hostileCases()) {
    const picture = pictureOf(vector);
    const lines = pictureLines(picture, style(60));
    assert.ok(lines.length < 60, lines.slice(0, 5).join("\n"));
    for (const line of lines) {
      assert.ok(columnsOf(line) <= 60, line);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
    }
    const document = pictureSvg(vector, picture);
    assert.ok(document.length < 30_000);
    assert.doesNotMatch(document, /<script|(?!\n)[\p{Cc}\p{Cf}]/u);
    scanXml(document);
  }
});
