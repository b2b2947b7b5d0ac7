import { expect, test } from 'vitest';
import { withPackageManager } from '../../shared/package-manager.ts';

test.each([
  [undefined, 'npm run ratios', 'npm run ratios'],
  ['npm/11.19.1 node/v20.20.2 linux x64 workspaces/false', 'npm run ratios', 'npm run ratios'],
  ['pnpm/10.1.0 npm/? node/v20.20.2 linux x64', 'npm run ratios', 'pnpm run ratios'],
  ['yarn/1.22.22 npm/? node/v20.20.2 linux x64', 'npm start', 'yarn start'],
  [
    'pnpm/10.1.0 npm/? node/v20.20.2 linux x64',
    'curl "$(npm run --silent socket)"',
    'curl "$(npm run --silent socket)"',
  ],
])('%s: %s is run as %s', (userAgent, command, run) => {
  expect(withPackageManager(command, userAgent)).toBe(run);
});
