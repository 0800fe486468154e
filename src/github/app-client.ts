import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import { fetchWithin, guardCalls } from "./guard-calls.ts";
import { installationTokens, type TokenScope } from "./installation-tokens.ts";
import type { Octokit, RepositoryReader } from "./octokit.ts";

export interface AppCredentials {
  appId: number;
  privateKey: string;
  webhookSecret: string;
  /** Root of the REST API, for example `https://api.github.com`. */
  apiUrl: string;
}

/** What a token for one repository may do. `app.yml` asks for exactly these and the wished ones. */
export const tokenPermissions = {
  metadata: "read",
  contents: "read",
  checks: "write",
  issues: "read",
  pull_requests: "write",
} as const;

/** Permissions that came later: installations whose owner has not accepted them go on without. */
export const wishedPermissions = { members: "read" } as const;

/** Permission to speak for one repository, and the repository's present name. */
export interface RepositoryClient extends RepositoryReader {
  appId: number;
  /** Login of the App's own account, which authors its comments. */
  botLogin: string;
}

/** The App at GitHub: verifies webhooks, and hands out clients that can reach no more than they need. */
export interface AppClient {
  appId: number;
  probot: Probot;
  /** As the App itself: its own deliveries and installations. */
  asApp(): Promise<Octokit>;
  /** As an installation, to list its repositories. */
  asInstallation(installationId: number): Promise<Octokit>;
  forRepository(
    installationId: number,
    repository: { id: number; owner: string; name: string },
  ): Promise<RepositoryClient>;
}

/**
 * Connects to GitHub as the App.
 *
 * Failed calls are not retried here: a retried write could post twice, so the job is retried as a whole and looks first.
 *
 * @param throttle keep the pauses between writes that GitHub asks for; only a GitHub of one's own can do without
 */
export function connectApp(credentials: AppCredentials, log: Logger, throttle: boolean): AppClient {
  const ThrottledOctokit = ProbotOctokit.defaults((options: { throttle?: object }) => ({
    ...options,
    retry: { enabled: false },
    throttle: {
      ...options.throttle,
      enabled: throttle,
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  }));
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: credentials.apiUrl,
    request: { fetch: fetchWithin },
    Octokit: ThrottledOctokit,
    log,
  });
  const asApp = async () => guardCalls(await probot.auth(), credentials.apiUrl);
  let botLogin: Promise<string> | null = null;
  const ownLogin = (): Promise<string> => {
    botLogin ??= fetchBotLogin(asApp).catch((error) => {
      botLogin = null;
      throw error;
    });
    return botLogin;
  };
  const tokens = installationTokens(asApp);
  const withToken = async (installationId: number, scope: TokenScope): Promise<Octokit> => {
    const Client = (await asApp()).constructor as typeof ProbotOctokit;
    const hook = (send: (request: object) => Promise<unknown>, request: { headers: object }) =>
      tokens(installationId, scope, (token) =>
        send({ ...request, headers: { ...request.headers, authorization: `token ${token}` } }),
      );
    const client = (enabled: boolean) => {
      const options = { authStrategy: () => ({ hook }), throttle: { enabled, id: String(installationId) } };
      return guardCalls(new Client(options as ConstructorParameters<typeof ProbotOctokit>[0]), credentials.apiUrl);
    };
    // Queries only read, but the pauses would take each for a write.
    return throttle ? Object.assign(client(true), { graphql: client(false).graphql }) : client(false);
  };
  return {
    appId: credentials.appId,
    probot,
    asApp,
    asInstallation: (installationId) =>
      withToken(installationId, { repositoryId: null, permissions: { metadata: "read" } }),
    forRepository: async (installationId, { id, owner, name }) => ({
      octokit: await withToken(installationId, {
        repositoryId: id,
        permissions: tokenPermissions,
        wished: wishedPermissions,
      }),
      appId: credentials.appId,
      botLogin: await ownLogin(),
      repositoryId: id,
      owner,
      name,
      readsTeams: true,
    }),
  };
}

async function fetchBotLogin(asApp: () => Promise<Octokit>): Promise<string> {
  const { data } = await (await asApp()).rest.apps.getAuthenticated();
  return `${data?.slug ?? ""}[bot]`;
}
