import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { renderMarkdown } from "../../emulator/web/markdown.ts";
import { launchBrowser } from "../support/browser.ts";
import { commitFile, openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  setting = await startSetting();
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(setting.github.url)) complaints.push(`request: ${request.url()}`);
  });
});
afterAll(async () => {
  await browser.close();
  await setting.close();
});
afterEach(() => {
  expect(complaints).toEqual([]);
  expect(setting.github.violations).toEqual([]);
});

const textOf = (selector: string) => page.locator(selector).allInnerTexts();

describe("the page of a pull request", () => {
  it("shows the comment, the checks and why merging is blocked, then that it is ready", async () => {
    const { ada, bob, checker, demo, app, github } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "Improve recall" });
    const pull = await openPull(setting, "shown", { body: `Fixes #${issue.number}` });
    await ada.repos.updateBranchProtection({
      ...demo,
      branch: "main",
      required_status_checks: { strict: false, contexts: [], checks: [{ context: "gate: main", app_id: app.appId }] },
      enforce_admins: true,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    const address = `${github.url}/acme/demo/pull/${pull.number}`;
    await page.goto(address);
    expect(await textOf(".merge-box h2")).toEqual(["Merging is blocked"]);
    expect(await textOf(".checks li")).toEqual([expect.stringContaining("gate: main expected, waiting for status")]);

    const { data: run } = await checker.checks.create({
      ...demo,
      name: "gate: main",
      head_sha: pull.head.sha,
      conclusion: "failure",
      output: { title: "income got worse", summary: "| metric | head |\n|---|---|\n| ROC AUC | 0.88 |" },
    });
    await checker.issues.createComment({
      ...demo,
      issue_number: pull.number,
      body: "### ✗ Worse\n\n- [x] linked issue\n- [ ] criteria\n\n<details><summary>More</summary>\n\n**0.88**\n\n</details>",
    });
    await page.goto(address);
    expect(await textOf(".checks li")).toEqual([
      expect.stringMatching(/gate: main failure: income got worse.*Required/s),
    ]);
    expect(await textOf(".merge-box > ul:not(.checks) li")).toEqual(['Required status check "gate: main" is failing.']);
    const details = page.locator(".comment details");
    expect(await details.locator("strong").isVisible()).toBe(false);
    await details.locator("summary").click();
    expect(await details.locator("strong").isVisible()).toBe(true);
    expect(await page.locator(".comment input[type=checkbox]").count()).toBe(2);

    await page.locator(".checks a").click();
    expect(page.url()).toBe(`${github.url}/acme/demo/runs/${run.id}`);
    expect(await textOf("td")).toEqual(["ROC AUC", "0.88"]);

    await page.goto(`${github.url}/acme/demo`);
    expect(await page.locator(".list li .dot").getAttribute("title")).toBe("checks failed");

    await checker.checks.create({ ...demo, name: "gate: main", head_sha: pull.head.sha, conclusion: "success" });
    await page.goto(address);
    expect(await textOf(".merge-box h2")).toEqual(["Ready to merge"]);
    await bob.pulls.merge({ ...demo, pull_number: pull.number });
    await page.goto(address);
    expect(await textOf("main .state")).toEqual(["Merged"]);
    expect(await textOf("main > p:nth-of-type(2)")).toEqual([
      expect.stringMatching(/^Merged bob merged 1 commit into main from/),
    ]);
    await page.locator('a[href="/acme/demo/issues/1"]').click();
    expect(await textOf("h1")).toEqual(["Improve recall #1"]);
  });

  it("names a conflict and a missing check together, and says when things were written", async () => {
    const { ada, demo, github } = setting;
    const pull = await openPull(setting, "conflicting");
    await commitFile(ada, "conflicting", "both.txt", "# one\n");
    await ada.repos.deleteBranchProtection({ ...demo, branch: "main" });
    await commitFile(ada, "main", "both.txt", "# two\n");
    await ada.repos.updateBranchProtection({
      ...{ ...demo, branch: "main", enforce_admins: true, required_pull_request_reviews: null, restrictions: null },
      required_status_checks: { strict: false, contexts: ["gate: main"] },
    });
    await page.goto(`${github.url}/acme/demo/pull/${pull.number}`);
    expect(await textOf(".merge-box h2")).toEqual(["Merging is blocked"]);
    expect(await textOf(".merge-box > ul:not(.checks) li")).toEqual([
      "This branch has conflicts with main that must be resolved.",
      'Required status check "gate: main" is expected.',
    ]);
    expect(await textOf(".comment time")).toEqual([expect.stringMatching(/^[A-Z][a-z]{2} \d+, \d{4}, \d\d:\d\d UTC$/)]);
  });

  it("lets a wide table scroll and breaks no number", async () => {
    const { bob, demo, github } = setting;
    const pull = await openPull(setting, "wide");
    const cells = Array.from({ length: 24 }, (_, at) => `0.${1234 + at}`).join(" | ");
    const body = `| ${cells} |\n|${"---|".repeat(24)}\n| ${cells} |`;
    await bob.issues.createComment({ ...demo, issue_number: pull.number, body });
    await page.goto(`${github.url}/acme/demo/pull/${pull.number}`);
    const heights = await page.locator("td").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(40);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });

  it("runs nothing that a pull request brings", async () => {
    const { bob, checker, demo, github } = setting;
    const attack = [
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(2)>",
      "![x](https://example.com/tracker.png)",
      "[click](javascript:alert(3))",
      "<details open ontoggle=alert(4)><summary>x</summary></details>",
      "<svg onload=alert(5)>",
      "<iframe src='https://example.com/'></iframe>",
      '<a href="javascript:alert(6)">x</a>',
      "<style>body { display: none }</style>",
      "`<script>alert(7)</script>`",
    ].join("\n\n");
    const title = '"><script>alert(8)</script>{{constructor}}';
    const pull = await openPull(setting, "attack", { body: attack });
    await bob.pulls.update({ ...demo, pull_number: pull.number, title });
    await bob.issues.addLabels({ ...demo, issue_number: pull.number, labels: ["<b onclick=alert(9)>label</b>"] });
    await bob.issues.createComment({ ...demo, issue_number: pull.number, body: attack });
    const output = { title, summary: attack, text: attack };
    const { data: run } = await checker.checks.create({
      ...demo,
      name: title,
      head_sha: pull.head.sha,
      conclusion: "failure",
      output,
    });
    for (const path of ["", `/pull/${pull.number}`, `/runs/${run.id}`]) {
      const response = await page.goto(`${github.url}/acme/demo${path}`);
      expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
      const dangerous =
        "script, iframe, img, svg, style, object, embed, form, [onerror], [onload], [ontoggle], [onclick]";
      expect(await page.locator(dangerous).count()).toBe(0);
      expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
    }
    await page.goto(`${github.url}/acme/demo/pull/${pull.number}`);
    expect(await textOf("h1")).toEqual([`${title} #${pull.number}`]);
  });
});

