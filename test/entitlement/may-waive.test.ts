import { describe, expect, it } from "vitest";
import { whyNotWaive } from "../../src/entitlement/may-waive.ts";
import type { Role } from "../../src/entitlement/role.ts";
import type { WaiverRules } from "../../src/policy/policy.ts";
import { aStanding, owners } from "../support/standing.ts";

const rulesWith = (different: Partial<WaiverRules>): WaiverRules => ({
  by: ["maintainers"],
  neverAuthor: true,
  maxDays: 90,
  byTick: true,
  ...different,
});

const named =
  "Only a maintainer of this repository (role maintain or admin) may waive. Ask one of them to write the same.";
const writers = "Only somebody who may write to this repository may waive. Ask one of them to write the same.";
const own =
  "Nobody waives on a pull request of their own. Ask a maintainer of this repository (role maintain or admin) who did not open it to write the same.";

it.each<[Role, "author" | "other", Partial<WaiverRules>, string | null]>([
  ["admin", "other", {}, null],
  ["maintain", "other", {}, null],
  ["write", "other", {}, named],
  ["read", "other", {}, named],
  ["none", "other", {}, named],
  ["admin", "author", {}, own],
  ["read", "author", {}, named],
  ["admin", "author", { neverAuthor: false }, null],
  ["write", "author", { neverAuthor: false }, named],
  ["write", "other", { by: ["writers"] }, null],
  ["maintain", "other", { by: ["writers"] }, null],
  ["read", "other", { by: ["writers", "maintainers"] }, writers],
])("%s, %s, %j", (role, who, different, expected) => {
  const person = { login: "grace", role, isAuthor: who === "author" };
  const finding = { fingerprint: "aaaaaaaa11111111", paths: [] };
  const said = whyNotWaive(rulesWith(different), person, aStanding(), [finding]);
  expect(said).toEqual(expected === null ? null : [expected]);
});

type Given = Parameters<typeof aStanding>[0];
const team = ["maintainers", "@acme/data"];
const member = { memberships: { "acme/data": "member" } } as const;
const askTeam =
  "Only a maintainer of this repository (role maintain or admin) or a member of `@acme/data` may waive. Ask one of them to write the same.";
const accept =
  "Who is in a team of `acme` can't be read. An owner of `acme` must accept the App's new permission (members: read) in the organization's settings. Write the same again ten minutes later.";

describe("a team", () => {
  it.each<[string, string[], Role, Given, string[] | null]>([
    ["entitles its members", team, "write", member, null],
    ["entitles members who may only read here", team, "read", member, null],
    ["in other letters entitles them as well", ["@Acme/Data"], "read", member, null],
    ["entitles nobody else", team, "write", { memberships: { "acme/data": "other" } }, [askTeam]],
    [
      "that is not there is told",
      team,
      "write",
      { memberships: { "acme/data": "no-team" } },
      [
        named,
        "There is no team `@acme/data` that this App can see. Somebody who maintains the policy must correct it.",
      ],
    ],
    [
      "alone that is not there leaves nobody",
      ["@acme/data"],
      "admin",
      { memberships: { "acme/data": "no-team" } },
      [
        "Nobody may waive this.",
        "There is no team `@acme/data` that this App can see. Somebody who maintains the policy must correct it.",
      ],
    ],
    ["that can't be read is told", team, "write", { memberships: { "acme/data": "unreadable" } }, [askTeam, accept]],
    [
      "of another organization entitles nobody",
      ["maintainers", "@other/data"],
      "write",
      { memberships: { "other/data": "member" } },
      [named, "`@other/data` is no team of `acme`, so nobody is named by it."],
    ],
    ["that was not asked entitles nobody", team, "write", {}, [askTeam]],
  ])("%s", (_, by, role, given, expected) => {
    const finding = { fingerprint: "aaaaaaaa11111111", paths: ["data/a.csv"] };
    const person = { login: "grace", role, isAuthor: false };
    expect(whyNotWaive(rulesWith({ by }), person, aStanding(given), [finding])).toEqual(expected);
  });
});

const file = owners("* @ada\n/data/ @Grace @acme/data\n/data/free/\n/mail/ ada@acme.test\n[x] @ada\n");
const broken = "Line 5 of `.github/CODEOWNERS`: it is skipped, because of the pattern `[x]`.";
const address =
  "Line 4 of `.github/CODEOWNERS`: whose address `ada@acme.test` is can't be asked of GitHub; name the account.";

