import type uPlot from 'uplot';
import { HISTORY_SECONDS } from '../../../../shared/page-api.ts';
import { bandsOf, marksNear } from '../chart/annotations.ts';
import { type Annotations, createPlot } from '../chart/plot.ts';
import { buildSeries, type Range, type Series, stack } from '../chart/series.ts';
import type { PageEvent } from '../state/page-event.ts';
import type { FleetView, PageState } from '../state/page-state.ts';
import { byId, element, setText } from './dom.ts';
import { formatRate, formatShare, formatTime } from './format.ts';
import { onPaletteChange } from './palette.ts';

/** Lines of the last second are still coming, in ms. */
const LATENESS_MS = 1_000;

/** A mark is hovered within so many pixels of it. */
const MARK_PX = 6;

/** The chart of the fleet, or of one service. */
export class ChartView {
  readonly #dispatch: (event: PageEvent) => void;
  readonly #root = byId('chart', HTMLElement);
  readonly #values = byId('chart-values', HTMLElement);
  readonly #tip = element('div', 'chart-tip');
  #plot: uPlot | null = null;
  #isStacked = true;
  #shown: { readonly fleet: FleetView; readonly series: Series; readonly range: Range } | null = null;
  #hovered: number | null = null;

  /** @param dispatch told what was dragged */
  constructor(dispatch: (event: PageEvent) => void) {
    this.#root.role = 'img';
    const remake = () => {
      this.#plot?.destroy();
      this.#plot = null;
      dispatch({ type: 'chart', settings: {} });
    };
    onPaletteChange(remake);
    new ResizeObserver(() => this.#resize()).observe(this.#root);
    this.#dispatch = dispatch;
  }

  render({ fleet, chart }: PageState): void {
    if (!fleet) return;
    const { now } = fleet.state;
    const latest = Math.ceil(now / 1000) * 1000;
    const range = chart.zoom ?? latestRange(chart.minutes, latest, fleet.info.startedAt);
    const since = Math.max(fleet.info.startedAt, now - HISTORY_SECONDS * 1000);
    const series = buildSeries(fleet.history, chart.service, range, { since, now: now - LATENESS_MS });
    this.#shown = { fleet, series, range };
    const isStacked = chart.style === 'stacked';
    if (this.#plot && isStacked !== this.#isStacked) {
      this.#plot.destroy();
      this.#plot = null;
    }
    this.#isStacked = isStacked;
    this.#plot ??= this.#create();
    const { times, good, warning, error } = isStacked ? stack(series) : series;
    this.#plot.batch(() => {
      this.#plot?.setData([[...times], [...good], [...warning], [...error]], false);
      this.#plot?.setScale('x', { min: range.from / 1000, max: range.to / 1000 });
    });
    this.#showValues();
  }

  #create(): uPlot {
    const plot = createPlot(this.#root, {
      width: Math.max(200, this.#root.clientWidth),
      height: this.#root.clientHeight,
      isStacked: this.#isStacked,
      annotations: () => this.#annotations(),
      onHover: (index, at) => {
        this.#hovered = index;
        this.#showValues();
        this.#showTip(index === null ? null : at);
      },
      onZoom: (from, to) => this.#dispatch({ type: 'chart', settings: { zoom: { from, to } } }),
    });
    plot.over.append(this.#tip);
    return plot;
  }

  #annotations(): Annotations {
    if (!this.#shown) return { bands: [], marks: [] };
    const { fleet, range } = this.#shown;
    return { bands: bandsOf(fleet.state.incidents, range), marks: fleet.marks.map(({ at }) => at) };
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#root;
    if (this.#plot && width > 0 && (this.#plot.width !== width || this.#plot.height !== height)) {
      this.#plot.setSize({ width, height });
    }
  }

  /** The values under the pointer, or the latest. */
  #showValues(): void {
    if (!this.#shown) return;
    const { times, good, warning, error } = this.#shown.series;
    const index = this.#hovered ?? times.length - 1;
    const [g, w, e] = [good[index] ?? 0, warning[index] ?? 0, error[index] ?? 0];
    const at = (times[index] ?? 0) * 1000;
    const when = this.#hovered === null ? 'now' : `${formatTime(at)} UTC`;
    const entries = [
      ['good', g],
      ['warning', w],
      ['error', e],
    ] as const;
    this.#values.replaceChildren(
      element('span', 'when', when),
      ...entries.map(([name, value]) => element('span', `value ${name}`, `${name} ${formatRate(value)}`)),
      element('span', 'share', `${formatShare(w + e, g + w + e)} bad`),
    );
    this.#root.ariaLabel = `Lines a second, ${when}: good ${formatRate(g)}, warning ${formatRate(w)}, error ${formatRate(e)}`;
  }

  #showTip(at: number | null): void {
    const plot = this.#plot;
    if (at === null || !plot || !this.#shown) {
      this.#tip.hidden = true;
      return;
    }
    const { fleet, range } = this.#shown;
    const within = ((range.to - range.from) / plot.over.clientWidth) * MARK_PX;
    const near = marksNear(fleet.marks, at, within).slice(-4);
    const bands = bandsOf(fleet.state.incidents, { from: at, to: at + 1 });
    const texts = [...near.map((mark) => `${formatTime(mark.at)} ${mark.text}`), ...bands.map(({ label }) => label)];
    this.#tip.hidden = texts.length === 0;
    setText(this.#tip, texts.join('\n'));
    const left = plot.valToPos(at / 1000, 'x');
    const isRight = left > plot.over.clientWidth / 2;
    this.#tip.style.left = isRight ? '' : `${left + 10}px`;
    this.#tip.style.right = isRight ? `${plot.over.clientWidth - left + 10}px` : '';
  }
}

/** The latest minutes, without those before the run, but two at least. */
function latestRange(minutes: number, to: number, startedAt: number): Range {
  return { from: Math.max(to - minutes * 60_000, Math.min(startedAt, to - 120_000)), to };
}
