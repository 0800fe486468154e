import { expect, it } from "vitest";
import { isExemptBot } from "../../src/verdict/exempt-bot.ts";

it.each<[login: string, bot: boolean, exempt: string[], answer: boolean]>([
  ["dependabot[bot]", true, ["dependabot"], true],
  ["dependabot", true, ["dependabot[bot]"], true],
  ["renovate[bot]", true, ["dependabot", "app/renovate"], true],
  ["Dependabot[bot]", true, ["dependabot"], true],
  ["dependabot", false, ["dependabot"], false],
  ["dependabot-fan[bot]", true, ["dependabot"], false],
  ["dependabot[bot]", true, [], false],
])("%s (bot: %s) with %j exempt: %s", (login, bot, exempt, answer) => {
  expect(isExemptBot({ login, bot }, exempt)).toBe(answer);
});
