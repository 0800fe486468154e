// Loaded before the process of a test (`--import`): ends it as soon as the parent that the address names is gone, even when
// that was killed and could not say so. It holds nothing open, so a process that is done ends as it would without.
const parent = Number(new URL(import.meta.url).searchParams.get("parent"));

function endAlone() {
  if (process.ppid !== parent && process.pid !== parent) process.kill(process.pid, "SIGKILL");
}

endAlone();
setInterval(endAlone, 200).unref();
