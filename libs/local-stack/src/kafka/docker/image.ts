import { NoBroker } from '../no-broker.js';
import { type Engine } from './engine.js';

/** The release that pom.xml pins as jars. */
export const image = 'apache/kafka:4.4.0';

/** Sees to it that the engine has Kafka's image. @throws NoBroker when it cannot be pulled */
export async function haveImage({ ask }: Engine, log?: (line: string) => void): Promise<void> {
  try {
    await ask('image', 'inspect', image);
  } catch {
    log?.(`fetching the image ${image}, once …`);
    await ask('pull', '--quiet', image).catch((error: { stderr?: string }) => {
      const reason = error.stderr?.trim().split('\n').at(-1) ?? 'docker pull failed';
      throw new NoBroker(`the image ${image} cannot be pulled (${reason})`);
    });
  }
}
