import type { Level } from '../../../shared/record.ts';

/** Adds escape sequences to a text, and nothing else. */
type Style = (text: string) => string;

/** How many colours a terminal shows; 0 for none, or when the user wants none. */
export type ColorCount = 0 | 16 | 256;

/** The styles of the parts of a line. A `logName` that is no service's is the supervisor's. */
export interface Styles {
  /** For times and ids. */
  readonly faint: Style;
  readonly level: (level: Level) => Style;
  readonly service: (logName: string) => Style;
  readonly message: (level: Level, logName: string) => Style;
}

const plain: Style = (text) => text;

/** @param codes parameters of SGR (ECMA-48); `undo` are those that revert them */
function style(codes: string, undo: string): Style {
  return (text) => (text === '' ? '' : `\u001b[${codes}m${text}\u001b[${undo}m`);
}

/** SGR parameters of everything that has a colour. */
interface Palette {
  readonly warning: string;
  readonly warningBadge: string;
  readonly error: string;
  readonly errorBadge: string;
  readonly services: readonly string[];
}

const PALETTES: Readonly<Record<16 | 256, Palette>> = {
  16: {
    warning: '33',
    warningBadge: '30;43',
    error: '31',
    errorBadge: '1;97;41',
    services: ['36', '35', '32', '34', '96', '95', '92', '94'],
  },
  // Unlike the 16, which every terminal defines itself, these are fixed. Those without a background have a contrast of
  // at least 3.2 to 1 on both black and white, and no service is yellow or red.
  256: {
    warning: '38;5;136',
    warningBadge: '1;38;5;16;48;5;214',
    error: '38;5;196',
    errorBadge: '1;38;5;231;48;5;160',
    services: [33, 30, 64, 135, 164, 63, 132, 28, 67, 97].map((color) => `38;5;${color}`),
  },
};

/**
 * The styles for a terminal.
 * @param logNames of the services: their order determines their colours, which repeat when there are not enough
 */
export function stylesFor(colors: ColorCount, logNames: readonly string[]): Styles {
  if (colors === 0) return { faint: plain, level: () => plain, service: () => plain, message: () => plain };
  const { warning, warningBadge, error, errorBadge, services } = PALETTES[colors];
  const faint = style('2', '22');
  const supervisor = style('1;7', '22;27');
  const bold = style('1', '22');
  const badges = {
    DEBUG: faint,
    INFO: plain,
    WARNING: style(warningBadge, '22;39;49'),
    ERROR: style(errorBadge, '22;39;49'),
  };
  const tints = { DEBUG: plain, INFO: plain, WARNING: style(warning, '39'), ERROR: style(error, '39') };
  const byService = new Map(
    logNames.map((name, index) => [name, style(services[index % services.length] as string, '39')]),
  );
  return {
    faint,
    level: (level) => badges[level],
    service: (logName) => byService.get(logName) ?? supervisor,
    message: (level, logName) => (byService.has(logName) ? tints[level] : (text) => bold(tints[level](text))),
  };
}

/**
 * How many colours a stream shows. For a terminal, Node decides by TERM, COLORTERM, NO_COLOR, FORCE_COLOR and
 * NODE_DISABLE_COLORS; anything else is never coloured.
 */
export function colorsOf(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>): ColorCount {
  if (!stream.isTTY || !stream.hasColors()) return 0;
  return stream.hasColors(256) ? 256 : 16;
}
