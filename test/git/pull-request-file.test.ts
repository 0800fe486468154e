import { describe, expect, it } from "vitest";
import { parsePullRequestFile } from "../../src/git/pull-request-file.ts";

const absent = { number: null, body: "", url: null, draft: false, author: null };

describe("a description of a pull request", () => {
  it.each<[string, string, object]>([
    ["nothing but a title", "title: Improve", { ...absent, title: "Improve" }],
    ["JSON", '{"title": "Improve", "draft": true}', { ...absent, title: "Improve", draft: true }],
    [
      "labels as names or as GitHub writes them",
      "labels: [a, { name: b, color: red }]",
      { ...absent, labels: ["a", "b"] },
    ],
    [
      "a linked issue by number",
      "linkedIssues: [{ number: 12 }]",
      {
        ...absent,
        linkedIssues: [{ number: 12, title: "", body: "", state: "open", labels: [], url: "" }],
      },
    ],
    [
      "texts that are null, as GitHub answers",
      '{"title": "T", "body": null, "linkedIssues": [{ "number": 12, "body": null }]}',
      {
        ...absent,
        title: "T",
        linkedIssues: [{ number: 12, title: "", body: "", state: "open", labels: [], url: "" }],
      },
    ],
    ["an author", "author: { login: ada }", { ...absent, author: { login: "ada", bot: false, id: null } }],
  ])("with %s", (_, text, value) => {
    expect(parsePullRequestFile(text, "pr.yml")).toEqual({ ok: true, value, notes: [] });
  });

  it.each<[string, string, string[]]>([
    ["unknown keys", "titel: x\nlabel: y", ["unknown-key titel", "unknown-key label"]],
    ["a wrong type", "labels: model\ndraft: maybe", ["invalid-value draft", "invalid-value labels"]],
    ["a wrong number", "linkedIssues: [{ number: 0 }]", ["invalid-value linkedIssues[0].number"]],
    ["an issue without number", "linkedIssues: [{ title: x }]", ["missing-key linkedIssues[0].number"]],
    ["a list", "- title: x", ["invalid-value "]],
    ["an alias", "title: &t x\nbody: *t", ["yaml-alias body"]],
    ["broken YAML", "title: [", ["not-yaml "]],
    ["too much", `body: ${"x".repeat(1024 * 1024)}`, ["file-too-large "]],
    ["an endless title", `title: ${"x".repeat(70_001)}`, ["invalid-value title"]],
  ])("with %s is refused", (_, text, problems) => {
    const parsed = parsePullRequestFile(text, "pr.yml");
    expect(parsed.ok ? [] : parsed.problems.map(({ code, where }) => `${code} ${where.key ?? ""}`)).toEqual(problems);
  });
});
