import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isLocal, parseEnvironment, readGitHubAccess } from "../src/environment.ts";

const pem = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;
const secret = "0123456789abcdef0123456789abcdef";
const folder = mkdtempSync(join(tmpdir(), "key-"));
const keyFile = join(folder, "app.pem");
writeFileSync(keyFile, pem);
afterAll(() => rmSync(folder, { recursive: true }));

const complete = { APP_ID: "7", PRIVATE_KEY: pem, WEBHOOK_SECRET: secret };
const settings = {
  port: 3000,
  host: "127.0.0.1",
  logLevel: "info",
  databaseUrl: null,
  dataDirectory: ".modelsync",
  apiUrl: "https://api.github.com",
  reviewsAtOnce: 2,
  childLimits: { seconds: 300, megabytes: 2048 },
  sweep: true,
};
const remedy = "Make one with `openssl rand -hex 32` and enter the same on the App's settings page on GitHub";

it("asks for the set-up page when there is no App yet", () => {
  expect(parseEnvironment({})).toEqual({ kind: "set-up", settings });
  expect(parseEnvironment({ APP_ID: "", PRIVATE_KEY: "", WEBHOOK_SECRET: "" })).toEqual({ kind: "set-up", settings });
});

it.each<[string, Record<string, string>]>([
  ["as it is", { PRIVATE_KEY: pem }],
  ["with line ends written out", { PRIVATE_KEY: pem.replaceAll("\n", "\\n") }],
  ["as Base64", { PRIVATE_KEY: Buffer.from(pem).toString("base64") }],
  ["in a file", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: keyFile }],
])("takes the private key %s", (_, key) => {
  expect(parseEnvironment({ ...complete, ...key })).toEqual({
    kind: "serve",
    settings,
    credentials: { appId: 7, privateKey: pem, webhookSecret: secret },
  });
});

describe("settings", () => {
  it.each<[Record<string, string>, object]>([
    [
      { PORT: "0", HOST: "0.0.0.0", LOG_LEVEL: "debug" },
      { port: 0, host: "0.0.0.0", logLevel: "debug" },
    ],
    [{ PUBLIC_URL: "https://modelsync.example.org/" }, { publicUrl: "https://modelsync.example.org" }],
    [{ DATABASE_URL: "postgresql://a@b/c" }, { databaseUrl: "postgresql://a@b/c" }],
    [{ GHE_HOST: "git.example.org" }, { apiUrl: "https://git.example.org/api/v3" }],
    [{ GHE_HOST: "localhost:4000", GHE_PROTOCOL: "http" }, { apiUrl: "http://localhost:4000/api/v3" }],
    [{ GITHUB_API_URL: "http://127.0.0.1:4000/" }, { apiUrl: "http://127.0.0.1:4000" }],
    [
      { MODELSYNC_SWEEP: "off", MODELSYNC_REVIEWS_AT_ONCE: "4" },
      { sweep: false, reviewsAtOnce: 4 },
    ],
  ])("%j", (variables, expected) => {
    expect(parseEnvironment({ ...complete, ...variables })).toMatchObject({ kind: "serve", settings: expected });
  });
});

