import { currentPalette } from './palette.ts';

/** Draws one bar a step: bad lines below, good ones on top. */
export function drawSparkline(
  canvas: HTMLCanvasElement,
  steps: readonly { readonly good: number; readonly bad: number }[],
): void {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, width, height);
  const most = Math.max(1, ...steps.map(({ good, bad }) => good + bad));
  const pitch = width / steps.length;
  const { good: goodColor, error: badColor } = currentPalette();
  for (const [index, { good, bad }] of steps.entries()) {
    const left = Math.round(index * pitch);
    const barWidth = Math.max(1, Math.round((index + 1) * pitch) - left - Math.round(ratio));
    const total = Math.round(((good + bad) / most) * height);
    const below = Math.round((bad / most) * height);
    context.fillStyle = goodColor;
    context.fillRect(left, height - total, barWidth, total - below);
    context.fillStyle = badColor;
    context.fillRect(left, height - below, barWidth, below);
  }
}