describe("CODEOWNERS", () => {
  const one = (...paths: string[]) => [{ fingerprint: "aaaaaaaa11111111", paths }];
  const only = (who: string) => `Only ${who} may waive. Ask one of them to write the same.`;
  it.each<[string, ReturnType<typeof one>, Role, Given, string[] | null]>([
    ["names a person, in whatever letters", one("data/a.csv"), "write", {}, null],
    [
      "names nobody who may not write",
      one("data/a.csv"),
      "read",
      {},
      [only("an owner of `data/a.csv` (`@Grace`, `@acme/data`)"), address, broken],
    ],
    [
      "names others for another file",
      one("models/a.yml"),
      "write",
      {},
      [only("an owner of `models/a.yml` (`@ada`)"), address, broken],
    ],
    [
      "names nobody for a file that a line without owners means",
      one("data/free/a.csv"),
      "write",
      {},
      ["Nobody may waive this.", "CODEOWNERS names nobody who counts for `data/free/a.csv`.", address, broken],
    ],
    [
      "names who owns every file",
      one("data/a.csv", "models/a.yml"),
      "write",
      {},
      [only("an owner of each of `data/a.csv` (`@Grace`, `@acme/data`), `models/a.yml` (`@ada`)"), address, broken],
    ],
    [
      "names nobody where no file is known",
      one(),
      "write",
      {},
      ["Nobody may waive this.", "This is about no file, so CODEOWNERS names nobody for it.", address, broken],
    ],
    [
      "does not tell whose an address is",
      one("mail/a"),
      "write",
      {},
      [only("an owner of `mail/a` (`ada@acme.test`)"), address, broken],
    ],
    [
      "names nobody where there is none",
      one("data/a.csv"),
      "write",
      { codeOwners: { state: "absent" } },
      ["Nobody may waive this.", "The base branch has no CODEOWNERS file, so it names nobody."],
    ],
    [
      "names nobody where it is too large",
      one("data/a.csv"),
      "write",
      { codeOwners: { state: "too-large", path: "CODEOWNERS" } },
      ["Nobody may waive this.", "`CODEOWNERS` is larger than 3 MB, so GitHub does not load it."],
    ],
    [
      "names nobody where it is no text",
      one("data/a.csv"),
      "write",
      { codeOwners: { state: "no-text", path: "CODEOWNERS" } },
      ["Nobody may waive this.", "`CODEOWNERS` is no text, so it names nobody."],
    ],
  ])("%s", (_, findings, role, given, expected) => {
    const person = { login: "grace", role, isAuthor: false };
    const said = whyNotWaive(
      rulesWith({ by: ["CODEOWNERS"] }),
      person,
      aStanding({ codeOwners: file, ...given }),
      findings,
    );
    expect(said).toEqual(expected);
  });

  it("names the members of a team", () => {
    const standing = aStanding({ codeOwners: file, ...member });
    const linus = { login: "linus", role: "write", isAuthor: false } as const;
    expect(whyNotWaive(rulesWith({ by: ["CODEOWNERS"] }), linus, standing, one("data/a.csv"))).toBeNull();
  });

  it("says which part of it somebody may waive", () => {
    const grace = { login: "grace", role: "write", isAuthor: false } as const;
    const findings = [...one("data/a.csv"), { fingerprint: "bbbbbbbb22222222", paths: ["b"] }];
    const standing = aStanding({ codeOwners: owners("* @ada\n/data/ @grace") });
    expect(whyNotWaive(rulesWith({ by: ["CODEOWNERS"] }), grace, standing, findings)).toEqual([
      "Only an owner of `b` (`@ada`) may waive all of this. You may waive `aaaaaaaa11111111`, each by its fingerprint. Ask one of them to write the same.",
    ]);
  });

  it("never names the author", () => {
    const grace = { login: "grace", role: "write", isAuthor: true } as const;
    const standing = aStanding({ codeOwners: owners("* @grace") });
    expect(whyNotWaive(rulesWith({ by: ["CODEOWNERS"] }), grace, standing, one("a"))).toEqual([
      "Nobody waives on a pull request of their own. Ask an owner of `a` (`@grace`) who did not open it to write the same.",
    ]);
  });
});