describe("other pages", () => {
  it.each([
    ["/", 200, "acme/demo"],
    ["/acme/demo", 200, "Pull requests"],
    ["/acme/demo/blob/main/README.md", 200, "# demo"],
    ["/acme/demo/pull/999", 404, "Not found"],
    ["/acme/demo/pull/%E0%A4%A", 404, "Not found"],
    ["/nobody/nothing", 404, "Not found"],
    ["/acme/demo/blob/main/../../secret", 404, "Not found"],
  ])("%s answer %i", async (path, status, text) => {
    const response = await fetch(setting.github.url + path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });
});

describe("Markdown", () => {
  it.each([
    ["a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"],
    ["<!-- hidden -->", ""],
    ["<details>\n<summary>S</summary>\n\nT\n\n</details>", "<details>\n<summary>S</summary><p>T</p>\n</details>"],
    ["x<sub onclick=1>2</sub>", "<p>x&lt;sub onclick=1&gt;2</sub></p>\n"],
    [
      "✓ **✗** `✓`",
      '<p><span class="mark tick">✓</span> <strong><span class="mark cross">✗</span></strong> <code>✓</code></p>\n',
    ],
    ["1 → 2", '<p>1 <span class="mark arrow">→</span> 2</p>\n'],
    ["&gt;50K &#62; &nope &lt;b&gt; &amp;gt;", "<p>&gt;50K &gt; &amp;nope &lt;b&gt; &amp;gt;</p>\n"],
    ["[a](data:text/html,x)", "<p>a</p>\n"],
    [
      '[a](https://x.y/"onclick=1)',
      '<p><a href="https://x.y/&quot;onclick=1" rel="nofollow noopener noreferrer">a</a></p>\n',
    ],
    ["![a<b](https://x.y/z)", '<p><a href="https://x.y/z" rel="nofollow noopener noreferrer">a&lt;b</a></p>\n'],
  ])("%j becomes %j", (text, html) => {
    expect(renderMarkdown(text)).toBe(html);
  });
});
