import fc from "fast-check";
import { Lexer, marked, type Token } from "marked";
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import { escapeCode, escapeMarkdown } from "../../src/report/escape-markdown.ts";
import { renderNotice } from "../../src/report/render-notice.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { readBoxes } from "../../src/report/waive-boxes.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import {
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  anIssue,
  aPolicy,
  aProblem,
  aPullRequest,
  aRegression,
  aRun,
  aSchemaDiff,
  headCommit,
  issues,
  ran,
  withProblems,
} from "../support/facts.ts";

const checks = await loadChecks();

const attacks = [
  "@everyone",
  "@acme/team please",
  "fixes #1",
  "acme/ml#3 GH-4",
  "c91e7d0aabbccdd",
  "https://evil.example/x",
  "www.evil.example",
  "mail@evil.example",
  "<img src=x onerror=alert(1)>",
  "</details></summary>",
  "<!-- modelsync:report -->",
  "-->",
  "![x](https://evil.example/pixel.png)",
  "[x](javascript:alert(1))",
  "[x]: https://evil.example",
  "<https://evil.example>",
  "a | b | c",
  "|---|---|",
  "`code` ``more`` |`",
  "```\nfence",
  "\n\n# heading\n\n- [x] done\n\n> quote",
  "    code",
  "***bold*** ~~gone~~",
  "$\\unicode{x}$",
  ":x: :tada:",
  ":white_check_mark: :_https:",
  "\u202Eright to left\u2066",
  "zero\u200Bwidth\u{E0041}",
  "\u0000\u0007\u001B[31m",
  "\uD800",
  "\\",
  "\\|",
  "&lt;b&gt; &#64;ada",
  "[^1]",
  "1. one",
  "=====",
  "{{constructor}} {{{x}}}",
  "x".repeat(100_000),
];

