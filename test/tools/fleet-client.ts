import type { ServiceStatus, ServicesAnswer } from '../../shared/control-api.ts';
import { type ControlRequest, requestFleet } from '../../shared/control-client.ts';
import type { World } from '../../shared/world.ts';

/** The control API of the fleet that writes to a log file. Every method fails while that fleet does not answer. */
export class FleetClient {
  readonly logFile: string;

  constructor(logFile: string) {
    this.logFile = logFile;
  }

  request<Answer>(method: ControlRequest['method'], path: string, body?: unknown): Promise<Answer> {
    return requestFleet<Answer>(this.logFile, { method, path, body });
  }

  async services(): Promise<readonly ServiceStatus[]> {
    return (await this.request<ServicesAnswer>('GET', '/v1/services')).services;
  }

  /** @throws when the fleet has no service of that name */
  async service(name: string): Promise<ServiceStatus> {
    const found = (await this.services()).find((service) => service.name === name);
    if (!found) throw new Error(`No service ${name}`);
    return found;
  }

  world(): Promise<World> {
    return this.request<World>('GET', '/v1/world');
  }
}
