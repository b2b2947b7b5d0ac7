import type { TestContext } from 'vitest';
import { IncidentCommands } from '../../supervisor/incidents/incident-commands.ts';
import { Log } from '../../supervisor/log/log.ts';
import { Page } from '../../supervisor/page/page.ts';
import { runFixtures, steady } from './fleet-of-fixtures.ts';
import { RecordingCatalogue } from './incident-catalogue.ts';
import { PageClient } from './page-client.ts';

/** The page of a fleet of two services; both end with the test. */
export async function openPage({ onTestFinished }: Pick<TestContext, 'onTestFinished'>, host = '127.0.0.1') {
  const running = await runFixtures({ onTestFinished }, ...steady);
  const { fleet, commands, sink } = running;
  const log = new Log([sink]);
  const scenarios = { running: null, list: async () => ({ running: null, available: [] }) };
  const page = await Page.open({ host, port: 0, scenarios }, steady);
  onTestFinished(() => page.close('the test is over'));
  const incidents = new IncidentCommands(fleet, log, new RecordingCatalogue());
  let shutdowns = 0;
  const shutDown = async () => {
    shutdowns++;
    return { missingLines: 0 };
  };
  await page.serve({ fleet, commands, incidents, logFile: '/tmp/app.log', shutDown }, false);
  return { ...running, page, client: new PageClient(page.link), shutdowns: () => shutdowns };
}
