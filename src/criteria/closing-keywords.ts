import { maskMarkdown } from "./mask-markdown.ts";

export interface IssueReference {
  owner: string;
  repo: string;
  number: number;
}

const keyword = /\b(?:close[sd]?|fix(?:es|ed)?|resolve[sd]?)\b:?[ \t]{1,20}/gi;

/** `#12`, `GH-12`, `owner/repo#12`, or the address of an issue or a pull request. */
const reference =
  /(?:https?:\/\/(?:www\.)?([a-z0-9.-]{1,100})(?::\d{1,5})?\/([a-z0-9-]{1,39})\/([\w.-]{1,100})\/(?:issues|pull)\/|([a-z0-9-]{1,39})\/([\w.-]{1,100})#|#|GH-)([1-9]\d{0,9})(?![\w])/iy;

/** Deeper than any honest text; keeps a hostile one from linking thousands of issues. */
const maxReferences = 50;

/**
 * The issues that a pull request's text would close, by GitHub's rules: one of nine keywords, perhaps with a colon,
 * directly followed by a reference; each issue needs its own keyword; negations are not understood. What is code, a
 * comment, a quote or markup does not count. A commit message is plain text, so there everything counts.
 *
 * Each issue once, in the order of first mention, at most 50. Linear in the length of the text.
 *
 * @param place where the text was written
 * @param repository the repository it was written in; `host` is GitHub's, `github.com` unless told
 */
export function parseClosingKeywords(
  text: string,
  repository: { owner: string; repo: string; host?: string },
  place: "pull-request" | "commit-message" = "pull-request",
): IssueReference[] {
  const readable =
    place === "commit-message" ? text : maskMarkdown(text, { codeSpans: true, quotes: true, markup: true });
  const host = repository.host ?? "github.com";
  const found = new Map<string, IssueReference>();
  for (const match of readable.matchAll(keyword)) {
    reference.lastIndex = match.index + match[0].length;
    const parts = reference.exec(readable);
    if (parts === null) continue;
    const [, site, urlOwner, urlRepo, owner = urlOwner, repo = urlRepo, number] = parts;
    if (site !== undefined && site.toLowerCase() !== host) continue;
    const issue = { owner: owner ?? repository.owner, repo: repo ?? repository.repo, number: Number(number) };
    const name = `${issue.owner}/${issue.repo}#${issue.number}`.toLowerCase();
    if (!found.has(name)) found.set(name, issue);
    if (found.size === maxReferences) break;
  }
  return [...found.values()];
}
