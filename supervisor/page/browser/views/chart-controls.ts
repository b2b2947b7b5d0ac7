import type { PageEvent } from '../state/page-event.ts';
import type { ChartSettings, PageState } from '../state/page-state.ts';
import { byId } from './dom.ts';
import { fillServices } from './service-options.ts';

/** What the chart shows: which service, how, how much time. */
export function createChartControls(dispatch: (event: PageEvent) => void): (state: PageState) => void {
  const service = byId('chart-service', HTMLSelectElement);
  const style = byId('chart-style', HTMLSelectElement);
  const minutes = byId('chart-minutes', HTMLSelectElement);
  const whole = byId('chart-whole', HTMLButtonElement);
  const set = (settings: Partial<ChartSettings>) => dispatch({ type: 'chart', settings });
  service.addEventListener('change', () => set({ service: service.value || null }));
  style.addEventListener('change', () => set({ style: style.value === 'lines' ? 'lines' : 'stacked' }));
  minutes.addEventListener('change', () => set({ minutes: Number(minutes.value), zoom: null }));
  whole.addEventListener('click', () => {
    set({ zoom: null });
    minutes.focus();
  });
  return ({ fleet, chart }) => {
    if (fleet)
      fillServices(
        service,
        fleet.state.services.map(({ name }) => name),
      );
    whole.hidden = chart.zoom === null;
  };
}
