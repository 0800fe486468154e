import { pruneCache, serverCacheLimits } from "../prepare/prune-cache.ts";
import type { ReviewPorts } from "./review-ports.ts";

const day = 86_400_000;

/** Prunes caches now and once a day. Returns what stops it; an unfinished round may be cut off anywhere. */
export function keepCachesSmall(folders: string[], log: Pick<ReviewPorts["log"], "info">): () => void {
  const prune = async () => {
    const files = await pruneCache(folders, serverCacheLimits);
    if (files > 0) log.info({ files }, "removed old cache entries");
  };
  void prune();
  const timer = setInterval(() => void prune(), day).unref();
  return () => clearInterval(timer);
}
