import { createCommands } from './commands.ts';
import { ApiClient } from './net/api-client.ts';
import { takeToken } from './net/token.ts';
import { Session } from './session.ts';
import { onChange, Store } from './store.ts';
import { createAllRatiosView } from './views/all-ratios-view.ts';
import { createChartControls } from './views/chart-controls.ts';
import { ChartView } from './views/chart-view.ts';
import { createHeaderView } from './views/header-view.ts';
import { createIncidentsView } from './views/incidents-view.ts';
import { createMarksView } from './views/marks-view.ts';
import { onPaletteChange } from './views/palette.ts';
import { createProblemView } from './views/problem-view.ts';
import { createScenariosView } from './views/scenarios-view.ts';
import { createServicesView } from './views/services-view.ts';
import { createStartView } from './views/start-view.ts';
import { createStoryView } from './views/story-view.ts';
import { createTailView } from './views/tail-view.ts';

/** A page that nobody has seen for so long gives its connections back, in ms. */
const HIDDEN_MS = 10_000;

const store = new Store();
const { dispatch } = store;
let session: Session | null = null;

const commands = createCommands(
  () => session?.client ?? new ApiClient(''),
  () => store.state,
  dispatch,
);
const chart = new ChartView(dispatch);
store.show([
  onChange(({ connection, fleet }) => [connection, fleet], createHeaderView()),
  onChange(({ fleet, ratios, actions }) => [fleet, ratios, actions], createServicesView(commands)),
  onChange(({ fleet, ratios }) => [fleet?.state, ratios], createAllRatiosView(commands)),
  onChange(({ fleet, chart }) => [fleet?.state.services, chart], createChartControls(dispatch)),
  onChange(
    ({ fleet, chart }) => [fleet?.history, fleet?.marks, fleet?.state.incidents, chart],
    (state) => chart.render(state),
  ),
  onChange(({ fleet }) => [fleet?.marks], createMarksView()),
  onChange(({ fleet }) => [fleet?.state], createIncidentsView(commands)),
  onChange(({ incidentTypes }) => [incidentTypes], createStartView(commands)),
  onChange(({ scenarios, fleet }) => [scenarios, fleet?.state.now], createScenariosView()),
  onChange(({ tail, fleet }) => [tail, fleet?.state.services.length], createTailView(dispatch)),
  onChange(({ story }) => [story], createStoryView(dispatch)),
  onChange(({ problem }) => [problem], createProblemView(dispatch)),
  (state) => session?.follow(state),
]);

/** Begins with the token of the link, or ends without one. */
function begin(): void {
  session?.close();
  const token = takeToken();
  session = token === null ? null : new Session(token, dispatch);
  dispatch({ type: 'connection', connection: { status: session ? 'connecting' : 'no-link' } });
  session?.open();
}

let hidden = 0;
document.addEventListener('visibilitychange', () => {
  clearTimeout(hidden);
  if (document.hidden) hidden = setTimeout(() => session?.close(), HIDDEN_MS);
  else {
    session?.open();
    session?.wake();
  }
});
addEventListener('online', () => session?.wake());
// A new link that is opened in this tab only changes the fragment.
addEventListener('hashchange', begin);
onPaletteChange(() => dispatch({ type: 'chart', settings: {} }));
begin();
