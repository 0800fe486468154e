/**
 * Whether the author is a bot that the policy exempts. The account must be of GitHub's type Bot: a person can
 * register a login that looks like one. `dependabot`, `dependabot[bot]` and `app/dependabot` name the same bot.
 */
export function isExemptBot(author: { login: string; bot: boolean }, exempt: readonly string[]): boolean {
  return author.bot && exempt.some((name) => plainName(name) === plainName(author.login));
}

function plainName(login: string): string {
  return login
    .toLowerCase()
    .replace(/^app\//, "")
    .replace(/\[bot\]$/, "");
}
