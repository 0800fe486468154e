import type { Commit } from "../git/commits.ts";
import type { MergeMethod, PullIssue } from "../model.ts";
import { signatureOf } from "../present/commit.ts";
import { pullCommits } from "./pull-changes.ts";

/** How a pull request is merged, and the words for its commit where somebody chose them. */
export interface MergeWords {
  readonly method: MergeMethod;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/** The message of a merge or squash commit, with GitHub's own words where nobody chose others. */
export async function mergeMessage(issue: PullIssue, { method, title, message }: MergeWords): Promise<string> {
  const usual = method === "squash" ? await squashWords(issue) : mergeWords(issue);
  const body = message ?? usual.body;
  return body === "" ? `${title ?? usual.title}\n` : `${title ?? usual.title}\n\n${body}\n`;
}

function mergeWords(issue: PullIssue) {
  const owner = issue.pull.head.owner?.login ?? "unknown";
  return { title: `Merge pull request #${issue.number} from ${owner}/${issue.pull.head.ref}`, body: issue.title };
}

/** Of one commit its own words; of several the pull request's title and a list of theirs. */
async function squashWords(issue: PullIssue) {
  const commits = await pullCommits(issue);
  const [first] = commits;
  if (first && commits.length === 1) {
    const { subject, body } = split(first);
    return {
      title: `${subject} (#${issue.number})`,
      body: [body, ...coAuthors(issue, commits)].filter(Boolean).join("\n\n"),
    };
  }
  const list = commits.map((commit) => {
    const { subject, body } = split(commit);
    return body === "" ? `* ${subject}` : `* ${subject}\n\n${body}`;
  });
  const others = coAuthors(issue, commits).map((trailers) => `---------\n\n${trailers}`);
  return { title: `${issue.title} (#${issue.number})`, body: [...list, ...others].join("\n\n") };
}

function split({ message }: Commit): { subject: string; body: string } {
  const [subject = "", ...rest] = message.split("\n");
  return { subject, body: rest.join("\n").trim() };
}

/** Whoever else wrote commits, as trailers in one paragraph; nothing when nobody did. */
function coAuthors(issue: PullIssue, commits: readonly Commit[]): string[] {
  const own = issue.author ? signatureOf(issue.author).email : "";
  const others = new Map(
    commits.map(({ author }) => [author.email, author.name]).filter(([email]) => email !== own) as [string, string][],
  );
  const trailers = [...others].map(([email, name]) => `Co-authored-by: ${name} <${email}>`);
  return trailers.length > 0 ? [trailers.join("\n")] : [];
}
