import type { IncidentType } from '../incident-type.ts';

export const badDeploy: IncidentType = {
  name: 'bad-deploy',
  title: 'a release of the API has a broken route table',
  shows:
    'While a release is rolled out, requests end in one TypeError with 500 on whichever route they come; ' +
    'a second release takes it back.',
  root: { service: 'api', cause: 'bad_route_table', component: 'build', fault: 'code_defect' },
  isBroughtByRelease: true,
  phases: {
    onset: { minutes: 3 },
    plateau: { minutes: 11, share: 0.16 },
    recovery: { minutes: 3, share: [0.1, 0] },
  },
  redHerrings: [
    {
      service: 'inventory',
      cause: 'slow_queries',
      atMinute: -9,
      minutes: 8,
      share: 0.01,
      why: 'slow reads of another service, of which none failed',
    },
  ],
  difficulty: 1,
};
