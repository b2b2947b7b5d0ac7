/** Farther from its end, in pixels, a log has been scrolled back. */
const END_PX = 30;

/**
 * Calls back when the user scrolls back in a log that follows its end, or moves among its lines: whoever does wants to read.
 * The page itself scrolls only to the end.
 */
export function pauseWhenRead(root: HTMLElement, pause: () => void): void {
  root.addEventListener(
    'wheel',
    ({ deltaY }) => {
      if (deltaY < 0 && root.scrollHeight > root.clientHeight) pause();
    },
    { passive: true },
  );
  root.addEventListener('scroll', () => {
    if (root.scrollHeight - root.scrollTop - root.clientHeight > END_PX) pause();
  });
  root.addEventListener('focusin', ({ target }) => {
    if (target !== root) pause();
  });
}
