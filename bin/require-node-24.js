// Stops a script that would silently run on an older Node than the one this package brings along.
// npm puts node_modules/.bin first on the path, so this only fails when the optional runtime was not installed.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `ModelSync needs Node 24 or newer, but this is Node ${process.versions.node}.\n` +
      'Run "npm ci" without --omit=optional: it brings Node 24 on Linux. On other systems install Node 24 first.',
  );
  process.exit(1);
}
if (process.argv[2]) {
  const { pathToFileURL } = await import('node:url');
  process.argv.splice(1, 1);
  await import(pathToFileURL(process.argv[1]).href);
}
