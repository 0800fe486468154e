import { createPrivateKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";

/** Everything that can be set from outside, checked. */
export interface Settings {
  port: number;
  host: string;
  /** Address under which GitHub reaches this server, without a slash at the end; the set-up page needs it. */
  publicUrl?: string;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** PostgreSQL address; null keeps the database inside this process, in the data folder. */
  databaseUrl: string | null;
  dataDirectory: string;
  /** Root of the REST API. */
  apiUrl: string;
  reviewsAtOnce: number;
  /** What the child process of one model's review may use. */
  childLimits: { seconds: number; megabytes: number };
  /** Look regularly for webhooks that never arrived. */
  sweep: boolean;
}

export interface Credentials {
  appId: number;
  privateKey: string;
  webhookSecret: string;
}

/** `set-up`: there is no App yet. `problems`: one line per mistake, saying what to set. */
export type Environment =
  | { kind: "serve"; settings: Settings; credentials: Credentials }
  | { kind: "set-up"; settings: Settings }
  | { kind: "problems"; problems: string[] };

/** Shortest accepted webhook secret. GitHub makes secrets of 40 characters. */
const shortestSecret = 32;

/** Secrets that stand in documentation, so that everybody knows them. */
const publicSecrets = [
  /^development/i,
  /^(your|my|the|a)?[-_ ]?(webhook[-_ ]?)?secret/i,
  /^change[-_ ]?me/i,
  /^replace/i,
  /^(.)\1*$/,
];

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Whether an address only means something on this machine. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}

/** Whether an address holds a user name or a password, which `fetch` refuses and quotes as it does so. */
export function hasCredentials(url: string): boolean {
  const { username, password } = URL.parse(url) ?? {};
  return Boolean(username || password);
}

const variables = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://modelsync.example.org" })
    .refine((url) => !isLocal(url), "GitHub can't reach this machine under a local address; set the public one")
    .optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
    .optional(),
  MODELSYNC_DATA_DIRECTORY: z.string().default(".modelsync"),
  GITHUB_API_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !hasCredentials(url), "must hold no user name and no password")
    .optional(),
  GHE_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name")
    .optional(),
  GHE_PROTOCOL: z.enum(["https", "http"]).default("https"),
  MODELSYNC_REVIEWS_AT_ONCE: whole(1, 64).default(2),
  MODELSYNC_REVIEW_SECONDS: whole(1, 600).default(300),
  MODELSYNC_REVIEW_MEGABYTES: whole(256, 65_536).default(2048),
  MODELSYNC_SWEEP: z.enum(["on", "off"]).default("on"),
});

/** Reads `.env` and the environment. Never throws for what a person wrote. */
export function readEnvironment(): Environment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  // Probot's set-up page would otherwise download a client for a public relay on every start.
  process.env.NO_SMEE_SETUP = "true";
  const environment = parseEnvironment(process.env);
  // Probot's set-up page takes the address of webhooks from here; it would be the address in the browser otherwise.
  if (environment.kind === "set-up" && environment.settings.publicUrl !== undefined) {
    process.env.WEBHOOK_PROXY_URL = `${environment.settings.publicUrl}/api/github/webhooks`;
  }
  return environment;
}

/** How a command reaches GitHub. Nothing in it is checked. */
export interface GitHubAccess {
  /** `from` names the variable that holds it. */
  token: { from: string; value: string } | null;
  /** Root of the REST API. */
  apiUrl: string;
}

/**
 * Reads how a command reaches GitHub, as GitHub's own `gh` and its workflows have it. Reads no `.env`: in the folder of
 * somebody else's repository it could send the token to another host.
 */
export function readGitHubAccess(written: Readonly<Record<string, string | undefined>> = process.env): GitHubAccess {
  const from = ["GH_TOKEN", "GITHUB_TOKEN"].find((name) => written[name]);
  return {
    token: from === undefined ? null : { from, value: written[from] as string },
    apiUrl: apiUrlOf(written),
  };
}

/** The App's key, and the GitHub that knows the App. The key is never sent there, and nothing in it is shown. */
export interface AppKey {
  appId: number;
  privateKey: string;
  /** Root of the REST API. Not checked. */
  apiUrl: string;
}

/** What git is started with: the variables of this process, where people tell git how to behave, and these. */
export function environmentOfGit(more: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, ...more };
}

/**
 * Reads the App's key as the server does, for a command that speaks as the App. A `.env` is read only when the environment holds no
 * part of the key: in the folder of somebody else's repository it could send what the key signs to another host.
 *
 * @returns one line per mistake when it is not there
 */
export function readAppKey(written: Readonly<Record<string, string | undefined>> = process.env): AppKey | string[] {
  const given = keyNames.some((name) => written[name]) ? written : { ...readDotEnv(), ...withoutEmpty(written) };
  const problems: string[] = [];
  const key = parseKey(withoutEmpty(given), problems);
  return key === null || problems.length > 0 ? problems : { ...key, apiUrl: apiUrlOf(given) };
}

