import assert from "node:assert/strict";
import { test } from "node:test";
import { GasProfile } from "../../../workbench/execution/gas-profile.ts";

test("gas is charged to the function on top of the call stack", () => {
  const profile = new GasProfile(1000n);
  profile.instantiated(900n);
  profile.enter("main", 900n);
  profile.enter("inner", 890n);
  profile.leave(870n);
  profile.enter("inner", 865n);
  profile.leave(864n);
  profile.leave(860n);
  assert.deepEqual(profile.open(), []);
  assert.deepEqual(profile.lines(855n), [
    { name: "(instantiation)", calls: 0, gas: 100n },
    { name: "inner", calls: 2, gas: 21n },
    { name: "main", calls: 1, gas: 19n },
    { name: "(code)", calls: 0, gas: 5n },
  ]);
});

test("functions on the call stack at the end are charged, and show where the execution ended", () => {
  const profile = new GasProfile(100n);
  profile.instantiated(90n);
  profile.enter("main", 90n);
  profile.enter("deep", 80n);
  assert.deepEqual(profile.lines(-5n), [
    { name: "deep", calls: 1, gas: 85n },
    { name: "(instantiation)", calls: 0, gas: 10n },
    { name: "main", calls: 1, gas: 10n },
  ]);
  assert.deepEqual(profile.open(), ["main", "deep"]);
});

test("a module that a host function loads is charged to that function", () => {
  const profile = new GasProfile(100n);
  profile.instantiated(100n);
  profile.enter("eth2.loadModule", 100n);
  profile.instantiated(70n);
  profile.leave(60n);
  assert.deepEqual(profile.lines(60n), [{ name: "eth2.loadModule", calls: 1, gas: 40n }]);
});