/** Everything that GitHub would turn into more than text, found in what the Markdown renders to. */
function dangers(markdown: string): string[] {
  const found = everyToken(new Lexer({ gfm: true }).lex(markdown)).flatMap((token) => {
    if (token.type === "html" && !ourHtml.test(token.raw)) return [`html ${token.raw}`];
    return ["link", "image", "def"].includes(token.type) ? [`${token.type} ${token.raw}`] : [];
  });
  const html = marked.parse(markdown, { async: false, gfm: true });
  // GitHub links mentions and references in text, not in code.
  const prose = decode(html.replace(/<(code|pre)>[\s\S]*?<\/\1>/g, "code").replace(/<[^>]*>/g, ""));
  found.push(...(prose.match(/@\w+|#\d+|gh-\d+|:\/\/|www\.|:[\w+-]+:|[\u202A-\u202E\u2066-\u2069]/gi) ?? []));
  found.push(...(prose.match(/(?<![a-z0-9])(?=\w*\d)(?=\w*[a-f])[0-9a-f]{7,40}(?![a-z0-9])/gi) ?? []));
  return found;
}

/** The tags of a report. The line that unfolds holds plain words. */
const ourHtml = /^(?:<\/?details>|<summary>[A-Z][a-z, ]*<\/summary>|<\/?code>|<!-- modelsync:report -->|\s)*$/;

/** The HTML of a comment, but for code. */
function tags(markdown: string): string[] {
  return everyToken(new Lexer({ gfm: true }).lex(markdown))
    .filter(({ type, raw }) => type === "html" && !/^<\/?code>$/.test(raw))
    .flatMap(({ raw }) => raw.match(/<[!/]?[a-z-]+>?/g) ?? []);
}

function everyToken(tokens: Token[]): Token[] {
  return tokens.flatMap((token) => {
    const table = token.type === "table" ? [...token.header, ...token.rows.flat()] : [];
    const inner = [...("tokens" in token ? (token.tokens ?? []) : []), ...(token.type === "list" ? token.items : [])];
    return [token, ...everyToken(inner), ...table.flatMap((cell: { tokens: Token[] }) => everyToken(cell.tokens))];
  });
}

function decode(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Cells per row of every table: pipes that Markdown sees. */
function raggedRows(markdown: string): string[] {
  const ragged: string[] = [];
  let width = 0;
  for (const line of markdown.split("\n")) {
    const pipes = line.startsWith("|") ? line.split("|").length : 0;
    if (pipes === 0) width = 0;
    else if (width === 0) width = pipes;
    else if (pipes !== width) ragged.push(line);
  }
  return ragged;
}

describe("one value", () => {
  it.each(attacks)("%j", (attack) => {
    const line = `before ${escapeMarkdown(attack)} after ${escapeCode(attack)} end`;
    expect([dangers(line), line.includes("\n")]).toEqual([[], false]);
    const table = `| a | b |\n|---|---|\n| ${escapeMarkdown(attack)} | ${escapeCode(attack)} |`;
    expect([dangers(table), raggedRows(table)]).toEqual([[], []]);
  });

  it("whatever pieces it is made of", () => {
    const piece = fc.oneof(
      fc.constantFrom(...attacks.slice(0, -1)),
      fc.constantFrom(..."\\`*_[]()<>&|~!$#@:/.-+=\n "),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const table = `| a | b |\n|---|---|\n| ${escapeMarkdown(text)} | ${escapeCode(text)} |\n\n${escapeMarkdown(text)}\n\n- ${escapeMarkdown(text)}`;
        expect([dangers(table), raggedRows(table)]).toEqual([[], []]);
      }),
      { numRuns: 500 },
    );
  });
});

/** A pull request in which every text that others can write is an attack. */
function hostile(attack: string): Facts {
  const run = aRun({
    classes: [attack, `${attack}2`],
    positive: attack,
    features: [{ name: attack, type: "numeric" }],
    notes: [aProblem({ message: attack, written: attack })],
    profile: {
      rows: 3,
      columns: [{ name: attack, type: "categorical", missing: 1, distinct: 2, top: [{ value: attack, count: 2 }] }],
      format: { delimiter: ",", encoding: attack, lineEnding: "lf", bom: true },
    },
  });
  const side = (commit: string) => ran(commit, run);
  const broken = withProblems(
    headCommit,
    aProblem({ message: attack, written: attack, allowed: attack, remedy: attack, where: { path: attack, line: 1 } }),
  );
  const second = aModelPolicy({ id: "churn" });
  return aFacts({
    pullRequest: aPullRequest({
      title: attack,
      body: `- [ ] ${attack}\n- [x] not: I looked, ${attack}\n- [x] ~~all read~~ ${attack}`,
      base: { ref: attack, sha: attack },
      head: { ref: attack, sha: attack, repository: attack },
      author: { login: attack, bot: true, id: 1 },
    }),
    linkedIssues: issues(
      anIssue(12, { title: attack, body: `- [ ] ${attack}\n- [x] recall[a=${attack}] not worse`, labels: [attack] }),
      {
        ...anIssue(13),
        repo: attack,
        issue: null,
      },
    ),
    policy: aPolicy({
      models: [aModelPolicy(), second],
      checks: {
        "issue-labels": { level: "block", options: { minimum: 1, any_of: ["model"], all_of: [], none_of: [] } },
        "pr-checklist": { level: "block", options: { require: ["I looked", "all read", attack] } },
        "linked-issue": { level: "block", options: { minimum: 3, allow_closed: true } },
      },
    }),
    policyChange: { state: "changed", preview: [attack] },
    changedFiles: {
      known: true,
      value: [attack, `${attack}.py`, `data/${attack}`].map((path) => ({
        path,
        status: "modified",
        additions: 1,
        deletions: 1,
      })),
    },
    models: [
      aModelReview({
        base: side(attack),
        head: side(headCommit),
        comparison: aComparison({
          reasons: [attack],
          metrics: [aRegression(), aMetric({ metric: "recall", verdict: "incomparable", reason: attack })],
          slices: [{ slice: { column: attack, value: attack }, rows: 9, metrics: [aRegression()] }],
        }),
        schema: aSchemaDiff({
          added: [attack],
          removed: [attack],
          renamed: [{ from: attack, to: attack, similarity: 0.9 }],
          retyped: [{ column: attack, from: "numeric", to: "categorical" }],
          target: { added: [attack], removed: [attack] },
        }),
        drift: aDriftReport({
          answer: "drifted",
          rule: attack,
          columns: [aColumnDrift({ column: attack, answer: "drifted", description: attack, statistic: attack })],
        }),
      }),
      aModelReview({ model: "churn", head: broken, comparison: null, schema: null, drift: null, changed: null }),
    ],
  });
}

describe("a whole report", () => {
  it.each(attacks)("%j", (attack) => {
    const facts = hostile(attack);
    const report = renderReport(judge(checks, facts), facts);
    for (const markdown of [report.comment, report.checkRun.summary, report.checkRun.text]) {
      expect([dangers(markdown), raggedRows(markdown)]).toEqual([[], []]);
    }
    expect(tags(report.comment)).toEqual(["<details>", "<summary>", "</summary>", "</details>", "<!--"]);
    expect(report.comment.length).toBeLessThan(30_000);
  });

  it.each(attacks)("whose boxes stand for what they are drawn for, whatever is beside them: %j", (attack) => {
    const facts = hostile(attack);
    facts.pullRequest.head.sha = "c".repeat(40);
    const { comment } = renderReport(judge(checks, facts), facts);
    const box = /^( *- )\[ \] <!-- modelsync:waive [0-9a-f]{16}(?:,[0-9a-f]{16})* c{40} -->/gm;
    const count = comment.match(box)?.length ?? 0;
    expect(count).toBeGreaterThan(3);
    expect(dangers(comment.replace(box, "$1[ ]"))).toEqual([]);
    expect(readBoxes(comment)).toEqual({ asDrawn: comment, changed: [] });
    expect(readBoxes(comment.replaceAll("- [ ] <!--", "- [x] <!--")).changed).toHaveLength(count);
  });

  it.each(attacks)("a notice about %j", (attack) => {
    const problem = aProblem({ message: attack, written: attack, allowed: attack, where: { path: attack, line: 3 } });
    const { comment } = renderNotice({
      passes: false,
      sentence: "nothing was checked",
      text: [attack],
      problems: [problem],
    });
    expect(dangers(comment)).toEqual([]);
  });
});
