#!/bin/sh
# Compiles what changed since the last build. Uses the last build if the compiler is not installed (npm install
# --omit=dev, NODE_ENV=production).

# Looks in the directories above too, as Node does for packages: workspaces install the compiler there. Ignores the PATH:
# a compiler there may have any version and lack the types of Node.
directory=$PWD
while [ -n "$directory" ]; do
  tsc=$directory/node_modules/.bin/tsc
  [ -x "$tsc" ] && exec "$tsc" -b supervisor/page/browser
  directory=${directory%/*}
done

[ -f dist/scripts/cli.js ] && exit
echo 'dist/ is missing and TypeScript, which builds it, is not installed; run: npm install --include=dev' >&2
exit 1