describe("mistakes", () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    [
      "no secret",
      { WEBHOOK_SECRET: undefined },
      `WEBHOOK_SECRET: it is not set, so anyone could send events. ${remedy}`,
    ],
    [
      "a short secret",
      { WEBHOOK_SECRET: "short1" },
      `WEBHOOK_SECRET: it has 6 characters, at least 32 are needed. ${remedy}`,
    ],
    ["Probot's default", { WEBHOOK_SECRET: "development" }, `WEBHOOK_SECRET: everybody knows this one. ${remedy}`],
    [
      "a long default",
      { WEBHOOK_SECRET: "your-webhook-secret-with-32-characters" },
      `WEBHOOK_SECRET: everybody knows this one. ${remedy}`,
    ],
    [
      "one repeated character",
      { WEBHOOK_SECRET: "a".repeat(40) },
      `WEBHOOK_SECRET: everybody knows this one. ${remedy}`,
    ],
    ["no number", { APP_ID: "seven" }, "APP_ID: set it to the number on the App's settings page on GitHub"],
    [
      "no key",
      { PRIVATE_KEY: undefined },
      "PRIVATE_KEY: set it, or PRIVATE_KEY_PATH, to the private key from the App's settings page on GitHub",
    ],
    [
      "a broken key",
      { PRIVATE_KEY: pem.slice(0, 200) },
      "PRIVATE_KEY: this is not a private key. Copy the whole .pem file, from BEGIN to END",
    ],
    [
      "a missing file",
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/none.pem" },
      "PRIVATE_KEY_PATH: the file /none.pem can't be read. Set it to the .pem file that GitHub gave you",
    ],
    [
      "a local public address",
      { PUBLIC_URL: "http://localhost:3000" },
      "PUBLIC_URL: GitHub can't reach this machine under a local address; set the public one",
    ],
    [
      "no public address",
      { PUBLIC_URL: "modelsync.example.org" },
      "PUBLIC_URL: must be an address such as https://modelsync.example.org",
    ],
    ...["https://ada:pass@ghe.acme.test/api/v3", "https://ghp_pass@ghe.acme.test/api/v3"].map(
      (url): [string, Record<string, string>, string] => [
        "an address with a name or a password, which is not shown",
        { GITHUB_API_URL: url },
        "GITHUB_API_URL: must hold no user name and no password",
      ],
    ),
    ["another database", { DATABASE_URL: "mysql://a" }, "DATABASE_URL: must begin with postgres://"],
  ])("%s", (_, variables, problem) => {
    expect(parseEnvironment({ ...complete, ...variables })).toEqual({ kind: "problems", problems: [problem] });
  });

  it("are told all at once", () => {
    const parsed = parseEnvironment({ APP_ID: "x", PORT: "99999", LOG_LEVEL: "loud" });
    expect(parsed).toMatchObject({ kind: "problems" });
    expect(parsed.kind === "problems" && parsed.problems.map((problem) => problem.split(":")[0])).toEqual([
      "PORT",
      "LOG_LEVEL",
      "APP_ID",
      "PRIVATE_KEY",
      "WEBHOOK_SECRET",
    ]);
  });
});

it.each([
  ["http://localhost:4000", true],
  ["http://github.localhost", true],
  ["http://127.0.0.1:4000/api/v3", true],
  ["http://127.1", true],
  ["http://127.8.9.10", true],
  ["http://[::1]:4000", true],
  ["http://127.evil.test", false],
  ["http://127.0.0.1.nip.io", false],
  ["http://localhost.evil.test", false],
  ["127.0.0.1", false],
])("%s is an address of this machine alone: %s", (url, local) => {
  expect(isLocal(url)).toBe(local);
});

describe("how a command reaches GitHub", () => {
  const token = { from: "GITHUB_TOKEN", value: "one" };
  it.each<[Record<string, string>, object]>([
    [{}, { token: null, apiUrl: "https://api.github.com" }],
    [{ GITHUB_TOKEN: "" }, { token: null, apiUrl: "https://api.github.com" }],
    [{ GITHUB_TOKEN: "one" }, { token, apiUrl: "https://api.github.com" }],
    [
      { GITHUB_TOKEN: "one", GH_TOKEN: "two" },
      { token: { from: "GH_TOKEN", value: "two" }, apiUrl: "https://api.github.com" },
    ],
    [
      { GITHUB_TOKEN: "one", GITHUB_API_URL: "http://localhost:4000/" },
      { token, apiUrl: "http://localhost:4000" },
    ],
    [
      { GITHUB_TOKEN: "one", GHE_HOST: "git.example.org" },
      { token, apiUrl: "https://git.example.org/api/v3" },
    ],
  ])("%o", (written, access) => {
    expect(readGitHubAccess(written)).toEqual(access);
  });
});
