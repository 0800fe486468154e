import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentTimeline } from "../../bench/silent-timeline.ts";
import type { Outcome } from "../../demo/closing-table.ts";
import { perform } from "../../demo/perform.ts";
import { invitation } from "../../demo/run-demo.ts";
import { openStage, type Stage } from "../../demo/stage.ts";
import { launchBrowser } from "../support/browser.ts";

let stage: Stage;
let browser: Browser;
let page: Page;
let outcomes: Outcome[];
const complaints: string[] = [];

beforeAll(async () => {
  stage = await openStage(silentTimeline);
  outcomes = await perform(stage, silentTimeline);
  await stage.idle();
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("requestfailed", (request) => complaints.push(request.url()));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

it("ends as expected, by GitHub's schemas", () => {
  const expected = { unexpected: null, page: expect.any(String) };
  expect(outcomes).toEqual([
    {
      ...expected,
      pullRequest: "#2 Use capital gains and losses",
      verdict: "pass",
      reason: "This change improves income",
      merge: "merged",
    },
    {
      ...expected,
      pullRequest: "#4 Simplify the feature list",
      verdict: "fail",
      reason: "This change makes income worse, past its metric limits",
      merge: "refused",
    },
    {
      ...expected,
      pullRequest: "#6 Drop the occupation, and outliers",
      verdict: "fail",
      reason: "This change makes income worse",
      merge: "refused",
    },
    {
      ...expected,
      pullRequest: "#8 Remove incomplete survey rows",
      verdict: "fail",
      reason: "1 check needs attention: data drift",
      merge: "refused",
    },
    {
      ...expected,
      pullRequest: "#10 Regularize a little more",
      verdict: "fail",
      reason: "1 check needs attention: linked issue",
      merge: "refused",
    },
    {
      ...expected,
      pullRequest: "#10 … issue linked",
      verdict: "fail",
      reason: "1 check needs attention: acceptance criteria",
      merge: "refused",
    },
    {
      ...expected,
      pullRequest: "#10 … issue repaired",
      verdict: "pass",
      reason: expect.stringMatching(/^This change passes/),
      merge: "merged",
    },
  ]);
  expect(stage.violations()).toEqual([]);
});

describe("the page of a pull request", () => {
  it.each<[number, string, string[], string[], string?]>([
    [2, "✓ ModelSync: this change improves income", ["Merged"], []],
    [
      4,
      // Until #10 was merged, which changed the same lines, it was judged on its own.
      "! ModelSync: income could not be judged as merged",
      ["Merging is blocked"],
      [
        "This branch has conflicts with main that must be resolved.",
        'Required status check "ModelSync: main" is failing.',
      ],
      "Reproduce locally",
    ],
    [
      6,
      "✗ ModelSync: this change makes income worse",
      ["Merging is blocked"],
      ['Required status check "ModelSync: main" is failing.'],
    ],
    [
      8,
      "✗ ModelSync: 1 check needs attention: data drift",
      ["Merging is blocked"],
      ['Required status check "ModelSync: main" is failing.'],
    ],
  ])(
    "#%i says it in the first line, in the merge box, and unfolds the details",
    async (number, line, box, problems, fold = "Lineage") => {
      const response = await page.goto(stage.pageOf(number));
      expect(response?.headers()["content-security-policy"]).toMatch(/^default-src 'none';/);
      expect(await page.locator("script").count()).toBe(0);
      const comment = page.locator(".comment", { hasText: "modelsync[bot]" });
      expect(await comment.locator(".markdown > :first-child").textContent()).toBe(line);
      expect(await page.locator(".merge-box h2").allInnerTexts()).toEqual(box);
      expect(await page.locator(".merge-box > ul:not(.checks) li").allInnerTexts()).toEqual(problems);
      const details = comment.locator("details").first();
      const folded = details.getByText(fold, { exact: true });
      expect(await folded.isVisible()).toBe(false);
      await details.locator("summary").first().click();
      expect(await folded.isVisible()).toBe(true);
      expect(complaints).toEqual([]);
    },
  );
});

it("the maintainer lets the drift through, as the demo invites to", async () => {
  const line = invitation(stage).find((one) => one.includes("/issues/8/comments"))!;
  const [, url, authorization, body] =
    /--request POST (\S+) --header "authorization: (.+?)" --data '(.+)'$/.exec(line) ?? [];
  expect((await fetch(url!, { method: "POST", headers: { authorization: authorization! }, body: body! })).status).toBe(
    201,
  );
  await stage.idle();
  await page.goto(stage.pageOf(8));
  const comment = page.locator(".comment", { hasText: "modelsync[bot]" });
  expect(await comment.locator(".markdown > :first-child").first().textContent()).toMatch(
    /^✓ .*, and 1 waiver: data drift$/,
  );
});
