import { type ServiceName } from './services.js';

/** @throws Error with the refusal */
export type Operate = <Answer>(service: ServiceName, verb: string, input: object) => Promise<Answer>;

/** An operator with the right token, at the unpublished ports. */
export const operator =
  (adminUrlOf: (service: ServiceName) => string, token: string): Operate =>
  async <Answer>(service: ServiceName, verb: string, input: object) => {
    const response = await fetch(`${adminUrlOf(service)}/operator/${verb}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${verb} was refused: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
