const KEY = 'token';

/**
 * The token of the link that opened the page (`#token=…`), which is wiped from the address bar, or the one that this tab
 * has kept; null without one.
 */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    sessionStorage.setItem(KEY, token);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return token ?? sessionStorage.getItem(KEY);
}
