import type { ServiceProgram } from '../../shared/service-program.ts';
import { createApp } from '../control/app.ts';
import { addRoutes, type ControlContext } from '../control/routes.ts';
import type { ControlServer } from '../control/server.ts';
import type { ScenarioCatalogue } from '../scenario/scenario-catalogue.ts';
import { FleetEvents } from './events/fleet-events.ts';
import { infoOf, stateOf } from './events/fleet-view.ts';
import { readPageFiles } from './files.ts';
import { createPageHandler } from './handler.ts';
import { listenForPage } from './listen.ts';
import { PageSink } from './page-sink.ts';
import { addPageRoutes } from './routes.ts';
import { allowedHosts, inUrl, isAllAddresses, isLoopback, LOOPBACK } from './security/allowed-hosts.ts';
import { createToken } from './security/token.ts';
import { Streams } from './stream/streams.ts';

/** What is decided about the page by options of `npm start`. */
export interface PageOptions {
  /** IP address. */
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly scenarios: ScenarioCatalogue;
}

/** The control page of a fleet: a sink of its log and a server of its own. */
export class Page {
  readonly sink: PageSink;
  readonly #options: PageOptions;
  readonly #services: readonly ServiceProgram[];
  readonly #server: ControlServer;
  readonly #port: number;
  readonly #token = createToken();
  readonly #startedAt = Date.now();
  #streams: Streams | undefined;

  private constructor(options: PageOptions, services: readonly ServiceProgram[], server: ControlServer, port: number) {
    this.sink = new PageSink(services);
    this.#options = options;
    this.#services = services;
    this.#server = server;
    this.#port = port;
  }

  /**
   * Listens; requests wait for `serve`.
   * @throws {UserError} `bad-option` if that is not possible on this port and address
   */
  static async open(options: PageOptions, services: readonly ServiceProgram[]): Promise<Page> {
    const { server, port } = await listenForPage(options);
    return new Page(options, services, server, port);
  }

  /** The address with the token: whoever has it controls the fleet. It must not get into the log. */
  get link(): string {
    const { host } = this.#options;
    return `http://${isAllAddresses(host) ? LOOPBACK : inUrl(host)}:${this.#port}/#token=${this.#token}`;
  }

  /** What to be aware of; undefined for a page that only this machine can reach. */
  get warning(): string | undefined {
    const { host } = this.#options;
    if (isLoopback(host)) return undefined;
    return `--page-host ${host}: whoever can reach this address and reads the link controls the fleet; nothing is encrypted`;
  }

  /** Answers requests from now on. */
  async serve(context: ControlContext, isBlind: boolean): Promise<void> {
    const { scenarios } = this.#options;
    const facts = { startedAt: this.#startedAt, isBlind, scenario: scenarios.running };
    const events = new FleetEvents(
      () => infoOf(context, facts),
      () => stateOf(context),
      this.sink,
    );
    const streams = new Streams(() => events.collect());
    this.#streams = streams;
    const world = context.fleet.sharedWorld;
    const pageContext = { streams, events, lines: this.sink.lines, services: this.#services, scenarios, world };
    const app = await createApp(this.#server.server, (fastify) => {
      addRoutes(fastify, context);
      addPageRoutes(fastify, pageContext);
    });
    const access = { hosts: allowedHosts(this.#options.host, this.#port), token: this.#token };
    this.#server.serve(createPageHandler(readPageFiles(), access, app));
  }

  /** Frees the port at once; resolves when every stream has ended, after a quarter of a second at the latest. */
  async close(reason: string): Promise<void> {
    const closed = this.#server.close();
    this.#streams?.end(reason);
    await closed;
  }
}
