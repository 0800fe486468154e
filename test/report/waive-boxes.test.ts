import { expect, it } from "vitest";
import { type Box, drawBox, readBoxes } from "../../src/report/waive-boxes.ts";

const waive: Box = { does: "waive", fingerprints: ["a".repeat(16), "b".repeat(16)], headSha: "c".repeat(40) };
const unwaive: Box = { does: "unwaive", fingerprints: ["d".repeat(16)], headSha: "c".repeat(40) };
const drawn = `### ✗ ModelSync

- [ ] **Linked issue**: no issue
  - ${drawBox(waive)} waive it as it is
- ${drawBox(unwaive)} **Data drift**, waived by grace
- [x] labels
`;
const [empty, ticked] = [drawBox(waive), drawBox(unwaive)];
const tick = (text: string) => text.replace(empty, empty.replace("[ ]", "[x]"));
const untick = (text: string) => text.replace(ticked, ticked.replace("[x]", "[ ]"));

it.each<[string, string, Box[]]>([
  ["as it was drawn", drawn, []],
  ["with a tick", tick(drawn), [waive]],
  ["with a tick by hand", drawn.replace(empty, empty.replace("[ ]", "[X]")), [waive]],
  ["with a box emptied", untick(drawn), [unwaive]],
  ["with both", untick(tick(drawn)), [waive, unwaive]],
  ["as a browser sends it", tick(drawn).trimEnd().replaceAll("\n", "\r\n"), [waive]],
])("a comment %s", (_, comment, changed) => {
  expect(readBoxes(comment)).toEqual({ asDrawn: drawn, changed });
});

it.each([
  ["another fingerprint", tick(drawn).replace("aaaa", "eeee")],
  ["another commit", tick(drawn).replace("cccc", "ffff")],
  ["another word", tick(drawn).replace("no issue", "no issue, which is fine")],
  ["a tick before the title", drawn.replace("- [ ] **Linked", "- [x] **Linked")],
  ["a box more", `${drawn}- ${drawBox(waive).replace("[ ]", "[x]")}\n`],
  ["a box in a quote", tick(drawn).replace("  - [x]", "> - [x]")],
])("a comment with %s is not as it was drawn", (_, comment) => {
  expect(readBoxes(comment).asDrawn).not.toBe(drawn);
});
