import uPlot from '/vendor/uplot.js';
import { currentPalette, type Palette } from '../views/palette.ts';
import type { Band } from './annotations.ts';

const FONT = '12px system-ui, sans-serif';

/** What is drawn besides the lines. */
export interface Annotations {
  readonly bands: readonly Band[];
  /** In ms since the Unix epoch. */
  readonly marks: readonly number[];
}

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  readonly isStacked: boolean;
  readonly annotations: () => Annotations;
  /** The index of the step under the pointer, or null, and its time in ms. */
  readonly onHover: (index: number | null, at: number) => void;
  /** A range that was dragged, in ms since the Unix epoch. */
  readonly onZoom: (from: number, to: number) => void;
}

/** A new chart of good, warning and error lines a second. */
export function createPlot(root: HTMLElement, options: PlotOptions): uPlot {
  const palette = currentPalette();
  const axis = { stroke: palette.text, font: FONT, grid: { stroke: palette.line, width: 1 }, ticks: { show: false } };
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: [18, 8, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      legend: { show: false },
      cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false, setScale: false } },
      scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.08)] } },
      axes: [
        {
          ...axis,
          values: (_plot, ticks) => ticks.map((at) => new Date(at * 1000).toISOString().slice(11, 19)),
          space: 80,
          size: 26,
        },
        { ...axis, size: 44 },
      ],
      series: [{}, line(palette.good, options), line(palette.warning, options), line(palette.error, options)],
      hooks: {
        drawAxes: [(plot) => drawBands(plot, options.annotations().bands, palette)],
        draw: [(plot) => drawMarks(plot, options.annotations().marks, palette)],
        setCursor: [
          (plot) => {
            const { idx, left = -1 } = plot.cursor;
            options.onHover(left < 0 ? null : (idx ?? null), plot.posToVal(left, 'x') * 1000);
          },
        ],
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < 4) return;
            options.onZoom(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    [[], [], [], []],
    root,
  );
}

function line(color: string, { isStacked }: PlotOptions): uPlot.Series {
  return { stroke: color, width: isStacked ? 1 : 1.75, points: { show: false }, ...(isStacked ? { fill: color } : {}) };
}

function drawBands({ ctx, bbox, valToPos, scales }: uPlot, bands: readonly Band[], palette: Palette): void {
  const { min = 0, max = 0 } = scales.x as { min?: number; max?: number };
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  let free = 0;
  for (const { from, to, label, strength } of bands) {
    const left = valToPos(Math.max(min, from / 1000), 'x', true);
    const right = valToPos(Math.min(max, to / 1000), 'x', true);
    ctx.globalAlpha = strength;
    ctx.fillStyle = palette.band;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.text;
    // A label may reach beyond its band, but not beyond the chart or over another one.
    const { width } = ctx.measureText(label);
    const start = Math.min(left, bbox.left + bbox.width - width);
    if (start < free) continue;
    ctx.fillText(label, start, bbox.top - 5 * devicePixelRatio);
    free = start + width + 12 * devicePixelRatio;
  }
  ctx.restore();
}

function drawMarks({ ctx, bbox, valToPos, scales }: uPlot, marks: readonly number[], palette: Palette): void {
  const { min = 0, max = 0 } = scales.x as { min?: number; max?: number };
  ctx.save();
  ctx.strokeStyle = palette.mark;
  ctx.fillStyle = palette.mark;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const at of marks) {
    if (at / 1000 < min || at / 1000 > max) continue;
    const left = Math.round(valToPos(at / 1000, 'x', true)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(left, bbox.top, 3 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}
