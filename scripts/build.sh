#!/bin/sh
# Compiles what changed since the last build. Where the compiler is not installed (npm install --omit=dev,
# NODE_ENV=production), what was built before is used.

# It is looked for as Node looks for packages: workspaces install it in a directory above. One on the PATH is not used:
# its version may be any, and the types of Node may be missing.
directory=$PWD
while [ -n "$directory" ]; do
  tsc=$directory/node_modules/.bin/tsc
  [ -x "$tsc" ] && exec "$tsc"
  directory=${directory%/*}
done

[ -f dist/scripts/cli.js ] && exit
echo 'dist/ is missing and TypeScript, which builds it, is not installed; run: npm install --include=dev' >&2
exit 1
