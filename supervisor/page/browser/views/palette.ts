/** Colours of the style sheet for what is drawn on a canvas. */
export interface Palette {
  readonly good: string;
  readonly warning: string;
  readonly error: string;
  readonly text: string;
  readonly line: string;
  readonly band: string;
  readonly mark: string;
}

let palette: Palette | null = null;

/** The colours that are in effect, light or dark. */
export function currentPalette(): Palette {
  if (palette) return palette;
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  palette = {
    good: color('good'),
    warning: color('warning'),
    error: color('error'),
    text: color('text-2'),
    line: color('line'),
    band: color('band'),
    mark: color('mark'),
  };
  return palette;
}

/** Calls back when the user's system turns light or dark. */
export function onPaletteChange(listener: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    palette = null;
    listener();
  });
}
