import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readJsonLine } from "../../../runners/stdio/json-line.ts";

const faultOf = (text: string) => readJsonLine(text).fault;
const pointerOf = (text: string) => faultOf(text)?.pointer;

describe("readJsonLine", () => {
  test("returns the value of a line without faults", () => {
    const text = '{"id": 7, "a":[1,-20,{"b":null,"c":"x"}], "e":{}, "d":true,"":0}';
    assert.deepEqual(readJsonLine(text), { value: JSON.parse(text) });
    for (const scalar of ["0", "-1", "null", '"a"', " [ ] ", "true"]) {
      assert.deepEqual(readJsonLine(scalar), { value: JSON.parse(scalar) });
    }
  });

  test("reads any JSON of integers exactly as JSON.parse does", () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "medium" },
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.string({ unit: "binary" }),
        fc.constantFrom('"', "\\", '\\"', "{", ",", ":", "]", "-1.5e3"),
        fc.array(tie("value")),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "\\", '"', '\\"', "1.5")), tie("value")),
      ),
    }));
    fc.assert(
      fc.property(value, fc.nat(2), (json, indent) => {
        const text = JSON.stringify(json, null, indent);
        assert.deepEqual(readJsonLine(text), { value: JSON.parse(text) });
      }),
      { numRuns: 500 },
    );
  });

  test("ends on any text, and rejects exactly the text that is not JSON", () => {
    const scraps = fc.constantFrom(
      '"',
      "\\",
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "1",
      "-",
      "0",
      " ",
      "a",
      "null",
      "\u2028",
      "\\u0061",
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        assert.equal(readJsonLine(text).value !== undefined, isJson);
        if (!isJson) assert.match(faultOf(text)?.message ?? "", /^not JSON: /);
      }),
      { numRuns: 3000 },
    );
  });

  test("rejects a repeated member, and names it", () => {
    assert.equal(pointerOf('{"a":1,"a":1}'), "/a");
    assert.equal(pointerOf('{"x":[0,{"a":{},"b":2,"a":3}]}'), "/x/1/a");
    assert.equal(pointerOf('{"a/b~c":1,"a/b~c":1}'), "/a~1b~0c");
    assert.match(faultOf('{"a":1,"a":1}')?.message ?? "", /"a"/);
  });

  test("compares names after their escapes are resolved", () => {
    assert.equal(pointerOf('{"a":1,"\\u0061":1}'), "/a");
    assert.equal(pointerOf('{"\\"":1,"\\u0022":1}'), '/"');
    assert.equal(pointerOf('{"\\\\":1,"\\\\\\\\":1}'), undefined);
  });

  test("accepts a name that occurs again in another object, or as a value", () => {
    for (const text of [
      '{"a":{"a":{"a":1}}}',
      '[{"a":1},{"a":1}]',
      '{"a":"a","b":["a","a"]}',
      '{"a":[{"a":1}],"b":{"a":1}}',
    ]) {
      assert.equal(faultOf(text), undefined, text);
    }
  });

  test("finds a repeated name among many", () => {
    const members = Array.from({ length: 1000 }, (_, index) => `"k${index}":0`);
    assert.equal(faultOf(`{${members.join(",")}}`), undefined);
    assert.equal(pointerOf(`{${members.join(",")},"k0":0}`), "/k0");
    assert.equal(pointerOf(`{${members.join(",")},"k999":0}`), "/k999");
  });

  test("rejects numbers with a fraction or an exponent, and minus zero, at any place", () => {
    for (const number of ["1.0", "0.5", "1e2", "1E2", "1e+2", "-1e-2", "-0", "-0.0", "0e0"]) {
      assert.equal(pointerOf(`{"a":[1,${number}]}`), "/a/1", number);
      assert.equal(pointerOf(number), "", number);
      assert.equal(pointerOf(`{"a":${number},"b":1}`), "/a", number);
    }
  });

  test("returns the value of a faulty line, so that its id can be read", () => {
    assert.deepEqual(readJsonLine('{"id":5,"a":1.5}').value, { id: 5, a: 1.5 });
  });

  test("finds no numbers and names inside strings", () => {
    for (const text of [
      '["1.5", "-0", "1e9"]',
      '["{\\"a\\":1,\\"a\\":1}"]',
      `["${"1.5e3,".repeat(20)}"]`,
      '["\\\\", "1.0"]',
    ]) {
      assert.equal(faultOf(text), undefined, text);
    }
    const long = `${"x".repeat(60)}\\\\`;
    assert.equal(pointerOf(`["${long}",1.5]`), "/1");
    assert.equal(pointerOf(`["${"x".repeat(60)}\\"",1.5]`), "/1");
  });

  test("rejects a line that would take far more memory than its own size, without parsing it", () => {
    const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    assert.equal(faultOf(deep(128)), undefined);
    assert.deepEqual(readJsonLine(deep(129)), { fault: { pointer: "", message: "nested deeper than 128 levels" } });
    const empty = (count: number) => `[${"{},".repeat(count - 1)}{}]`;
    assert.equal(faultOf(empty((1 << 20) - 1)), undefined);
    assert.equal(readJsonLine(empty(1 << 20)).value, undefined);
  });
});
