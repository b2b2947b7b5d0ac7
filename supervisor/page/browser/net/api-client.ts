import type { ErrorAnswer } from '../../../../shared/control-api.ts';

/** An answer of the fleet that is not 2xx, or none at all (status 0); its message is one line for the user. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Calls the control API of the fleet that served the page. */
export class ApiClient {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** @throws {ApiError} */
  async call<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
    const response = await this.open(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return (await response.json()) as Answer;
  }

  /**
   * The answer as soon as its head has arrived.
   * @throws {ApiError}
   */
  async open(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const response = await fetch(path, {
      ...init,
      headers: { ...headers, authorization: `Bearer ${this.#token}` },
    }).catch(() => {
      throw new ApiError(0, 'The fleet does not answer.');
    });
    if (!response.ok) throw new ApiError(response.status, await messageOf(response));
    return response;
  }
}

async function messageOf(response: Response): Promise<string> {
  try {
    return ((await response.json()) as ErrorAnswer).message;
  } catch {
    return `The fleet answered with status ${response.status}.`;
  }
}
