/** A signal that fires on Ctrl-C, so that children are ended and temporary files removed before the command ends. */
export function onInterrupt(): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const stop = () => controller.abort(new Interrupted());
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.removeListener("SIGINT", stop);
      process.removeListener("SIGTERM", stop);
    },
  };
}

/** Thrown when a person stopped the command. */
class Interrupted extends Error {
  override name = "Interrupted";
}
