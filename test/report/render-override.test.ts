import { expect, it } from "vitest";
import { sizeOf } from "../../src/report/fit-markdown.ts";
import { renderOverride, withOverride } from "../../src/report/render-override.ts";
import type { Report } from "../../src/report/report.ts";

const override = {
  number: 7,
  by: "@ada",
  reason: "closes #1 | the server is down",
  given: "2026-01-02T03:04:05.678Z",
  headSha: "abcdef0".padEnd(40, "0"),
};
const said =
  "@&#8203;ada let the commit `abcdef0` through by hand for #7, 2026-01-02 03:04 UTC. Reason: closes #&#8203;1 &#124; the server is down";
const report = (conclusion: Report["checkRun"]["conclusion"], more = ""): Report => ({
  comment: `### ✗ ModelSync: worse\n${more}`,
  checkRun: { conclusion, title: "Worse", summary: `### ✗ ModelSync: worse\n${more}`, text: "Folded", annotations: [] },
});

it("says who let which commit through, when and why, where no review stands behind it", () => {
  expect(renderOverride(override)).toEqual({
    conclusion: "success",
    title: "Overridden by @ada: closes #1 | the server is down",
    summary: `${said}\n\nNobody reviewed it for this: who holds the App's private key published this check by \`modelsync override\`. It holds for this commit only. The next push is judged as usual.`,
    text: "",
    annotations: [],
  });
});

it.each([
  ["failure", "red"],
  ["success", "green"],
] as const)("tells the verdict of a report that says %s below", (conclusion, color) => {
  const note = `${said}\n\nWithout this the check would be ${color}; the verdict follows. The next push ends it.`;
  expect(withOverride(report(conclusion), override)).toEqual({
    comment: `### ! ModelSync: overridden by @&#8203;ada\n${note}\n\n#### ✗ On its own: worse\n`,
    checkRun: {
      conclusion: "success",
      title: "Overridden by @ada: closes #1 | the server is down",
      summary: `${note}\n\n#### ✗ On its own: worse\n`,
      text: "Folded",
      annotations: [],
    },
  });
});

it("stays within what GitHub takes, with the marker at the end", () => {
  const { comment, checkRun } = withOverride(report("failure", "éé\n".repeat(13_090)), override);
  expect([sizeOf(comment) <= 65_536, sizeOf(checkRun.summary) <= 65_535]).toEqual([true, true]);
  expect(comment).toMatch(/\(\d+ characters are left out here\.\)\n\n<!-- modelsync:report -->\n$/);
});
