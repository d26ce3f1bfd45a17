import { HttpProblem, type Logger, problem, problemOf } from '@kasir/platform';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { authorize } from './authorize.js';
import { type OperatorVerb, type OperatorVerbs } from './operator-verb.js';
import { readInput } from './read-input.js';

export interface OperatorDoorOptions {
  readonly service: string;
  readonly token: string | undefined;
  readonly logger: Logger;
}

const wellNamed = /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/;

/** The operator's verbs on a service's admin port. It opens with the port, and knows the verbs once the service is wired. */
export class OperatorDoor {
  #verbs: OperatorVerbs | undefined;

  constructor(private readonly options: OperatorDoorOptions) {}

  /** @throws TypeError for a name that a URL or a person would stumble over */
  bind(verbs: OperatorVerbs): void {
    const odd = Object.keys(verbs).find((name) => !wellNamed.test(name));
    if (odd !== undefined) throw new TypeError(`"${odd}" is no name for an operator's verb`);
    this.#verbs = verbs;
  }

  /** `GET /operator` lists the verbs, `POST /operator/<verb>` does one. */
  readonly routes = async (app: FastifyInstance): Promise<void> => {
    await app.register(
      (scope, _, done) => {
        scope.setErrorHandler((thrown, __, reply) => refuse(reply, thrown, this.options.logger));
        scope.setNotFoundHandler((_request, reply) => refuse(reply, { statusCode: 404 }, this.options.logger));
        scope.addHook('onRequest', (request, __, next) => {
          authorize(this.options.token, request.headers.authorization);
          next();
        });
        scope.get('/', () => ({ service: this.options.service, verbs: this.#list() }));
        scope.post<{ Params: { verb: string } }>('/:verb', async ({ params, body }, reply) => {
          const verb = this.#find(params.verb);
          const answer: unknown = await verb.run(readInput(verb.input, body) as never);
          this.options.logger.info({ verb: params.verb }, 'done for an operator');
          return reply.type('application/json').send(JSON.stringify(answer ?? null));
        });
        done();
      },
      { prefix: '/operator' },
    );
  };

  #list(): { name: string; summary: string }[] {
    return Object.entries(this.#known()).map(([name, { summary }]) => ({ name, summary }));
  }

  #find(name: string): OperatorVerb {
    const verbs = this.#known();
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb !== undefined) return verb;
    const detail = `${this.options.service} can do: ${Object.keys(verbs).join(', ')}`;
    throw new HttpProblem(problem(404, 'unknown_verb', 'There is no such verb', { detail }));
  }

  #known(): OperatorVerbs {
    if (this.#verbs !== undefined) return this.#verbs;
    const detail = `${this.options.service} is still starting; /ready says what it waits for`;
    throw new HttpProblem(problem(503, 'starting', 'Please try again', { detail }), { 'retry-after': '2' });
  }
}

function refuse(reply: FastifyReply, thrown: unknown, logger: Logger): FastifyReply {
  const body = problemOf(thrown, logger);
  return reply
    .status(body.status)
    .headers(thrown instanceof HttpProblem ? { ...thrown.headers } : {})
    .type('application/problem+json')
    .send(JSON.stringify(body));
}
