import { expect, it } from "vitest";
import { sizeOf } from "../../src/report/fit-markdown.ts";
import { withTwins } from "../../src/report/with-twins.ts";

const heading = "### ✓ ModelSync: nothing stands in the way";
const report = (summary: string) => ({
  comment: "",
  checkRun: { conclusion: "success" as const, title: "Nothing", summary, text: "", annotations: [] },
});

it("leaves a shared summary within what GitHub takes, measured in bytes, and says what it cut", () => {
  const full = `${heading}\n${"éé\n".repeat(13_090)}`;
  const { checkRun } = withTwins(report(full), { says: "failing", twins: [7] });
  expect([full.length, sizeOf(full)]).toEqual([39_313, 65_495]);
  expect(sizeOf(checkRun.summary)).toBeLessThanOrEqual(65_535);
  expect(checkRun.summary).toMatch(/^#7 with the same commit .*\n\n#### ✓ On its own: nothing stands in the way\n/);
  expect(checkRun.summary).toMatch(/\n\n\(\d+ characters are left out here\.\)$/);
});

it("keeps a short one whole", () => {
  const { checkRun } = withTwins(report(`${heading}\nFine.`), { says: "failing", twins: [7, 9] });
  expect(checkRun).toEqual({
    conclusion: "failure",
    title: "#7, #9 with the same commit fails",
    summary:
      "#7, #9 with the same commit and the same base branch needs attention, and they share this check. Close or repair #7, #9.\n\n#### ✓ On its own: nothing stands in the way\nFine.",
    text: "",
    annotations: [],
  });
});