const keyNames = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH"];

function readDotEnv(): NodeJS.Dict<string> {
  return existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
}

/** Where the server has its database, by its variables. Nothing in it is checked, and no `.env` is read: see above. */
export function readDatabasePlace(written: Readonly<Record<string, string | undefined>> = process.env) {
  const dataDirectory = written.MODELSYNC_DATA_DIRECTORY || variables.shape.MODELSYNC_DATA_DIRECTORY.parse(undefined);
  return { databaseUrl: written.DATABASE_URL || null, dataDirectory };
}

/** Checks variables and tells every mistake at once. An empty variable counts as not set. */
export function parseEnvironment(written: Readonly<Record<string, string | undefined>>): Environment {
  const given = withoutEmpty(written);
  const parsed = variables.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  const started = keyNames.some((name) => given[name] !== undefined);
  const credentials = started ? parseCredentials(given, problems) : null;
  if (!parsed.success || problems.length > 0) return { kind: "problems", problems };
  const settings = toSettings(parsed.data);
  return credentials ? { kind: "serve", settings, credentials } : { kind: "set-up", settings };
}

function withoutEmpty(written: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(written).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function toSettings(read: z.infer<typeof variables>): Settings {
  return {
    port: read.PORT,
    host: read.HOST,
    ...(read.PUBLIC_URL === undefined ? {} : { publicUrl: read.PUBLIC_URL.replace(/\/+$/, "") }),
    logLevel: read.LOG_LEVEL,
    databaseUrl: read.DATABASE_URL ?? null,
    dataDirectory: read.MODELSYNC_DATA_DIRECTORY,
    apiUrl: apiUrlOf(read),
    reviewsAtOnce: read.MODELSYNC_REVIEWS_AT_ONCE,
    childLimits: { seconds: read.MODELSYNC_REVIEW_SECONDS, megabytes: read.MODELSYNC_REVIEW_MEGABYTES },
    sweep: read.MODELSYNC_SWEEP === "on",
  };
}

function apiUrlOf(read: Readonly<Record<string, unknown>>): string {
  const enterprise = read.GHE_HOST ? `${read.GHE_PROTOCOL || "https"}://${read.GHE_HOST}/api/v3` : null;
  return String(read.GITHUB_API_URL || enterprise || "https://api.github.com").replace(/\/+$/, "");
}

function parseCredentials(given: Record<string, string | undefined>, problems: string[]): Credentials | null {
  const key = parseKey(given, problems);
  const webhookSecret = given.WEBHOOK_SECRET ?? "";
  problems.push(...problemsOfSecret(webhookSecret));
  return key && { ...key, webhookSecret };
}

function parseKey(given: Record<string, string | undefined>, problems: string[]): Omit<AppKey, "apiUrl"> | null {
  const appId = Number(given.APP_ID);
  if (!Number.isSafeInteger(appId) || appId <= 0) {
    problems.push("APP_ID: set it to the number on the App's settings page on GitHub");
  }
  const privateKey = readPrivateKey(given, problems);
  return privateKey === null ? null : { appId, privateKey };
}

function problemsOfSecret(secret: string): string[] {
  const remedy = "Make one with `openssl rand -hex 32` and enter the same on the App's settings page on GitHub";
  if (secret === "") return [`WEBHOOK_SECRET: it is not set, so anyone could send events. ${remedy}`];
  if (publicSecrets.some((known) => known.test(secret))) return [`WEBHOOK_SECRET: everybody knows this one. ${remedy}`];
  if (secret.length >= shortestSecret) return [];
  return [`WEBHOOK_SECRET: it has ${secret.length} characters, at least ${shortestSecret} are needed. ${remedy}`];
}

/** The key as text, with `\n` written out, or as Base64 of that text; or in a file. */
function readPrivateKey(given: Record<string, string | undefined>, problems: string[]): string | null {
  const file = given.PRIVATE_KEY_PATH;
  let text = given.PRIVATE_KEY;
  if (text === undefined && file !== undefined) {
    try {
      text = readFileSync(file, "utf8");
    } catch {
      problems.push(`PRIVATE_KEY_PATH: the file ${file} can't be read. Set it to the .pem file that GitHub gave you`);
      return null;
    }
  }
  if (text === undefined) {
    problems.push(
      "PRIVATE_KEY: set it, or PRIVATE_KEY_PATH, to the private key from the App's settings page on GitHub",
    );
    return null;
  }
  const plain = text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8");
  const key = plain.replaceAll("\\n", "\n").trim();
  try {
    createPrivateKey(key);
    return `${key}\n`;
  } catch {
    problems.push("PRIVATE_KEY: this is not a private key. Copy the whole .pem file, from BEGIN to END");
    return null;
  }
}
