import type { App, Installation, Repository } from "./model.ts";
import type { State } from "./state.ts";

/** Something that happened, to be told to the Apps that listen. */
export interface HookEvent {
  readonly event: string;
  readonly action?: string;
  readonly repository?: Repository;
  /** Set for events about an installation itself; otherwise every installation of the repository is told. */
  readonly installation?: Installation;
  /** Set for events that only the owning App hears, such as `check_run.rerequested`. */
  readonly onlyApp?: App;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What every part of the local GitHub works with. */
export interface World {
  readonly state: State;
  /** Root address without a trailing slash, e.g. `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Folder that holds the git repositories. */
  readonly directory: string;
  readonly emit: (event: HookEvent) => void;
}

/** The opaque global id of an object, e.g. `PR_1042`. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}

/** Reads a global id back, or undefined. */
export function parseNodeId(id: string): { kind: string; id: string } | undefined {
  const match = /^([A-Z]+)_([A-Za-z0-9_-]+)$/.exec(id);
  if (!match) return undefined;
  return { kind: match[1]!, id: Buffer.from(match[2]!, "base64url").toString("utf8") };
}
