#!/bin/sh
# Compiles what changed since the last build. Without the development tools (npm install --omit=dev, NODE_ENV=production)
# there is no compiler, and what was built before is used. npm puts the compiler of this project, or of one around it,
# on the PATH; a compiler installed globally may be of any version and lacks the types of Node, so it is not used.
case $(command -v tsc) in
  */node_modules/.bin/tsc) exec tsc ;;
esac
[ -f dist/scripts/cli.js ] && exit 0
echo 'dist/ is missing, and the TypeScript compiler that builds it is not installed; run: npm install --include=dev' >&2
exit 1
